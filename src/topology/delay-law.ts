import type { Micros } from "../units/time.js";

/**
 * The law of a round trip, as a table of its inverse distribution: `quantiles[i]` is the round trip in microseconds at
 * probability i / 1024, up to just beyond the 99th percentile; from there on an exponential tail. A monotone table
 * holds any measured shape, which a fitted family does not. Plain data: it survives a structured clone.
 */
export interface DelayLaw {
  readonly quantiles: Int32Array;
  /** Mean of the exponential tail, microseconds. */
  readonly tail: number;
}

const CELLS = 1024;
/** Last entry of a table: the first cell edge at or beyond the 99th percentile. */
const LAST = Math.ceil(0.99 * CELLS);
const LN10 = Math.LN10;

/** Round trip at probability u in [0, 1), an integer. */
export function roundTrip(law: DelayLaw, u: number): Micros {
  const scaled = u * CELLS;
  const cell = scaled | 0;
  const { quantiles } = law;
  if (cell >= LAST) return Math.round(quantiles[LAST]! + law.tail * Math.log((CELLS - LAST) / (CELLS - scaled)));
  const low = quantiles[cell]!;
  return low + Math.round((quantiles[cell + 1]! - low) * (scaled - cell));
}

/** Percentiles in milliseconds; `floor` is the fastest round trip possible. */
export interface Percentiles {
  readonly floor: number;
  readonly p10: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
  readonly p99: number;
}

/**
 * Monotone through the percentiles: linear in u up to the median, linear in -ln(1-u) above it, where delays have
 * exponential pieces. Below p10 nothing is measured: a straight line down to the floor.
 */
export function lawFromPercentiles(p: Percentiles): DelayLaw {
  return lawThrough([
    [0, p.floor],
    [0.1, p.p10],
    [0.25, p.p25],
    [0.5, p.p50],
    [0.75, p.p75],
    [0.9, p.p90],
    [0.99, p.p99],
  ]);
}

/** When only the fastest, the median and the 99th percentile are known (milliseconds). */
export function lawFromMedian(floor: number, p50: number, p99: number): DelayLaw {
  return lawThrough([
    [0, floor],
    [0.5, p50],
    [0.99, p99],
  ]);
}

export const constantLaw = (milliseconds: number): DelayLaw => lawFromMedian(milliseconds, milliseconds, milliseconds);

/** Sum of two delays taken at the same quantile (comonotone): the cautious assumption where nothing is known of both. */
export function addLaws(a: DelayLaw, b: DelayLaw): DelayLaw {
  return { quantiles: a.quantiles.map((value, index) => value + b.quantiles[index]!), tail: a.tail + b.tail };
}

function lawThrough(knots: readonly (readonly [number, number])[]): DelayLaw {
  const quantiles = new Int32Array(LAST + 1);
  for (let index = 0; index <= LAST; index++) quantiles[index] = Math.round(1000 * between(knots, index / CELLS));
  const [u, value] = knots.at(-1)!;
  const [beforeU, beforeValue] = knots.at(-2)!;
  const spread = Math.log((1 - beforeU) / (1 - u));
  return { quantiles, tail: (1000 * (value - beforeValue)) / (spread > 0 ? spread : LN10) };
}

function between(knots: readonly (readonly [number, number])[], u: number): number {
  let right = 1;
  while (right < knots.length - 1 && knots[right]![0] < u) right++;
  const [u0, low] = knots[right - 1]!;
  const [u1, high] = knots[right]!;
  const share = u0 < 0.5 ? (u - u0) / (u1 - u0) : Math.log((1 - u0) / (1 - u)) / Math.log((1 - u0) / (1 - u1));
  return low + (high - low) * share;
}
