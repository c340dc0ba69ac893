import { describe, expect, test } from "vitest";
import { onRegions } from "../../src/faults/region-faults.js";
import { OUTDONE, RECEIVED } from "../../src/record/record.js";
import { HybridClock } from "../../src/simulation/hybrid-clock.js";
import type { Plan } from "../../src/simulation/plan.js";
import { MILLISECOND, MINUTE } from "../../src/units/time.js";
import { activeActive, dataClass, fault } from "../simulation/plans.js";
import { recorded } from "../simulation/recorded.js";

const skewed = (conflict: string, skew: number): Plan => {
  const base = activeActive();
  const wrong = { ...fault(), at: MINUTE, until: 9 * MINUTE, regions: [0], hardships: onRegions({ skew }) };
  return {
    ...base,
    duration: 10 * MINUTE,
    faults: skew === 0 ? [] : [wrong],
    data: { ...base.data, classes: [dataClass({ keys: 300 })] },
    places: base.places.map((place) => ({ ...place, readShare: 0.5 })),
    policies: { ...base.policies, conflict: { name: conflict, options: {} } },
  };
};

/** Writes that lost at once to a version which their region had seen: later in cause, thrown away. */
function lostToTheirPast(plan: Plan): { readonly past: number; readonly rivals: number } {
  const { versions } = recorded(plan).record;
  const count = (what: number): number => versions.what.filter((each) => each === what).length;
  return { past: count(OUTDONE), rivals: count(RECEIVED) };
}

describe.each([-500 * MILLISECOND, 500 * MILLISECOND])("a clock that is wrong by %d us", (skew) => {
  test("makes last-write-wins discard writes that had seen what they lose to", () => {
    expect(lostToTheirPast(skewed("last-write-wins", skew)).past).toBeGreaterThan(50);
  });

  test("makes hybrid clocks discard none of them, though truly concurrent ones still lose", () => {
    const { past, rivals } = lostToTheirPast(skewed("hybrid-logical-clocks", skew));
    expect(past).toBe(0);
    expect(rivals).toBeGreaterThan(50);
  });
});

test("with clocks that are right the two decide nearly alike: concurrent writes are lost by either", () => {
  const wall = lostToTheirPast(skewed("last-write-wins", 0));
  const hybrid = lostToTheirPast(skewed("hybrid-logical-clocks", 0));
  expect([wall.past, hybrid.past]).toEqual([0, 0]);
  expect(Math.abs(hybrid.rivals / wall.rivals - 1)).toBeLessThan(0.1);
});

test("a stamp is the wall clock, unless something later has been seen", () => {
  const clock = new HybridClock();
  expect([clock.tick(100), clock.tick(90), clock.tick(100)]).toEqual([100, 101, 102]);
  clock.see(500);
  clock.see(400);
  expect([clock.tick(200), clock.tick(700)]).toEqual([501, 700]);
});
