import { describe, expect, test } from "vitest";
import type { CacheRules } from "../../src/policies/contract/caching.js";
import { Cache } from "../../src/simulation/cache.js";
import type { Writes } from "../../src/simulation/writes.js";

/** Answers in a list, the one that goes last in front: what a cache has to be, written as slowly as one likes. */
class Plain {
  private entries: { key: number; write: number; at: number }[] = [];

  constructor(private readonly rules: CacheRules) {}

  has(key: number, now: number): boolean {
    const entry = this.entries.find((each) => each.key === key);
    if (entry === undefined) return false;
    this.drop(key);
    if (now - entry.at >= this.rules.lifetime) return false;
    if (this.rules.evicts === "unused") this.entries.unshift(entry);
    else this.entries = [...this.entries, entry].toSorted((one, other) => other.at - one.at);
    return true;
  }

  answer(key: number): number {
    return this.entries.find((each) => each.key === key)!.write;
  }

  store(key: number, write: number, now: number): void {
    this.drop(key);
    if (this.entries.length === this.rules.size) this.entries.pop();
    this.entries.unshift({ key, write, at: now });
  }

  drop(key: number): void {
    this.entries = this.entries.filter((each) => each.key !== key);
  }

  get held(): number {
    return this.entries.filter(({ write }) => write >= 0).length;
  }
}

describe.each([
  ["ttl", { lifetime: 40, size: 6, evicts: "oldest" }],
  ["lru", { lifetime: Number.POSITIVE_INFINITY, size: 6, evicts: "unused" }],
  ["both", { lifetime: 25, size: 4, evicts: "unused" }],
] as const)("a cache by the rules of %s", (_, given) => {
  const rules: CacheRules = { ...given, invalidates: false, admits: () => true };

  test("answers as the plain one does, and holds on to what it holds", () => {
    let state = 12_345;
    const below = (bound: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * bound);
    };
    let held = 0;
    const writes = { retain: () => held++, release: () => held-- } as unknown as Writes;
    const clock = { now: 0 };
    const cache = new Cache(12, rules, writes, clock);
    const plain = new Plain(rules);
    let hits = 0;
    for (let step = 0; step < 20_000; step++) {
      clock.now += 1 + below(4);
      const key = below(12);
      const kind = below(10);
      if (kind === 0) {
        cache.drop(key);
        plain.drop(key);
        continue;
      }
      const has = plain.has(key, clock.now);
      expect(cache.has(key)).toBe(has);
      if (has) {
        hits++;
        expect(cache.answer(key)).toBe(plain.answer(key));
      } else {
        cache.store(key, kind === 1 ? -1 : step);
        plain.store(key, kind === 1 ? -1 : step, clock.now);
      }
    }
    expect(hits).toBeGreaterThan(1000);
    expect(held).toBeGreaterThan(0);
    cache.clear();
    expect(held).toBe(0);
  });
});
