import { type Estimate, estimate } from "./statistics.js";

/** What is claimed of a value that each of several seeds observes once. */
export interface Claim {
  /** Of the mean over seeds, of every seed, or of one seed at least. */
  readonly how: How;
  readonly operator: Operator;
  /** Null for "undefined": that no value is there. */
  readonly bound: number | null;
}
export type How = "mean" | "always" | "sometimes";
export type Operator = keyof typeof MEETS;

export const MEETS = {
  ">=": (value: number, bound: number) => value >= bound,
  "<=": (value: number, bound: number) => value <= bound,
  ">": (value: number, bound: number) => value > bound,
  "<": (value: number, bound: number) => value < bound,
  "==": (value: number, bound: number) => value === bound,
} as const;

export interface Judged {
  readonly verdict: "kept" | "broken" | "undecided";
  /** Of the observations. */
  readonly estimate: Estimate;
  /** The seed, by its place, that decides by itself: that is furthest off, undefined, or the first that meets it. Or null. */
  readonly deciding: number | null;
}

/**
 * Is the claim true, as far as these observations tell? Of a mean: only if its whole interval of 95 % meets the bound, false
 * only if none of it does. One seed, or seeds that all observe the same, have no interval: then the value decides. What is
 * undefined in any seed has no mean, and meets nothing but "undefined".
 */
export function judge(claim: Claim, observations: readonly (number | null)[]): Judged {
  const all = estimate(observations);
  const decided = (isTrue: boolean, deciding: number | null = null): Judged => ({
    verdict: isTrue ? "kept" : "broken",
    estimate: all,
    deciding,
  });
  if (claim.how === "sometimes") {
    const first = observations.findIndex((value) => meets(claim, value));
    return decided(first >= 0, first >= 0 ? first : null);
  }
  if (claim.how === "always") {
    const furthest = furthestOff(claim, observations);
    return decided(furthest === null, furthest);
  }
  const missing = observations.indexOf(null);
  if (missing >= 0) return decided(false, missing);
  const [first] = observations as readonly number[];
  // The mean of equal values may differ from them in its last digit.
  if (observations.every((value) => value === first)) return decided(meets(claim, first!));
  const [low, high] = all.ci95!.map((end) => meets(claim, end));
  const isWhole = low === high && !isWithin(claim, all.ci95!);
  return isWhole ? decided(low!) : { verdict: "undecided", estimate: all, deciding: null };
}

const meets = ({ operator, bound }: Claim, value: number | null): boolean =>
  bound === null || value === null ? bound === value : MEETS[operator](value, bound);

/** An equality is met by neither end of an interval that has the bound within. */
const isWithin = ({ operator, bound }: Claim, [low, high]: readonly [number, number]): boolean =>
  operator === "==" && bound !== null && low <= bound && bound <= high;

function furthestOff(claim: Claim, observations: readonly (number | null)[]): number | null {
  let [furthest, most]: [number | null, number] = [null, -1];
  for (const [index, value] of observations.entries()) {
    if (meets(claim, value)) continue;
    const off = value === null || claim.bound === null ? Number.POSITIVE_INFINITY : Math.abs(value - claim.bound);
    if (off > most) [furthest, most] = [index, off];
  }
  return furthest;
}
