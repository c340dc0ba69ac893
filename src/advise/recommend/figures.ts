import { type Estimate as Interval, estimate as intervalOf, pairedDifference } from "../../measure/statistics.js";
import type { Requirement } from "./bounds.js";
import type { Candidate } from "./candidates.js";
import { LEVELS } from "./format.js";
import type { Requirements } from "./requirements.js";

/** What one seed has shown of a candidate: dollars a month, milliseconds, seconds, a share. */
export interface Figures {
  readonly cost: number | null;
  readonly p95: number;
  /** By place. */
  readonly p95s: readonly number[];
  /** Infinity where users were not back by the end. */
  readonly rto: number;
  readonly rpo: number;
  readonly availability: number;
}

export const OBJECTIVES = ["cost", "p95", "rto", "rpo", "availability"] as const;
export type Objective = (typeof OBJECTIVES)[number];

/** A candidate with what its seeds have shown, in their order. */
export interface Simulated {
  readonly candidate: Candidate;
  readonly seeds: readonly Figures[];
}

/** Of what is to be small; availability is turned round. Null where a price is missing. */
const lossOf = (figures: Figures, objective: Objective): number | null =>
  objective === "availability" ? -figures.availability : figures[objective];

const NONE: Interval = { mean: null, ci95: null, n: 0, censored: 0 };

/** Over the seeds; Infinity where any seed has it. */
export function over(seeds: readonly Figures[], objective: Objective): Interval {
  const values = seeds.map((figures) => figures[objective]);
  if (values.some((value) => value === Number.POSITIVE_INFINITY))
    return { ...NONE, mean: Number.POSITIVE_INFINITY, n: seeds.length };
  return intervalOf(values);
}

export const meanOf = ({ seeds }: Simulated, objective: Objective): number | null => over(seeds, objective).mean;

/**
 * Whether one is surely no worse in anything and better in something: of each figure the whole interval of 95 % of the
 * paired difference, seed by seed. Twins that differ in nothing are told apart by what their reads show.
 */
export function dominates(one: Simulated, other: Simulated): boolean {
  let better = false;
  for (const objective of OBJECTIVES) {
    const [a, b] = [one, other].map(({ seeds }) => seeds.map((figures) => lossOf(figures, objective)));
    const never = [a!, b!].map((values) => values.some((value) => value === Number.POSITIVE_INFINITY));
    if (never[0] && never[1]) continue;
    if (never[0]) return false;
    if (never[1]) {
      better = true;
      continue;
    }
    const { mean, ci95 } = pairedDifference(a!, b!);
    if (mean === null) continue;
    const most = ci95 === null ? mean : ci95[1];
    if (most > 0) return false;
    if (most < 0) better = true;
  }
  const levels = [one, other].map(({ candidate }) => LEVELS.indexOf(candidate.level));
  return better || levels[0]! > levels[1]!;
}

/** Whether the means of one are no worse in anything, and better in something. */
export function dominatesByMean(one: Simulated, other: Simulated): boolean {
  let better = false;
  for (const objective of OBJECTIVES) {
    const sign = objective === "availability" ? -1 : 1;
    const [a, b] = [meanOf(one, objective), meanOf(other, objective)];
    if (a === null || b === null || a === b) continue;
    if (sign * a > sign * b) return false;
    better = true;
  }
  return better;
}

/** The requirements that its means break, and those that its whole intervals do. */
export function missed(simulated: Simulated, required: Requirements, surely: boolean): Requirement[] {
  const { seeds } = simulated;
  const beyond = (interval: Interval, most: number | null): boolean => {
    if (most === null || interval.mean === null) return false;
    return (surely && interval.ci95 !== null ? interval.ci95[0] : interval.mean) > most;
  };
  const seconds = (micros: number | null): number | null => (micros === null ? null : micros / 1e6);
  return [
    ...(beyond(over(seeds, "p95"), required.p95 === null ? null : required.p95 / 1000) ? ["latency"] : []),
    ...required.users.flatMap(({ place, p95 }, index) =>
      p95 !== null && beyond(intervalOf(seeds.map(({ p95s }) => p95s[index]!)), p95 / 1000)
        ? [`latency of ${place.name}`]
        : [],
    ),
    ...(beyond(over(seeds, "rto"), seconds(required.rto)) ? ["rto"] : []),
    ...(beyond(over(seeds, "rpo"), seconds(required.rpo)) ? ["rpo"] : []),
    ...(beyond(over(seeds, "cost"), required.budget) ? ["budget"] : []),
  ];
}

/** How many times what is required the worst of its means is; at most 1 where it keeps everything that has a bound. */
export function excess({ seeds }: Simulated, required: Requirements): number {
  const ratio = (interval: Interval, most: number | null): number =>
    most === null || interval.mean === null ? 0 : interval.mean / most;
  return Math.max(
    ratio(over(seeds, "p95"), required.p95 === null ? null : required.p95 / 1000),
    ...required.users.map(({ p95 }, index) =>
      ratio(intervalOf(seeds.map(({ p95s }) => p95s[index]!)), p95 === null ? null : p95 / 1000),
    ),
    ratio(over(seeds, "rto"), required.rto === null ? null : required.rto / 1e6),
    ratio(over(seeds, "rpo"), required.rpo === null || required.rpo === 0 ? null : required.rpo / 1e6),
    ratio(over(seeds, "cost"), required.budget),
  );
}
