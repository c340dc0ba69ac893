const UNITS = 4_294_967_296;

/**
 * Which key a request asks for: Zipf(s) over keys 0..n-1, key 0 the most popular, drawn in constant time from an alias
 * table (Walker 1977, built as Vose 1991). s = 0 is uniform.
 */
export class Popularity {
  /**
   * By column: its threshold in units of 2^-32, those of a draw, and its alias beside it. A draw finds a column of its own
   * nearly always out of the cache, so the table is as small as exact comparisons let it be, and each column in one line.
   */
  private readonly table: Uint32Array;
  /** What was fetched last: what nothing keeps would not be read. */
  private fetched = 0;

  constructor(
    readonly keys: number,
    exponent: number,
  ) {
    const threshold = new Float64Array(keys);
    const alias = new Int32Array(keys);
    // exp(-s ln k) and not a power: Math.pow differs in its last bits between versions of Node.
    let total = 0;
    for (let key = 0; key < keys; key++) total += threshold[key] = Math.exp(-exponent * Math.log(key + 1));
    const small: number[] = [];
    const large: number[] = [];
    for (let key = 0; key < keys; key++) {
      threshold[key] = (threshold[key]! * keys) / total;
      (threshold[key]! < 1 ? small : large).push(key);
    }
    while (small.length > 0 && large.length > 0) {
      const poor = small.pop()!;
      const rich = large.pop()!;
      alias[poor] = rich;
      threshold[rich] = threshold[rich]! + threshold[poor]! - 1;
      (threshold[rich]! < 1 ? small : large).push(rich);
    }
    // What is left over is 1 but for rounding.
    for (const key of [...small, ...large]) threshold[key] = 1;
    this.table = new Uint32Array(2 * keys);
    for (let key = 0; key < keys; key++) {
      // The fraction of a draw is a whole number of units: below the threshold is below the next whole number.
      const units = Math.ceil(threshold[key]! * UNITS);
      const isWhole = units === UNITS;
      this.table[2 * key] = isWhole ? UNITS - 1 : units;
      this.table[2 * key + 1] = isWhole ? key : alias[key]!;
    }
  }

  /**
   * Reads the column of a draw, so that it is in the cache when the draw's turn comes. A table is larger than the cache, and
   * nothing can go on without the key; but several columns are read in the time of one.
   */
  fetch(uniform: number): void {
    this.fetched = this.table[2 * ((uniform * this.keys) | 0)]!;
  }

  /**
   * The key for one uniform draw in [0, 1), a multiple of 2^-32: its integer part chooses the column, its fraction decides
   * in it.
   */
  pick(uniform: number): number {
    const scaled = uniform * this.keys;
    const column = scaled | 0;
    return (scaled - column) * UNITS < this.table[2 * column]! ? column : this.table[2 * column + 1]!;
  }
}
