import { describe, expect, test } from "vitest";
import type { Plan, PolicyChoice } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, dataClass } from "../simulation/plans.js";

const KEYS = 5000;
const RATE = 80;
const ttl = (lifetime: number): PolicyChoice => ({
  name: "ttl",
  options: { lifetime, entries: KEYS, invalidation: false, answers: "everything" },
});
const lru = (entries: number): PolicyChoice => ({
  name: "lru",
  options: { lifetime: Number.POSITIVE_INFINITY, entries, invalidation: false, answers: "everything" },
});

/** Three regions, each with its own users and its own cache, who only read. */
function hitRate(caching: PolicyChoice, zipf: number): number {
  const plan: Plan = activeActive({ duration: 15 * MINUTE });
  const { summary } = run(
    {
      ...plan,
      places: plan.places.map((place) => ({ ...place, rate: RATE, readShare: 1 })),
      client: { ...plan.client, pinned: 0 },
      data: { ...plan.data, classes: [dataClass({ keys: KEYS, zipf })] },
      policies: { ...plan.policies, caching },
    },
    "1",
  );
  return summary["cache_hit_rate"]!;
}

function popularity(zipf: number): number[] {
  const weights = Array.from({ length: KEYS }, (_, rank) => (rank + 1) ** -zipf);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

describe.each([0.7, 0.99])("keys as popular as Zipf %f has them", (zipf) => {
  const shares = popularity(zipf);

  test.each([2, 20])(
    "a lifetime of %i s: of a key that is asked for r times a second rT / (1 + rT) are hits",
    (seconds) => {
      const expected = shares.reduce(
        (sum, share) => sum + (share * RATE * share * seconds) / (1 + RATE * share * seconds),
        0,
      );
      const error = hitRate(ttl(seconds * SECOND), zipf) - expected;
      // Printed for VALIDATION: the start with empty caches costs a lifetime of a quarter of an hour.
      expect(Math.abs(error)).toBeLessThan(0.012);
    },
  );

  test.each([100, 1000])("the %i asked for last: Che's approximation", (entries) => {
    let [low, high] = [0, 1e7];
    for (let halving = 0; halving < 100; halving++) {
      const time = (low + high) / 2;
      const held = shares.reduce((sum, share) => sum + 1 - Math.exp(-RATE * share * time), 0);
      if (held < entries) low = time;
      else high = time;
    }
    const expected = shares.reduce((sum, share) => sum + share * (1 - Math.exp(-RATE * share * low)), 0);
    const error = hitRate(lru(entries), zipf) - expected;
    expect(Math.abs(error)).toBeLessThan(0.015);
  });
});
