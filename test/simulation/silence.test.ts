import { describe, expect, test } from "vitest";
import { onRegions } from "../../src/faults/region-faults.js";
import { CAUSE_NAMES } from "../../src/simulation/causes.js";
import type { FaultPlan, Plan, PolicyChoice } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { Watcher } from "../../src/simulation/watcher.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { chosen } from "../policies/consistency-plans.js";
import { NO_STORAGE, RAFT, activeActive, between, fault, singlePrimary } from "./plans.js";
import { leaderless } from "./quorums.js";

const NEVER = Number.POSITIVE_INFINITY;
const OTHERS = [1, 2];
const PRIMARY = 0;
/** From then on and beyond the end. */
const AWAY = { at: MINUTE, until: 9 * MINUTE };

const cutOff = (sites: readonly number[], from: readonly number[] = [PRIMARY]): FaultPlan => ({
  ...fault(),
  ...AWAY,
  links: between(from, sites),
});
const onPrimary = (hardship: Parameters<typeof onRegions>[0]): FaultPlan => ({
  ...fault(),
  ...AWAY,
  regions: [PRIMARY],
  hardships: onRegions(hardship),
});

/** All users live beside the primary, 90 requests a second of them; half are writes. */
const besidePrimary = (places: Plan["places"]): Plan["places"] =>
  places.map((place, index) => ({ ...place, rate: index === 0 ? 90 : 0.001, readShare: 0.5 }));

/** One primary that nobody replaces and two standbys, all as large; users of whom each tries once. */
function plan(faults: readonly FaultPlan[], replication: PolicyChoice, overrides: Partial<Plan> = {}): Plan {
  const base = singlePrimary({ faults, duration: 3 * MINUTE });
  return {
    ...base,
    regions: base.regions.map((region) => ({ ...region, instances: 4, replica: true, queueLimit: 100_000 })),
    places: besidePrimary(base.places),
    client: { ...base.client, attempts: 1, pinned: 0 },
    failover: { ...base.failover, fencing: "none" },
    ...overrides,
    policies: {
      ...base.policies,
      failover: { name: "none", options: {} },
      standbys: OTHERS,
      replication,
      ...overrides.policies,
    },
  };
}
const heartbeat = { heartbeat: SECOND, retention: 1_000_000 };
const asynchronous = { name: "async", options: { batch: 0, ...heartbeat } };
const bounded = { name: "async", options: { batch: 0, ...heartbeat, max_lag: 5 * SECOND, beyond: "wait" } };
const sync = { name: "sync", options: { ...heartbeat, acknowledge: "received" } };
const semiSync = { name: "semi-sync", options: { ...sync.options, acknowledgements: 1, fall_back: NEVER } };
const raft = { name: "raft", options: RAFT };
const commitWait = { name: "multi-primary", options: { ...heartbeat, commit_wait: 2 * SECOND } };

/** Failures by cause; they are the failures, each once. */
function causes(each: Plan, watchers: readonly Watcher[] = []): Record<string, number> {
  const { summary } = run(each, "1", watchers);
  const found = CAUSE_NAMES.map((name) => [name, summary[`failed_${name}`] ?? 0] as const);
  expect(found.reduce((sum, [, count]) => sum + count, 0)).toBe(summary["failed_operations"]);
  return Object.fromEntries(found);
}

/** Whether so many have failed, and all but a hundredth of all failures have that cause. */
function expectMost(found: Record<string, number>, cause: string, least: number): void {
  const all = Object.values(found).reduce((sum, count) => sum + count, 0);
  expect(found[cause]).toBeGreaterThan(least);
  expect(found[cause]! / all).toBeGreaterThan(0.99);
}
/** Writes of two minutes. */
const WRITES = 0.5 * 90 * 120;

describe("whose answer waits for other copies lacks a quorum when time is up, and meets no overload", () => {
  test.each([
    ["standbys that sync waits for", plan([cutOff(OTHERS)], sync)],
    ["standbys that semi-sync waits for", plan([cutOff(OTHERS)], semiSync)],
    ["standbys that a bound on the lag waits for", plan([cutOff(OTHERS)], bounded)],
    // Its coordinators give an operation up after two seconds, and their clients after one.
    ["owners that a leaderless quorum waits for", plan([cutOff(OTHERS)], leaderless({ write: "all" }).replication)],
  ])("%s", (_, each) => expectMost(causes(each), "no_quorum", 0.9 * WRITES));

  test("followers of a leader that does not know yet that it is alone", () => {
    const { no_quorum: count, overload } = causes(plan([cutOff(OTHERS)], raft));
    // Two seconds until it does.
    expect(count).toBeGreaterThan(0.5 * 90);
    expect(overload).toBe(0);
  });
});

describe("whoever queues meets an overload", () => {
  test.each([
    ["for a worker", asynchronous],
    ["for a worker, before it would wait for standbys", sync],
  ])("%s", (_, replication) =>
    expectMost(causes(plan([onPrimary({ service: 200 })], replication)), "overload", 0.9 * WRITES),
  );

  test("for the disk of the copy alone", () => {
    const storage = { ...NO_STORAGE, fsync: 10 * MILLISECOND };
    expectMost(causes(plan([onPrimary({ disk: 400 })], asynchronous, { storage })), "overload", 0.5 * WRITES);
  });
});

describe("what neither explains", () => {
  test("is a cut between users and their region, whatever that waits for", () =>
    expectMost(causes(plan([cutOff([3, ...OTHERS])], sync)), "unreachable", 1.9 * WRITES));

  test.each([
    ["a host that stands still", plan([onPrimary({ hostPaused: true })], asynchronous)],
    ["a host that stands still and would wait for others", plan([onPrimary({ hostPaused: true })], sync)],
    ["an uncertainty of clocks that is waited out", plan([], commitWait)],
  ])("is a time-out: %s", (_, each) => expectMost(causes(each), "timeout", 0.9 * WRITES));
});

test("who waits for a copy to catch up lacks what it lacks, and has its session ended only when it is told so", () => {
  class Sessions extends Watcher {
    ended = 0;
    begin(): void {}
    end(): void {}
    override sessionEnded(): void {
      this.ended++;
    }
  }
  const base = activeActive();
  // Users of a lagging standby who have been elsewhere meanwhile; they wait for an answer for a second.
  const refusals = (wait: number): readonly [found: Record<string, number>, ended: number] => {
    const { policies, client } = plan([], asynchronous);
    const watch = new Sessions();
    const each = plan([cutOff([1])], asynchronous, {
      places: base.places,
      client: { ...client, roaming: 0.3 },
      forwards: true,
      policies: {
        ...policies,
        routing: base.policies.routing,
        consistency: chosen("session", { wait, otherwise: "refuse" }),
      },
    });
    return [causes(each, [watch]), watch.ended];
  };
  const [told, ended] = refusals(SECOND / 2);
  expect(told["too_stale"]).toBeGreaterThan(100);
  // Of several that are refused in one session the first ends it.
  expect(ended).toBeGreaterThan(0.9 * told["too_stale"]!);
  expect(ended).toBeLessThanOrEqual(told["too_stale"]!);
  const [silent, kept] = refusals(5 * SECOND);
  expect(silent["too_stale"]).toBeGreaterThan(100);
  expect(kept).toBe(0);
  expect(silent["overload"]).toBe(0);
});
