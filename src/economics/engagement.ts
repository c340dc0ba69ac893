import type { Micros } from "../units/time.js";
import { MILLISECOND } from "../units/time.js";

/** What share of its worth an answer keeps that takes less than `below`. */
export interface Step {
  /** Infinity for the last one. */
  readonly below: Micros;
  readonly share: number;
}

/**
 * Engagement by latency where nobody says another, from the design document that this project grew from: "no impact" below
 * 100 ms, then 10 %, 30 % and 60 % less. Its author names no source: an assumption, to be replaced by what you measure.
 */
export const DEFAULT_ENGAGEMENT: readonly Step[] = [
  { below: 100 * MILLISECOND, share: 1 },
  { below: 300 * MILLISECOND, share: 0.9 },
  { below: 500 * MILLISECOND, share: 0.7 },
  { below: Number.POSITIVE_INFINITY, share: 0.4 },
];

/** Of one answer. */
export const engagementAt = (steps: readonly Step[], latency: Micros): number =>
  steps.find(({ below }) => latency < below)!.share;

/** What has to be counted so that the engagement of many answers can be told: all bounds but the last. */
export const boundsOf = (steps: readonly Step[]): readonly Micros[] => steps.slice(0, -1).map(({ below }) => below);

/** Of `answered` answers, of which `within` took less than each of the bounds: as many fully engaged ones. */
export function engaged(steps: readonly Step[], answered: number, within: readonly number[]): number {
  let sum = 0;
  let before = 0;
  for (const [at, { share }] of steps.entries()) {
    const here = within[at] ?? answered;
    sum += share * (here - before);
    before = here;
  }
  return sum;
}
