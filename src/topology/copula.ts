import { toProbability, toQuantile } from "../units/normal.js";

const SMALLEST = 1 / 4_294_967_296;

/** Cells for the below. `slowShare` is a share of variance. */
export const mixing = (slowShare: number): Float64Array =>
  Float64Array.of(0, 0, Math.sqrt(1 - slowShare), Math.sqrt(slowShare));

/**
 * One quantile out of two causes: a slow state of the path (a standard normal score) and this exchange's own luck (a
 * uniform). A Gaussian copula: the result is exactly uniform whatever the share, so the measured percentiles stay the
 * marginal law, while exchanges under one slow state resemble each other.
 *
 * Cells: the uniform, which becomes the result, the normal score, and the weights of both, as `mixing` makes them.
 */
export function mixQuantile(cells: Float64Array): void {
  if (cells[0]! < SMALLEST) cells[0] = SMALLEST;
  toQuantile(cells);
  cells[0] = cells[3]! * cells[1]! + cells[2]! * cells[0]!;
  toProbability(cells);
  if (cells[0]! > 1 - SMALLEST) cells[0] = 1 - SMALLEST;
}
