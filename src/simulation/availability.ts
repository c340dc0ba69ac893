import type { Engine } from "../engine/engine.js";
import { BinnedQuantiles } from "../measure/binned-quantiles.js";
import { Bins } from "../measure/bins.js";
import { Histogram } from "../measure/histogram.js";
import { CAUSE_NAMES, OK } from "./causes.js";
import { Observer } from "./observer.js";
import type { Plan } from "./plan.js";
import type { Recovery } from "./recovery.js";

/** What the users met: operations by their outcome, place and region, and how long the answered ones took. */
export class Availability extends Observer {
  readonly issued: Float64Array;
  readonly succeeded: Float64Array;
  readonly failedBy = new Float64Array(CAUSE_NAMES.length);
  retries = 0;
  hedges = 0;
  ended = 0;
  /** By place * regions + region; made when first needed. */
  readonly latencies: (Histogram | null)[];
  readonly ratio: Bins;
  readonly latencyOverTime: BinnedQuantiles;

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    private readonly recovery: Recovery,
    bin: number,
    bins: number,
  ) {
    super();
    this.issued = new Float64Array(plan.places.length);
    this.succeeded = new Float64Array(plan.places.length);
    this.latencies = Array.from({ length: plan.places.length * plan.regions.length }, () => null);
    this.ratio = new Bins(bin, bins);
    this.latencyOverTime = new BinnedQuantiles(bin, bins);
  }

  /** Of all operations: put together when asked for, since each is counted once. */
  get latency(): Histogram {
    return Histogram.of(this.latencies);
  }

  override operationIssued(place: number): void {
    this.issued[place]! += 1;
    this.recovery.issued(place, this.engine.now);
  }

  override operationRetried(): void {
    this.retries++;
  }

  override requestHedged(): void {
    this.hedges++;
  }

  override operationEnded(place: number, region: number, _write: boolean, issuedAt: number, cause: number): void {
    this.ended++;
    this.ratio.add(issuedAt, cause === OK ? 1 : 0);
    if (cause !== OK) {
      this.failedBy[cause]! += 1;
      return;
    }
    this.succeeded[place]! += 1;
    this.recovery.succeeded(place, issuedAt);
    const took = this.engine.now - issuedAt;
    this.latencyOverTime.add(issuedAt, took);
    const pair = place * this.plan.regions.length + region;
    const histogram = this.latencies[pair] ?? new Histogram();
    this.latencies[pair] = histogram;
    histogram.add(took);
  }
}
