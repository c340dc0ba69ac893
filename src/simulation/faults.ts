import type { Engine } from "../engine/engine.js";
import type { Hardship, Links } from "../network/links.js";
import { FAULT_BEGINS, FAULT_ENDS } from "./events.js";
import type { Observer } from "./observer.js";
import type { FaultPlan, Plan } from "./plan.js";

/** What a region's death and return mean to everything that lives in it. */
export interface Mortal {
  died(region: number, disksKept: boolean): void;
  returned(region: number, disksKept: boolean): void;
}

/**
 * Faults come and go by the plan. Each brings its own hardship and takes away exactly that: a link remembers every
 * fault that weighs on it, a region is up again when the last outage that struck it has ended.
 */
export class Faults {
  private readonly hardships: readonly Hardship[];
  private readonly outages: Int32Array;
  /** Whether any outage that holds a region down has taken its disks. */
  private readonly disksLost: Uint8Array;

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    private readonly links: Links,
    private readonly skews: Float64Array,
    private readonly observer: Observer,
    private readonly mortal: Mortal,
  ) {
    this.hardships = plan.faults.map((fault) => ({
      cut: fault.kind === "partition",
      factor: fault.kind === "degraded-latency" ? fault.factor : 1,
      extra: fault.kind === "degraded-latency" ? fault.extra : 0,
      loss: fault.kind === "loss" ? fault.probability : 0,
      bandwidth: fault.kind === "bandwidth" ? fault.bandwidth : Number.POSITIVE_INFINITY,
    }));
    this.outages = new Int32Array(plan.regions.length);
    this.disksLost = new Uint8Array(plan.regions.length);
  }

  start(): void {
    for (const [index, fault] of this.plan.faults.entries()) {
      this.engine.schedule(fault.at, FAULT_BEGINS, index, 0, 0);
      if (fault.until <= this.plan.duration) this.engine.schedule(fault.until, FAULT_ENDS, index, 0, 0);
    }
  }

  begin(index: number): void {
    const fault = this.plan.faults[index]!;
    this.observer.faultBegan(index);
    for (const link of fault.links) this.links.begin(link, this.hardships[index]!);
    if (fault.kind === "region-outage") this.strike(fault);
    if (fault.kind === "clock-skew") this.skews[fault.region]! += fault.skew;
  }

  end(index: number): void {
    const fault = this.plan.faults[index]!;
    this.observer.faultEnded(index);
    for (const link of fault.links) this.links.end(link, this.hardships[index]!);
    if (fault.kind === "region-outage") this.heal(fault);
    if (fault.kind === "clock-skew") this.skews[fault.region]! -= fault.skew;
  }

  private strike(fault: FaultPlan): void {
    const { region } = fault;
    if (!fault.disksKept) this.disksLost[region] = 1;
    if (this.outages[region]!++ === 0) this.mortal.died(region, fault.disksKept);
    else if (!fault.disksKept) this.mortal.died(region, false);
  }

  private heal(fault: FaultPlan): void {
    const { region } = fault;
    if (--this.outages[region]! > 0) return;
    const kept = this.disksLost[region] === 0;
    this.disksLost[region] = 0;
    this.mortal.returned(region, kept);
  }
}
