import type { Engine } from "../engine/engine.js";
import { type Catalogue, choose } from "../policies/catalogue.js";
import { FleetMeter } from "./fleet-meter.js";
import { FleetScaling } from "./fleet-scaling.js";
import { Observer } from "./observer.js";
import type { Outcome } from "./outcome.js";
import { type Plan, serves } from "./plan.js";
import type { Servers } from "./servers.js";

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

/** The fleets of all regions where their hours are counted: what they take, and what would be left without the largest. */
export class Fleets extends Observer {
  readonly meters: readonly FleetMeter[];
  /** By region, what had been served at the last sample. */
  private readonly served: Float64Array;
  private sampledAt = 0;
  private least = Number.POSITIVE_INFINITY;
  private readonly serving: readonly number[];
  private servers: readonly Servers[] = [];

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    private readonly up: Uint8Array,
  ) {
    super();
    this.meters = plan.regions.map(() => new FleetMeter(engine, plan.duration));
    this.served = new Float64Array(plan.regions.length);
    this.serving = plan.regions.flatMap((region, id) => (serves(region) ? [id] : []));
  }

  /** Fleets are counted from now on, and scaled where the plan says how. */
  watch(servers: readonly Servers[], catalogue: Catalogue): void {
    this.servers = servers;
    const { name, options } = this.plan.policies.scaling;
    const scaling = choose("scaling", name, catalogue);
    for (const id of this.serving) {
      const meter = this.meters[id]!;
      const { fullInstances, workersPerInstance } = this.plan.regions[id]!;
      const scaler = scaling.on?.(options);
      const scaled =
        scaler === undefined
          ? null
          : new FleetScaling(id, fullInstances, workersPerInstance, this.engine, meter, scaler);
      servers[id]!.watch(meter, scaled);
    }
  }

  override sampled(): void {
    const { now } = this.engine;
    const time = now - this.sampledAt;
    this.sampledAt = now;
    let busy = 0;
    let workers = 0;
    let largest = 0;
    let whole = time > 0;
    for (const id of this.serving) {
      const meter = this.meters[id]!;
      const { served, size } = meter;
      busy += (served - this.served[id]!) / time;
      this.served[id] = served;
      workers += size;
      largest = Math.max(largest, size);
      whole &&= this.up[id] === 1;
    }
    // With a region down already it would be the head-room for the next one.
    if (!whole) return;
    this.least = Math.min(this.least, workers > largest ? 1 - busy / (workers - largest) : Number.NEGATIVE_INFINITY);
  }

  /** Hours of all instances, booting ones included. */
  get hours(): number {
    return sum(this.serving.map((id) => this.servers[id]!.instanceTime.hours));
  }

  get launches(): number {
    return sum(this.meters.map(({ launches }) => launches));
  }

  /** What scalers have done; nothing where no fleet has one. */
  get scaled(): Pick<Outcome, "scaled"> {
    if (this.servers.every(({ scaling }) => scaling === null)) return {};
    const { meters } = this;
    return {
      scaled: {
        changes: sum(meters.map((each) => each.changes)),
        shutDowns: sum(meters.map((each) => each.shutDowns)),
      },
    };
  }

  /** Share of the workers that were busy, over all of them and all the time. */
  get utilisation(): number | null {
    const available = sum(this.meters.map((meter) => meter.available));
    return available === 0 ? null : sum(this.meters.map((meter) => meter.served)) / available;
  }

  /**
   * Share of the other regions' workers that would have been free, had the region with the most been lost at the busiest
   * moment; negative where they could not have carried it all, null where there were none.
   */
  get headRoom(): number | null {
    return Number.isFinite(this.least) ? this.least : null;
  }
}

/** Null where nobody asks what fleets take. */
export const fleetsOf = (...parts: ConstructorParameters<typeof Fleets>): Fleets | null =>
  parts[0].meters ? new Fleets(...parts) : null;
