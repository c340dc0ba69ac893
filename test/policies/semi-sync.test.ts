import { describe, expect, test } from "vitest";
import { CHECKERS, runChecker } from "../../src/check/catalogue.js";
import type { Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { NO_STORAGE, between, dataClass, fault, outage, singlePrimary } from "../simulation/plans.js";
import { recorded } from "../simulation/recorded.js";

const NEVER = Number.POSITIVE_INFINITY;

/** Virginia leads; Ireland (68 ms away) and Singapore (215 ms) follow, each as large. */
function plan(name: string, options: Plan["policies"]["replication"]["options"], overrides: Partial<Plan> = {}): Plan {
  const base = singlePrimary();
  const { instances } = base.regions[0]!;
  const all = { heartbeat: SECOND, retention: 1_000_000, ...options };
  return {
    ...base,
    duration: 8 * MINUTE,
    regions: base.regions.map((region) => ({ ...region, instances, replica: true })),
    places: base.places.map((place) => ({ ...place, readShare: 0.5 })),
    data: { ...base.data, classes: [dataClass({ keys: 200 })], size: 50_000_000 },
    policies: { ...base.policies, replication: { name, options: all }, standbys: [1, 2] },
    ...overrides,
  };
}
const asynchronous = (overrides?: Partial<Plan>): Plan => plan("async", { batch: SECOND }, overrides);
const semi = (fallBack: number, overrides?: Partial<Plan>, acknowledgements = 1): Plan =>
  plan("semi-sync", { acknowledgements, fall_back: fallBack, acknowledge: "received" }, overrides);
const sync = (overrides?: Partial<Plan>): Plan => plan("sync", { acknowledge: "received" }, overrides);

const crash = outage(0, 3 * MINUTE, 30, false);

/** Median of what a write of Virginia's own users takes beyond a read of theirs, milliseconds. */
function priceOf(each: Plan): number {
  const { operations } = recorded({ ...each, duration: 4 * MINUTE }).record;
  const median = (isRead: boolean): number => {
    const taken = [...operations.call.keys()]
      .filter((row) => operations.session[row]! < 400 && operations.call[row]! > MINUTE)
      .filter((row) => (operations.kind[row] === 0) === isRead)
      .map((row) => operations.return[row]! - operations.call[row]!)
      .toSorted((a, b) => a - b);
    return taken[Math.floor(taken.length / 2)]! / MILLISECOND;
  };
  return median(false) - median(true);
}

describe("what a write costs is the round trip to those it waits for", () => {
  test.each([
    ["async", asynchronous(), 0],
    ["semi-sync, the nearer of two", semi(NEVER), 68],
    ["semi-sync, both", semi(NEVER, {}, 2), 215],
    ["sync", sync(), 215],
  ])("%s", (_, each, trip) => {
    expect(Math.abs(priceOf(each) - trip)).toBeLessThan(4 + trip * 0.06);
  });

  test("an acknowledgement from the disk costs its sync too", () => {
    const storage = { ...NO_STORAGE, sync: "each-commit" as const, fsync: 30 * MILLISECOND };
    const durable = plan("semi-sync", { acknowledgements: 1, fall_back: NEVER, acknowledge: "durable" }, { storage });
    const received = semi(NEVER, { storage });
    // One sync at a time serves all that wait: half of the one under way, and one of its own.
    expect(priceOf(durable) - priceOf(received)).toBeGreaterThan(25);
    expect(priceOf(durable) - priceOf(received)).toBeLessThan(75);
  });
});

describe("a crash of the primary that takes its disk", () => {
  const lost = (each: Plan): number => run({ ...each, faults: [crash] }, "1").summary["lost_acknowledged_writes"]!;

  test("takes the unreplicated tail of async", () => {
    // 45 writes a second, collected for up to a second.
    expect(lost(asynchronous())).toBeGreaterThan(0);
    expect(lost(asynchronous())).toBeLessThan(70);
  });

  test("takes nothing that semi-sync or sync have answered", () => {
    expect(lost(semi(NEVER))).toBe(0);
    expect(lost(sync())).toBe(0);
  });

  test("takes what semi-sync answered by itself after it had fallen back", () => {
    const cut = { ...fault(), at: 2 * MINUTE, until: 5 * MINUTE, links: between([0], [1, 2]) };
    const base = semi(10 * SECOND, { faults: [cut, crash] });
    const isolated = { ...base, health: { ...base.health, vantages: [0, 4], controller: 0 } };
    expect(run(isolated, "1").summary["lost_acknowledged_writes"]).toBeGreaterThan(500);
  });
});

describe("standbys that cannot be reached", () => {
  const cut = { ...fault(), at: 2 * MINUTE, until: 5 * MINUTE, links: between([0], [1, 2]) };
  const still = (each: Plan): Plan => ({
    ...each,
    faults: [cut],
    policies: { ...each.policies, failover: { name: "none", options: {} } },
    failover: { ...each.failover, fencing: "none" },
  });
  const failed = (each: Plan): number => run(still(each), "1").summary["failed_operations"]!;
  // Half of 90 requests a second for three minutes.
  const writes = 90 * 0.5 * 180;

  test("halt the writes of sync, and of semi-sync that never falls back", () => {
    expect(failed(sync()) / writes).toBeGreaterThan(0.95);
    expect(failed(semi(NEVER)) / writes).toBeGreaterThan(0.95);
  });

  test("halt those of semi-sync until it falls back", () => {
    const some = failed(semi(30 * SECOND));
    expect(some / writes).toBeGreaterThan(0.9 * (30 / 180));
    expect(some / writes).toBeLessThan(1.3 * (30 / 180));
  });

  test("one of two halts sync and not semi-sync", () => {
    const one = { ...cut, links: between([0], [2]) };
    const with1 = (each: Plan): number => run({ ...still(each), faults: [one] }, "1").summary["failed_operations"]!;
    expect(with1(sync()) / writes).toBeGreaterThan(0.95);
    expect(with1(semi(NEVER))).toBeLessThan(0.005 * writes);
  });
});

test("nobody is shown a write that its primary has not answered, so no read goes back after a failover", () => {
  const { record } = recorded({ ...semi(NEVER), faults: [crash] });
  for (const name of ["durability", "convergence", "one-primary"]) {
    const { verdict, reason } = runChecker(CHECKERS.find((checker) => checker.name === name)!, record);
    expect(`${name} ${verdict} ${reason}`).toMatch(/ true /);
  }
});
