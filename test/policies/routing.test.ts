import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/policies/catalogue.js";
import { NOBODY, type TrafficView } from "../../src/policies/contract.js";
import type { OptionValues } from "../../src/policies/options.js";

const WEIGHTS = [50, 30, 20, 0];
/** Of each routing policy, options as a scenario might give them, for four regions. */
const OPTIONS: Record<string, OptionValues> = {
  latency: {},
  geolocation: {},
  weighted: { weights: WEIGHTS },
  "failover-order": { regions: [2, 0, 1, 3] },
};

const view = (healthy: readonly boolean[], share = 0): TrafficView => ({
  regions: healthy.map((_, region) => region),
  healthy: (region) => healthy[region]!,
  leader: NOBODY,
  roundTrip: (region) => [30, 10, 20, 90][region]!,
  distance: (region) => [500, 9000, 7000, 800][region]!,
  share,
  tier: () => "core",
  request: null,
});
const router = (name: string, options: OptionValues = {}) =>
  catalogue.routing[name]!.on({ when_none_healthy: "open", ...OPTIONS[name], ...options });

describe.each(Object.keys(OPTIONS))("%s", (name) => {
  const anyHealth = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });
  const anyShare = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

  test("leads nobody to a region that looks unhealthy, as long as another one looks healthy", () => {
    fc.assert(
      fc.property(anyHealth, anyShare, (healthy, share) => {
        fc.pre(healthy.includes(true));
        expect(healthy[router(name).contact(view(healthy, share))]).toBe(true);
      }),
    );
  });

  test("when none looks healthy answers as if all were, or not at all, as it is told", () => {
    fc.assert(
      fc.property(anyShare, (share) => {
        const all = view([true, true, true, true], share);
        const none = view([false, false, false, false], share);
        expect(router(name).contact(none)).toBe(router(name).contact(all));
        expect(router(name, { when_none_healthy: "closed" }).contact(none)).toBe(NOBODY);
      }),
    );
  });
});

describe("geolocation", () => {
  test("goes by the map and not by the round trip, and fails over to the next nearest on it", () => {
    const { contact } = router("geolocation");
    expect(contact(view([true, true, true, true]))).toBe(0);
    expect(contact(view([false, true, true, true]))).toBe(3);
    expect(contact(view([false, true, true, false]))).toBe(2);
    expect(router("latency").contact(view([true, true, true, true]))).toBe(1);
  });
});

describe("failover-order", () => {
  test("goes down its list, whatever is nearer, and never to a region that is not on it", () => {
    const { contact } = router("failover-order", { regions: [2, 3] });
    expect(contact(view([true, true, true, true]))).toBe(2);
    expect(contact(view([true, true, false, true]))).toBe(3);
    const closed = router("failover-order", { regions: [2, 3], when_none_healthy: "closed" });
    expect(closed.contact(view([true, true, false, false]))).toBe(NOBODY);
  });
});

describe("weighted", () => {
  const RESOLVERS = 1000;
  const chosen = (healthy: readonly boolean[], weights: readonly number[], offset = 0.5): number[] =>
    Array.from({ length: RESOLVERS }, (_, resolver) =>
      router("weighted", { weights }).contact(view(healthy, (resolver + offset) / RESOLVERS)),
    );
  const counts = (regions: readonly number[]): number[] =>
    [0, 1, 2, 3].map((region) => regions.filter((each) => each === region).length);

  test("splits a place's resolvers by its weights, each region's part exact to one resolver", () => {
    const weight = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(
        fc.tuple(weight, weight, weight, weight),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (weights, offset) => {
          const total = weights.reduce((sum, each) => sum + each, 0);
          fc.pre(total > 0);
          const split = counts(chosen([true, true, true, true], weights, offset));
          for (const region of [0, 1, 2, 3])
            expect(Math.abs(split[region]! - (RESOLVERS * weights[region]!) / total)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test("moves the users of a lost region and nobody else, to the others by their weights", () => {
    const before = chosen([true, true, true, true], WEIGHTS);
    const after = chosen([false, true, true, true], WEIGHTS);
    before.forEach((region, resolver) => {
      if (region !== 0) expect(after[resolver]).toBe(region);
    });
    expect(counts(after)).toEqual([0, 600, 400, 0]);
  });

  test("asks a region without weight only when those with one look unhealthy", () => {
    expect(counts(chosen([true, true, true, true], WEIGHTS))).toEqual([500, 300, 200, 0]);
    expect(counts(chosen([false, false, false, true], WEIGHTS))).toEqual([0, 0, 0, 1000]);
    expect(counts(chosen([false, false, true, true], [1, 0, 0, 0]))).toEqual([0, 0, 500, 500]);
  });
});
