/**
 * Which key a request asks for: Zipf(s) over keys 0..n-1, key 0 the most popular, drawn in constant time from an alias
 * table (Walker 1977, built as Vose 1991). s = 0 is uniform.
 */
export class Popularity {
  private readonly threshold: Float64Array;
  private readonly alias: Int32Array;

  constructor(
    readonly keys: number,
    exponent: number,
  ) {
    this.threshold = new Float64Array(keys);
    this.alias = new Int32Array(keys);
    // exp(-s ln k) and not a power: Math.pow differs in its last bits between versions of Node.
    let total = 0;
    for (let key = 0; key < keys; key++) total += this.threshold[key] = Math.exp(-exponent * Math.log(key + 1));
    const small: number[] = [];
    const large: number[] = [];
    for (let key = 0; key < keys; key++) {
      this.threshold[key] = (this.threshold[key]! * keys) / total;
      (this.threshold[key]! < 1 ? small : large).push(key);
    }
    while (small.length > 0 && large.length > 0) {
      const poor = small.pop()!;
      const rich = large.pop()!;
      this.alias[poor] = rich;
      this.threshold[rich] = this.threshold[rich]! + this.threshold[poor]! - 1;
      (this.threshold[rich]! < 1 ? small : large).push(rich);
    }
    // What is left over is 1 but for rounding.
    for (const key of small) this.threshold[key] = 1;
    for (const key of large) this.threshold[key] = 1;
  }

  /** The key for one uniform draw in [0, 1): its integer part chooses the column, its fraction decides in it. */
  pick(uniform: number): number {
    const scaled = uniform * this.keys;
    const column = scaled | 0;
    return scaled - column < this.threshold[column]! ? column : this.alias[column]!;
  }
}
