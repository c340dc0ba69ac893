/**
 * The standard normal distribution, with + - * / sqrt, exp and log only, whose bits agree between versions of Node.
 */

/** Probability below z; relative error of the nearer tail below 1.2e-7 (erfc as in Press et al., Numerical Recipes 2nd ed. 6.2). */
export function normalBelow(z: number): number {
  CELL[0] = z;
  toProbability(CELL);
  return CELL[0]!;
}

/** Inverse of the above for 0 < u < 1; relative error below 1.2e-9 (Acklam 2003). */
export function normalQuantile(u: number): number {
  CELL[0] = u;
  toQuantile(CELL);
  return CELL[0]!;
}

const CELL = new Float64Array(1);

/** The same in place, in the first cell: a double that crosses a call may be boxed, and this is done for every message. */
export function toProbability(cell: Float64Array): void {
  const z = cell[0]!;
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const series =
    -1.26551223 +
    t *
      (1.00002368 +
        t *
          (0.37409196 +
            t *
              (0.09678418 +
                t *
                  (-0.18628806 +
                    t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
  const tail = 0.5 * t * Math.exp(-x * x + series);
  cell[0] = z < 0 ? tail : 1 - tail;
}

const CENTRE = 0.02425;

export function toQuantile(cell: Float64Array): void {
  const u = cell[0]!;
  if (u < CENTRE) {
    cell[0] = tailQuantile(Math.sqrt(-2 * Math.log(u)));
    return;
  }
  if (u > 1 - CENTRE) {
    cell[0] = -tailQuantile(Math.sqrt(-2 * Math.log(1 - u)));
    return;
  }
  const q = u - 0.5;
  const r = q * q;
  cell[0] =
    ((((((-3.969683028665376e1 * r + 2.209460984245205e2) * r - 2.759285104469687e2) * r + 1.38357751867269e2) * r -
      3.066479806614716e1) *
      r +
      2.506628277459239) *
      q) /
    (((((-5.447609879822406e1 * r + 1.615858368580409e2) * r - 1.556989798598866e2) * r + 6.680131188771972e1) * r -
      1.328068155288572e1) *
      r +
      1);
}

function tailQuantile(q: number): number {
  return (
    (((((-7.784894002430293e-3 * q - 3.223964580411365e-1) * q - 2.400758277161838) * q - 2.549732539343734) * q +
      4.374664141464968) *
      q +
      2.938163982698783) /
    ((((7.784695709041462e-3 * q + 3.224671290700398e-1) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1)
  );
}
