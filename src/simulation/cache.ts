import type { CacheRules } from "../policies/contract/caching.js";
import type { Writes } from "./writes.js";

const NONE = -1;
const ABSENT = -1;

/** What one site was answered: a version by key, in the order in which they will have to go. */
export class Cache {
  private count = 0;
  private readonly versions: Int32Array;
  private readonly storedAt: Float64Array;
  /** A ring through `keys`, which is no entry: what follows it goes last, what precedes it goes first. */
  private readonly next: Int32Array;
  private readonly previous: Int32Array;

  constructor(
    private readonly keys: number,
    private readonly rules: CacheRules,
    private readonly writes: Writes,
    private readonly clock: { readonly now: number },
    /** Its first key, where it is for some of them only. */
    private readonly first = 0,
  ) {
    this.versions = new Int32Array(keys);
    this.storedAt = new Float64Array(keys).fill(ABSENT);
    this.next = new Int32Array(keys + 1);
    this.previous = new Int32Array(keys + 1);
    this.next[keys] = this.previous[keys] = keys;
  }

  /** Whether it may answer now. */
  has(key: number): boolean {
    const entry = key - this.first;
    const at = this.storedAt[entry]!;
    if (at === ABSENT) return false;
    if (this.clock.now - at >= this.rules.lifetime) {
      this.remove(entry);
      return false;
    }
    if (this.rules.evicts === "unused") {
      this.unlink(entry);
      this.link(entry);
    }
    return true;
  }

  /** The write that answers, -1 for none. */
  answer(key: number): number {
    return this.versions[key - this.first]!;
  }

  store(key: number, write: number): void {
    const entry = key - this.first;
    this.remove(entry);
    if (this.count === this.rules.size) this.remove(this.previous[this.keys]!);
    if (write !== NONE) this.writes.retain(write);
    this.versions[entry] = write;
    this.storedAt[entry] = this.clock.now;
    this.link(entry);
    this.count++;
  }

  drop(key: number): void {
    this.remove(key - this.first);
  }

  clear(): void {
    while (this.count > 0) this.remove(this.next[this.keys]!);
  }

  private remove(entry: number): void {
    if (this.storedAt[entry] === ABSENT) return;
    const write = this.versions[entry]!;
    this.storedAt[entry] = ABSENT;
    this.unlink(entry);
    this.count--;
    if (write !== NONE) this.writes.release(write);
  }

  private link(entry: number): void {
    const latest = this.next[this.keys]!;
    this.next[this.keys] = entry;
    this.previous[entry] = this.keys;
    this.next[entry] = latest;
    this.previous[latest] = entry;
  }

  private unlink(entry: number): void {
    this.next[this.previous[entry]!] = this.next[entry]!;
    this.previous[this.next[entry]!] = this.previous[entry]!;
  }
}
