import type { CacheRules } from "../policies/contract/caching.js";
import type { Writes } from "./writes.js";

const NONE = -1;
const ABSENT = -1;

/** What one site was answered: a version by key, in the order in which they will have to go. */
export class Cache {
  private count = 0;
  private readonly versions: Int32Array;
  private readonly storedAt: Float64Array;
  /** A ring through `keys`, which is no key: what follows it goes last, what precedes it goes first. */
  private readonly next: Int32Array;
  private readonly previous: Int32Array;

  constructor(
    private readonly keys: number,
    private readonly rules: CacheRules,
    private readonly writes: Writes,
    private readonly clock: { readonly now: number },
  ) {
    this.versions = new Int32Array(keys);
    this.storedAt = new Float64Array(keys).fill(ABSENT);
    this.next = new Int32Array(keys + 1);
    this.previous = new Int32Array(keys + 1);
    this.next[keys] = this.previous[keys] = keys;
  }

  /** Whether it may answer now. */
  has(key: number): boolean {
    const at = this.storedAt[key]!;
    if (at === ABSENT) return false;
    if (this.clock.now - at >= this.rules.lifetime) {
      this.drop(key);
      return false;
    }
    if (this.rules.evicts === "unused") {
      this.unlink(key);
      this.link(key);
    }
    return true;
  }

  /** The write that answers, -1 for none. */
  answer(key: number): number {
    return this.versions[key]!;
  }

  store(key: number, write: number): void {
    this.drop(key);
    if (this.count === this.rules.size) this.drop(this.previous[this.keys]!);
    if (write !== NONE) this.writes.retain(write);
    this.versions[key] = write;
    this.storedAt[key] = this.clock.now;
    this.link(key);
    this.count++;
  }

  drop(key: number): void {
    if (this.storedAt[key] === ABSENT) return;
    const write = this.versions[key]!;
    this.storedAt[key] = ABSENT;
    this.unlink(key);
    this.count--;
    if (write !== NONE) this.writes.release(write);
  }

  clear(): void {
    while (this.count > 0) this.drop(this.next[this.keys]!);
  }

  private link(key: number): void {
    const first = this.next[this.keys]!;
    this.next[this.keys] = key;
    this.previous[key] = this.keys;
    this.next[key] = first;
    this.previous[first] = key;
  }

  private unlink(key: number): void {
    this.next[this.previous[key]!] = this.next[key]!;
    this.previous[this.next[key]!] = this.previous[key]!;
  }
}
