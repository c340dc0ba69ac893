import { type IncidentSpan, incidentAt, incidentsByRegion } from "./incidents.js";
import { placementIn } from "./placement-plan.js";
import type { Plan } from "./plan.js";

const NONE = -1;

/**
 * Which incident answers for what became of a region. A copy that was deposed answers by the incident that led to the
 * failover, however long ago; any other by the last one that could part it from the rest.
 */
export class Blame {
  private readonly struck: readonly (readonly number[])[];
  /** By group of keys and region. */
  private readonly deposedBy: Int32Array;
  private readonly regions: number;

  constructor(
    plan: Plan,
    private readonly incidents: readonly IncidentSpan[],
  ) {
    this.struck = incidentsByRegion(plan, incidents);
    this.regions = plan.regions.length;
    this.deposedBy = new Int32Array(this.regions * placementIn(plan).groups.length).fill(NONE);
  }

  /** The incident behind a trouble of `region` that showed at `time`; the last one begun where none touched it, -1 before all. */
  behind(region: number, time: number): number {
    const here = this.struck[region]!;
    for (let index = here.length - 1; index >= 0; index--) {
      if (this.incidents[here[index]!]!.start <= time) return here[index]!;
    }
    return incidentAt(this.incidents, time);
  }

  /** A failover away from `region` began with a suspicion at `time`. */
  deposed(region: number, group: number, time: number): void {
    this.deposedBy[group * this.regions + region] = this.behind(region, time);
  }

  leads(region: number, group: number): void {
    this.deposedBy[group * this.regions + region] = NONE;
  }

  /** The incident that answers for what `region` loses of these keys at `time`. */
  of(region: number, group: number, time: number): number {
    const incident = this.deposedBy[group * this.regions + region]!;
    return incident === NONE ? this.behind(region, time) : incident;
  }
}
