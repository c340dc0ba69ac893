import type { Engine } from "../engine/engine.js";
import { type FailoverView, NOBODY, type RegionId } from "../policies/contract.js";
import { type GroupPlan, placementIn } from "./placement-plan.js";
import type { Plan } from "./plan.js";
import { Reports } from "./reports.js";
import type { TrafficManager } from "./traffic.js";

const DAY = 86_400_000_000;

/** What a failover controller believes, by what it has heard: all that its policy may go by. */
export abstract class FailoverBeliefs implements FailoverView {
  leader: RegionId;
  /** In order of preference. */
  private line: readonly RegionId[];
  protected readonly facts: GroupPlan;
  readonly reports: Reports;

  constructor(
    protected readonly plan: Plan,
    /** Whose leader it looks after. */
    protected readonly group: number,
    protected readonly engine: Engine,
    protected readonly traffic: TrafficManager,
    /** Of the controller's region. */
    private readonly clock: () => number,
  ) {
    this.facts = placementIn(plan).groups[group]!;
    this.leader = this.facts.primary;
    this.line = this.facts.standbys;
    this.reports = new Reports(plan.regions.length);
  }

  get now(): number {
    return this.engine.now;
  }

  get timeOfDay(): number {
    const time = (this.plan.startOfDay + this.clock()) % DAY;
    return time < 0 ? time + DAY : time;
  }

  get standbys(): readonly RegionId[] {
    const { primary } = this.facts;
    // Whoever led at first is a standby like any other once another leads, and the last in line.
    return this.leader === primary ? this.line : [...this.line.filter((region) => region !== this.leader), primary];
  }

  /** This region has a copy too, and may lead: the last in line. */
  admit(region: RegionId): void {
    if (this.facts.primary !== NOBODY) this.line = [...this.line, region];
  }

  healthy(region: RegionId): boolean {
    return this.traffic.healthy(region);
  }

  unhealthySince(region: RegionId): number {
    return this.traffic.unhealthySince(region);
  }

  position(region: RegionId): number {
    return this.reports.position(region);
  }

  logTerm(region: RegionId): number {
    return this.reports.logTerm(region);
  }

  behindFor(region: RegionId): number {
    return this.reports.behindFor(region);
  }
}
