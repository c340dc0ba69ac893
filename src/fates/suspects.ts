import type { FaultFact } from "../record/circumstances.js";
import type { RunRecord } from "../record/record.js";
import { type Micros, SECOND } from "../units/time.js";

/** A suspicion may be so much later than the end of the fault that raised it: probes, votes and reports take their time. */
const LATE = 60 * SECOND;
/** The more a fault takes of a region, the sooner it is what a suspicion was about; what takes nothing raises none. */
const WEIGHTS = { stops: 3, hampers: 2, misleads: 1, none: 0 } as const;
const weightOf = ({ effect = "stops" }: FaultFact): number => WEIGHTS[effect];

export const touches = ({ regions, paths }: FaultFact, region: number): boolean =>
  regions.includes(region) || paths.some((path) => path.includes(region));

/** The fault for which a region was taken to be unwell at a moment: the heaviest that held, or had just healed; else null. */
export function suspectAt({ faults = [] }: RunRecord, region: number, moment: Micros): FaultFact | null {
  const holds = ({ end }: FaultFact): boolean => (end ?? Number.POSITIVE_INFINITY) >= moment;
  const fitting = faults.filter(
    (fault) =>
      fault.start <= moment &&
      (fault.end ?? Number.POSITIVE_INFINITY) >= moment - LATE &&
      weightOf(fault) > 0 &&
      touches(fault, region),
  );
  const rank = (fault: FaultFact): number => (holds(fault) ? WEIGHTS.stops + 1 : 0) + weightOf(fault);
  return fitting.toSorted((a, b) => rank(b) - rank(a) || b.start - a.start)[0] ?? null;
}
