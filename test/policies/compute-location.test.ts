import { expect, test } from "vitest";
import { NOBODY, type TrafficView } from "../../src/policies/contract.js";
import { computeLocation } from "../../src/policies/routing/compute-location.js";

const TIERS = ["core", "core", "regional", "regional", "edge", "edge"] as const;
const TRIPS = [90, 40, 60, 30, 8, 5];

/** The rule as architects write it down. */
function written(type: string, size: number): string {
  if (type === "real-time" && size < 1024) return "edge";
  if (type === "batch" || size > 1_048_576) return "core";
  return "regional";
}

const view = (type: string, bytes: number, sick: readonly number[] = []): TrafficView => ({
  regions: [0, 1, 2, 3, 4, 5],
  healthy: (region) => !sick.includes(region),
  leader: NOBODY,
  roundTrip: (region) => TRIPS[region]!,
  distance: () => 0,
  tier: (region) => TIERS[region]!,
  request: { type, bytes },
  share: 0,
});
const contact = (of: TrafficView, content = "regional", whenNone = "open"): number =>
  computeLocation.on({ content, when_none_healthy: whenNone }).contact(of);

test.each(["real-time", "batch", "static"])(
  "%s requests of every size go to the nearest site of the tier written",
  (type) => {
    for (const bytes of [0, 1, 1023, 1024, 1025, 50_000, 1_048_575, 1_048_576, 1_048_577, 1e9]) {
      const region = contact(view(type, bytes));
      expect([type, bytes, TIERS[region]]).toEqual([type, bytes, written(type, bytes)]);
      expect([1, 3, 5]).toContain(region);
    }
  },
);

test("content goes to the edge if it is told to, whatever its size", () => {
  expect(TIERS[contact(view("static", 5e6), "edge")]).toBe("edge");
  expect(TIERS[contact(view("batch", 100), "edge")]).toBe("core");
});

test("a sick site is replaced by the next one of its tier, a sick tier by the one above", () => {
  expect(contact(view("real-time", 10, [5]))).toBe(4);
  expect(contact(view("real-time", 10, [4, 5]))).toBe(3);
  expect(contact(view("real-time", 10, [2, 3, 4, 5]))).toBe(1);
  expect(contact(view("batch", 10, [0, 1]))).toBe(3);
  expect(contact(view("static", 2000, [2, 3]))).toBe(1);
  const all = [0, 1, 2, 3, 4, 5];
  expect(contact(view("batch", 10, all))).toBe(1);
  expect(contact(view("batch", 10, all), "regional", "closed")).toBe(NOBODY);
});
