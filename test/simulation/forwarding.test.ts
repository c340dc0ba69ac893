import { describe, expect, test } from "vitest";
import { OK, READ, WRITE } from "../../src/record/record.js";
import { run } from "../../src/simulation/run.js";
import { roundTrip } from "../../src/topology/delay-law.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { between, fault, outage, singlePrimary } from "./plans.js";
import { recorded } from "./recorded.js";

/** Everybody goes to the nearest region; the standby hands writes on to the primary. */
const nearest = singlePrimary();
const plan = {
  ...nearest,
  duration: 10 * MINUTE,
  policies: {
    ...nearest.policies,
    routing: { name: "latency", options: {} },
    failover: { name: "none", options: {} },
  },
  failover: { ...nearest.failover, fencing: "none" as const },
  forwards: true,
};

describe("a region that cannot serve an operation hands it on to the leader", () => {
  const { outcome, record } = recorded(plan);
  const { operations } = record;

  test("no user is sent elsewhere, the leader accepts every write, and reads stay where they are", () => {
    expect(outcome.summary["failed_not_primary"]).toBe(0);
    // From Singapore by way of Ireland a fresh connection may take longer than the client waits.
    expect(outcome.summary["failed_operations"]! / outcome.summary["operations"]!).toBeLessThan(1e-4);
    const regions = (kind: number): number[] => {
      const rows = [...operations.kind.keys()].filter(
        (row) => operations.kind[row] === kind && operations.outcome[row] === OK,
      );
      return [...new Set(rows.map((row) => operations.region[row]!))].toSorted();
    };
    expect(regions(WRITE)).toEqual([0]);
    expect(regions(READ).length).toBeGreaterThan(1);
  });

  test("a write handed on takes the round trip between the regions longer than a read at the same place", () => {
    const redirecting = run({ ...plan, forwards: false }, "1");
    expect(redirecting.summary["failed_operations"]).toBeGreaterThan(0);
    const far = [...operations.call.keys()].filter(
      (row) => operations.session[row]! >= plan.places[0]!.sessions && operations.call[row]! > MINUTE,
    );
    const median = (kind: number): number => {
      const taken = far
        .filter((row) => operations.kind[row] === kind)
        .map((row) => operations.return[row]! - operations.call[row]!)
        .toSorted((a, b) => a - b);
      return taken[Math.floor(taken.length / 2)]!;
    };
    const { laws } = plan.network;
    const sites = plan.regions.length + plan.places.length;
    const trip = roundTrip(laws[1 * sites]!, 0.5);
    const extra = median(WRITE) - median(READ);
    // Beside the trip it has a second worker to wait for, of the same mean.
    expect(extra).toBeGreaterThan(trip * 0.8);
    expect(extra).toBeLessThan(trip * 1.2 + 2 * plan.regions[0]!.serviceTime);
  });
});

test("a cut between the regions costs the writes behind it, and nothing is lost or left open", () => {
  const cut = { ...fault(), at: 2 * MINUTE, until: 4 * MINUTE, links: between([0], [1]) };
  const { summary } = run({ ...plan, faults: [cut] }, "1");
  expect(summary["failed_operations"]).toBeGreaterThan(0);
  expect(summary["lost_acknowledged_writes"]).toBe(0);
});

test("the death of either region while requests are handed on leaves none of them open", () => {
  for (const region of [0, 1]) {
    const { summary } = run({ ...plan, faults: [outage(region, 2 * MINUTE, 3)] }, "1");
    expect(summary["failed_operations"]).toBeGreaterThan(0);
    expect(summary["operations"]).toBeGreaterThan(1000);
  }
});

test("what is handed on counts as transfer between the regions", () => {
  const writesOnly = {
    ...plan,
    places: plan.places.map((place) => ({ ...place, readShare: 0 })),
    duration: 60 * SECOND,
  };
  const forwarded = run(writesOnly, "1").summary["cross_region_transfer_bytes"]!;
  const redirected = run({ ...writesOnly, policies: nearest.policies }, "1").summary["cross_region_transfer_bytes"]!;
  expect(forwarded).toBeGreaterThan(redirected * 1.2);
});
