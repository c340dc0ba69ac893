import { toProbability, toQuantile } from "../units/normal.js";

const SMALLEST = 1 / 4_294_967_296;

/**
 * One quantile out of two causes: a slow state of the path (a standard normal score) and this exchange's own luck (a
 * uniform). A Gaussian copula: the result is exactly uniform whatever the share, so the measured percentiles stay the
 * marginal law, while exchanges under one slow state resemble each other. `slowShare` is a share of variance.
 *
 * Cells: the uniform, which becomes the result, and the normal score.
 */
export function mixQuantile(cells: Float64Array, slowShare: number): void {
  if (cells[0]! < SMALLEST) cells[0] = SMALLEST;
  toQuantile(cells);
  cells[0] = Math.sqrt(slowShare) * cells[1]! + Math.sqrt(1 - slowShare) * cells[0]!;
  toProbability(cells);
  if (cells[0]! > 1 - SMALLEST) cells[0] = 1 - SMALLEST;
}
