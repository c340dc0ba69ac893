import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hybridClocks } from "../../src/policies/conflict/hybrid-clocks.js";
import { lastWriteWins } from "../../src/policies/conflict/last-write-wins.js";
import { type FailoverView, NOBODY, type Register, type TrafficView } from "../../src/policies/contract.js";
import { mostComplete } from "../../src/policies/failover/automatic.js";
import { latency } from "../../src/policies/routing/latency.js";
import { primary } from "../../src/policies/routing/primary.js";

describe.each([
  { ...lastWriteWins, stamp: "timestamp" as const },
  { ...hybridClocks, stamp: "hybrid" as const },
])("$name", ({ merge, stamp }) => {
  const register = fc.record({
    timestamp: fc.integer({ min: 0, max: 2 }),
    hybrid: fc.integer({ min: 0, max: 2 }),
    origin: fc.integer({ min: 0, max: 2 }),
    sequence: fc.integer({ min: 0, max: 2 }),
  });

  test("any order of arrival leaves the same version, ties of the clock included", () => {
    fc.assert(
      fc.property(fc.array(register, { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat()), (facts, dice) => {
        // A write is what its origin numbered: equal numbers of one origin are the same write.
        const writes: Register[] = facts.map((each, write) => ({
          write,
          actor: 0,
          count: write + 1,
          seen: [],
          ...each,
        }));
        const survivor = (order: readonly Register[]): string => {
          let mine = order[0]!;
          for (const theirs of order) if (merge(mine, theirs) === "took") mine = theirs;
          return `${mine[stamp]} ${mine.origin} ${mine.sequence}`;
        };
        const shuffled = writes
          .map((each) => ({ each, luck: dice.next().value as number }))
          .toSorted((a, b) => a.luck - b.luck)
          .map(({ each }) => each);
        expect(survivor(shuffled)).toBe(survivor(writes));
        expect(survivor([...writes, ...writes])).toBe(survivor(writes));
      }),
    );
  });
});

describe("the heir", () => {
  const view = (copies: readonly { healthy: boolean; term: number; position: number }[]): FailoverView => ({
    now: 0,
    timeOfDay: 0,
    leader: NOBODY,
    standbys: copies.map((_, region) => region),
    healthy: (region) => copies[region]!.healthy,
    unhealthySince: () => Number.POSITIVE_INFINITY,
    position: (region) => copies[region]!.position,
    logTerm: (region) => copies[region]!.term,
    behindFor: () => 0,
  });
  const well = { healthy: true };

  test("is the standby with the longest log, the first in line among equals", () => {
    expect(
      mostComplete(
        view([
          { ...well, term: 1, position: 5 },
          { ...well, term: 1, position: 9 },
        ]),
      ),
    ).toBe(1);
    expect(
      mostComplete(
        view([
          { ...well, term: 1, position: 9 },
          { ...well, term: 1, position: 9 },
        ]),
      ),
    ).toBe(0);
  });

  test("is never a longer log of an older term: its tail is what the newer one never had", () => {
    expect(
      mostComplete(
        view([
          { ...well, term: 1, position: 500 },
          { ...well, term: 2, position: 90 },
        ]),
      ),
    ).toBe(1);
  });

  test("looks healthy; without such a one there is none", () => {
    const ill = { healthy: false, term: 3, position: 99 };
    expect(mostComplete(view([ill, { ...well, term: 1, position: -1 }]))).toBe(1);
    expect(mostComplete(view([ill]))).toBe(NOBODY);
  });
});

describe("the nearest region", () => {
  const view = (healthy: readonly boolean[]): TrafficView => ({
    regions: [0, 1, 2],
    healthy: (region) => healthy[region]!,
    leader: NOBODY,
    roundTrip: (region) => [30, 10, 20][region]!,
    distance: () => 0,
    tier: () => "core" as const,
    request: null,
    share: 0,
  });
  const byLatency = latency.on({ when_none_healthy: "open" });

  test("that looks healthy is contacted; the nearest of all where none does, since an answer may still work", () => {
    expect(byLatency.contact(view([true, true, true]))).toBe(1);
    expect(byLatency.contact(view([true, false, true]))).toBe(2);
    expect(byLatency.contact(view([true, false, false]))).toBe(0);
    expect(byLatency.contact(view([false, false, false]))).toBe(1);
  });

  test("is contacted too where users are sent to the primary and there is none", () => {
    expect(primary.on({}).contact(view([true, false, true]))).toBe(2);
    expect(primary.on({}).contact({ ...view([true, false, true]), leader: 1 })).toBe(1);
  });
});
