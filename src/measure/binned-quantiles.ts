const PER_OCTAVE = 8;
const FIRST_OCTAVE = 8;
const OCTAVES = 20;
const BUCKETS = OCTAVES * PER_OCTAVE;

/**
 * A small histogram for each bin of a series, for quantiles over time: buckets 9 % wide from 256 µs to 268 s. Coarser
 * than Histogram, since there are many of them.
 */
export class BinnedQuantiles {
  private readonly counts: Float32Array;

  constructor(
    readonly width: number,
    readonly length: number,
  ) {
    this.counts = new Float32Array(length * BUCKETS);
  }

  add(time: number, micros: number): void {
    const bin = Math.floor(time / this.width);
    this.counts[(bin < this.length ? bin : this.length - 1) * BUCKETS + bucketOf(micros)]! += 1;
  }

  /** The quantile of every bin times `scale`, null where a bin is empty. */
  quantiles(q: number, scale: number): (number | null)[] {
    return Array.from({ length: this.length }, (_, bin) => {
      let total = 0;
      for (let bucket = 0; bucket < BUCKETS; bucket++) total += this.counts[bin * BUCKETS + bucket]!;
      if (total === 0) return null;
      let seen = 0;
      for (let bucket = 0; bucket < BUCKETS; bucket++) {
        const here = this.counts[bin * BUCKETS + bucket]!;
        if (here > 0 && seen + here >= q * total) {
          const share = (q * total - seen) / here;
          return scale * (edge(bucket) + (edge(bucket + 1) - edge(bucket)) * share);
        }
        seen += here;
      }
      return null;
    });
  }
}

function bucketOf(micros: number): number {
  if (micros < 256) return 0;
  const exponent = 31 - Math.clz32(micros);
  const bucket = (exponent - FIRST_OCTAVE) * PER_OCTAVE + ((micros >>> (exponent - 3)) & (PER_OCTAVE - 1));
  return bucket < BUCKETS ? bucket : BUCKETS - 1;
}

function edge(bucket: number): number {
  return (PER_OCTAVE + (bucket % PER_OCTAVE)) * 2 ** (FIRST_OCTAVE - 3 + Math.floor(bucket / PER_OCTAVE));
}
