/**
 * The configurations that the search has seen, in one arena of 32-bit words, with *dominance*: some of their bits are
 * handicaps (an optional operation was spent, a write has nothing to hide behind). Of two that agree in everything else,
 * the one whose handicaps are a subset can do all that the other can, so the other need not be tried. A configuration is
 * its exact words (position, state, which open operations are done), then those of its handicaps.
 */
export class Visited {
  private arena: Int32Array;
  private heads: Int32Array;
  private readonly stride: number;
  count = 0;

  constructor(
    private readonly exactWords: number,
    private readonly handicapWords: number,
    private readonly mostBytes: number,
  ) {
    // One more, for the chain of those with the same hash.
    this.stride = exactWords + handicapWords + 1;
    this.arena = new Int32Array(this.stride * 256);
    this.heads = new Int32Array(1024).fill(-1);
  }

  /** Where the words of a configuration begin in `words`. */
  offset(id: number): number {
    return id * this.stride + 1;
  }

  get words(): Int32Array {
    return this.arena;
  }

  /** Adds a configuration and gives its id; -1 if one that dominates it was there, -2 if the memory is used up. */
  add(configuration: Int32Array): number {
    const bucket = this.hash(configuration) & (this.heads.length - 1);
    for (let id = this.heads[bucket]!; id !== -1; id = this.arena[id * this.stride]!) {
      if (this.dominates(id, configuration)) return -1;
    }
    if (this.count === this.heads.length) return this.grow() ? this.add(configuration) : -2;
    const start = this.count * this.stride;
    if (start + this.stride > this.arena.length) {
      const length = Math.min(this.arena.length * 2, Math.floor(this.mostBytes / 4));
      if (start + this.stride > length) return -2;
      const longer = new Int32Array(length);
      longer.set(this.arena);
      this.arena = longer;
    }
    this.arena[start] = this.heads[bucket]!;
    this.heads[bucket] = this.count;
    this.arena.set(configuration, start + 1);
    return this.count++;
  }

  private dominates(id: number, configuration: Int32Array): boolean {
    const { arena, exactWords } = this;
    const from = this.offset(id);
    for (let at = 0; at < exactWords; at++) if (arena[from + at] !== configuration[at]) return false;
    const end = exactWords + this.handicapWords;
    for (let at = exactWords; at < end; at++) if ((arena[from + at]! & ~configuration[at]!) !== 0) return false;
    return true;
  }

  /** Of the exact part only (FNV-1a over words, then mixed): all that might dominate each other share a chain. */
  private hash(configuration: Int32Array): number {
    let hash = 0x811c9dc5;
    for (let at = 0; at < this.exactWords; at++) hash = Math.imul(hash ^ configuration[at]!, 0x01000193);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x85ebca6b);
    return hash ^ (hash >>> 13);
  }

  private grow(): boolean {
    if (this.heads.length * 8 > this.mostBytes) return false;
    this.heads = new Int32Array(this.heads.length * 2).fill(-1);
    for (let id = 0; id < this.count; id++) {
      const start = id * this.stride;
      const bucket = this.hash(this.arena.subarray(start + 1, start + this.stride)) & (this.heads.length - 1);
      this.arena[start] = this.heads[bucket]!;
      this.heads[bucket] = id;
    }
    return true;
  }
}
