import { normalBelow, normalQuantile } from "../units/normal.js";

const SMALLEST = 1 / 4_294_967_296;

/**
 * One quantile out of two causes: a slow state of the path (a standard normal score) and this exchange's own luck (a
 * uniform). A Gaussian copula: the result is exactly uniform whatever the share, so the measured percentiles stay the
 * marginal law, while exchanges under one slow state resemble each other. `slowShare` is a share of variance.
 */
export function mixQuantile(slowNormal: number, fastUniform: number, slowShare: number): number {
  const fast = normalQuantile(fastUniform > SMALLEST ? fastUniform : SMALLEST);
  const mixed = normalBelow(Math.sqrt(slowShare) * slowNormal + Math.sqrt(1 - slowShare) * fast);
  return mixed < 1 - SMALLEST ? mixed : 1 - SMALLEST;
}
