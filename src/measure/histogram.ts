/**
 * A streaming histogram of non-negative integers with a relative error below 0.4 %: exact up to 255, then 128 equal
 * buckets in every octave up to 2^53. Counts add up, so histograms merge in any order.
 */
const EXACT = 256;
const PER_OCTAVE = 128;
const OCTAVES = 45;
const BUCKETS = EXACT + OCTAVES * PER_OCTAVE;
const HIGH = 2 ** 31;
const SCALE = 2 ** 24;

export class Histogram {
  private readonly counts = new Float64Array(BUCKETS);
  /** count, sum, minimum, maximum: in a typed array so that adding never boxes a double. */
  private readonly totals = new Float64Array([0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);

  add(value: number): void {
    const bucket = bucketOf(value);
    this.counts[bucket]! += 1;
    const totals = this.totals;
    totals[0]! += 1;
    totals[1]! += value;
    if (value < totals[2]!) totals[2] = value;
    if (value > totals[3]!) totals[3] = value;
  }

  /** All samples of some histograms, of which any may not have been made. */
  static of(parts: Iterable<Histogram | null>): Histogram {
    const whole = new Histogram();
    for (const part of parts) if (part !== null) whole.merge(part);
    return whole;
  }

  merge(other: Histogram): void {
    for (let bucket = 0; bucket < BUCKETS; bucket++) this.counts[bucket]! += other.counts[bucket]!;
    this.totals[0]! += other.totals[0]!;
    this.totals[1]! += other.totals[1]!;
    this.totals[2] = Math.min(this.totals[2]!, other.totals[2]!);
    this.totals[3] = Math.max(this.totals[3]!, other.totals[3]!);
  }

  get count(): number {
    return this.totals[0]!;
  }

  get sum(): number {
    return this.totals[1]!;
  }

  get mean(): number | null {
    return this.count === 0 ? null : this.sum / this.count;
  }

  get minimum(): number | null {
    return this.count === 0 ? null : this.totals[2]!;
  }

  get maximum(): number | null {
    return this.count === 0 ? null : this.totals[3]!;
  }

  /** How many samples are below a value, interpolated inside its bucket. */
  countBelow(value: number): number {
    const total = this.totals[0]!;
    if (total === 0 || value <= this.totals[2]!) return 0;
    if (value > this.totals[3]!) return total;
    const last = bucketOf(value);
    let below = 0;
    for (let bucket = 0; bucket < last; bucket++) below += this.counts[bucket]!;
    const low = lowerEdge(last);
    return below + this.counts[last]! * ((value - low) / (lowerEdge(last + 1) - low));
  }

  /** The value below which a share `q` of the samples lies, interpolated inside its bucket; null without samples. */
  quantile(q: number): number | null {
    const total = this.totals[0]!;
    if (total === 0) return null;
    const rank = q * total;
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const here = this.counts[bucket]!;
      if (here > 0 && seen + here >= rank) {
        const low = lowerEdge(bucket);
        const inside = low + (lowerEdge(bucket + 1) - low) * ((rank - seen) / here);
        return Math.min(Math.max(bucket < EXACT ? low : inside, this.totals[2]!), this.totals[3]!);
      }
      seen += here;
    }
    return this.totals[3]!;
  }
}

function bucketOf(value: number): number {
  if (value < EXACT) return value < 0 ? 0 : value | 0;
  if (value < HIGH) {
    const exponent = 31 - Math.clz32(value);
    return EXACT + (exponent - 8) * PER_OCTAVE + ((value >>> (exponent - 7)) & (PER_OCTAVE - 1));
  }
  const scaled = Math.floor(value / SCALE);
  const exponent = 31 - Math.clz32(scaled);
  return EXACT + (exponent + 16) * PER_OCTAVE + ((scaled >>> (exponent - 7)) & (PER_OCTAVE - 1));
}

function lowerEdge(bucket: number): number {
  if (bucket < EXACT) return bucket;
  const octave = Math.floor((bucket - EXACT) / PER_OCTAVE);
  return (PER_OCTAVE + ((bucket - EXACT) % PER_OCTAVE)) * 2 ** (octave + 1);
}
