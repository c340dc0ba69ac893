/** A mean over seeds with its 95 % interval; `null` observations are censored: left out and counted. */
export interface Estimate {
  readonly mean: number | null;
  /** Student's t; null with fewer than two observations. */
  readonly ci95: readonly [number, number] | null;
  readonly n: number;
  readonly censored: number;
}

/** Two-sided 95 % points of Student's t for 1 to 30 degrees of freedom (any table of the distribution). */
const T_95 = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604, 2.1448, 2.1314,
  2.1199, 2.1098, 2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
];
const Z_95 = 1.959963984540054;

/** Beyond the table by the expansion of Cornish and Fisher; error below 1e-4. */
export function studentT95(degrees: number): number {
  const stored = T_95[degrees - 1];
  if (stored !== undefined) return stored;
  const z3 = Z_95 * Z_95 * Z_95;
  return Z_95 + (z3 + Z_95) / (4 * degrees) + (5 * z3 * Z_95 * Z_95 + 16 * z3 + 3 * Z_95) / (96 * degrees * degrees);
}

export function estimate(observations: readonly (number | null)[]): Estimate {
  const seen = observations.filter((value): value is number => value !== null);
  const n = seen.length;
  const censored = observations.length - n;
  if (n === 0) return { mean: null, ci95: null, n, censored };
  const mean = seen.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean, ci95: null, n, censored };
  const squares = seen.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  const half = (studentT95(n - 1) * Math.sqrt(squares / (n - 1))) / Math.sqrt(n);
  return { mean, ci95: [mean - half, mean + half], n, censored };
}

/** Of the differences a - b, seed by seed: common random numbers make it far narrower than the two intervals. */
export function pairedDifference(a: readonly (number | null)[], b: readonly (number | null)[]): Estimate {
  return estimate(a.map((value, seed) => (value === null || b[seed] == null ? null : value - b[seed])));
}

/**
 * Of the ratio of two means, observed seed by seed, with Fieller's interval: all ratios r for which the means of a - r b
 * are not told apart from 0. The mean is null where that of b is 0; the interval where the observations do not bound it.
 */
export function ratioOfMeans(a: readonly number[], b: readonly number[]): Estimate {
  const n = a.length;
  const [top, bottom] = [meanOf(a), meanOf(b)];
  const mean = n === 0 || bottom === 0 ? null : top / bottom;
  if (mean === null || n < 2) return { mean, ci95: null, n, censored: 0 };
  const t = studentT95(n - 1);
  const spread = (one: readonly number[], other: readonly number[]): number => (t * t * covariance(one, other)) / n;
  const square = bottom * bottom - spread(b, b);
  const half = top * bottom - spread(a, b);
  const inside = half * half - square * (top * top - spread(a, a));
  if (square <= 0) return { mean, ci95: null, n, censored: 0 };
  const root = Math.sqrt(Math.max(0, inside));
  return { mean, ci95: [(half - root) / square, (half + root) / square], n, censored: 0 };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function covariance(a: readonly number[], b: readonly number[]): number {
  const [first, second] = [meanOf(a), meanOf(b)];
  return a.reduce((sum, value, at) => sum + (value - first) * (b[at]! - second), 0) / (a.length - 1);
}

/** Half the width of the interval, 0 where there is none. */
export const halfWidth = ({ ci95 }: Estimate): number => (ci95 === null ? 0 : (ci95[1] - ci95[0]) / 2);
