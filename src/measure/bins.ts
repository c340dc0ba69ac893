/**
 * A quantity over time in a fixed number of bins, so that memory does not grow with the simulated time: the sum, the
 * count and the maximum of what was observed in each.
 */
export class Bins {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
  readonly maxima: Float64Array;

  /** `width` in microseconds; what lies beyond the last bin is counted in the last one. */
  constructor(
    readonly width: number,
    readonly length: number,
  ) {
    this.sums = new Float64Array(length);
    this.counts = new Float64Array(length);
    this.maxima = new Float64Array(length);
  }

  at(time: number): number {
    const bin = Math.floor(time / this.width);
    return bin < this.length ? bin : this.length - 1;
  }

  add(time: number, value: number): void {
    const bin = this.at(time);
    this.sums[bin]! += value;
    this.counts[bin]! += 1;
    if (value > this.maxima[bin]!) this.maxima[bin] = value;
  }

  /** Mean of each bin, null where nothing was observed. */
  means(scale = 1): (number | null)[] {
    return Array.from(this.sums, (sum, bin) => (this.counts[bin]! === 0 ? null : (sum / this.counts[bin]!) * scale));
  }

  largest(scale = 1): (number | null)[] {
    return Array.from(this.maxima, (most, bin) => (this.counts[bin]! === 0 ? null : most * scale));
  }
}
