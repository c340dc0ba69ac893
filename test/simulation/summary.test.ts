import { describe, expect, test } from "vitest";
import { onRegions } from "../../src/faults/region-faults.js";
import { CAUSE_NAMES } from "../../src/simulation/causes.js";
import { incidentReports } from "../../src/simulation/incident-reports.js";
import { labelledMetrics } from "../../src/simulation/labelled-metrics.js";
import { meanLatencies } from "../../src/simulation/mean-latency.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { summaryOf } from "../../src/simulation/summary.js";
import { World } from "../../src/simulation/world.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, between, fault, outage, singlePrimary } from "./plans.js";

interface Ended {
  readonly place: number;
  readonly issuedAt: number;
  readonly took: number;
  readonly cause: number;
}

/** Counts for itself what the summary tells, from what every run tells its observers. */
class Counter extends Observer {
  readonly ended: Ended[] = [];
  retries = 0;
  acknowledged = 0;
  /** How often each operation, by its place and number, was accepted as a write. */
  readonly acceptances = new Map<string, number>();
  world!: World;

  override operationEnded(place: number, _region: number, _write: boolean, issuedAt: number, cause: number): void {
    this.ended.push({ place, issuedAt, took: this.world.engine.now - issuedAt, cause });
  }
  override operationRetried(): void {
    this.retries++;
  }
  override writeAcknowledged(): void {
    this.acknowledged++;
  }

  /** Listens at each copy, which is told by the operation's name what it accepts. */
  listen(): void {
    for (const host of this.world.replicas.hosts) {
      const accept = host.accept.bind(host);
      host.accept = (operation) => {
        const name = `${operation.place}/${operation.number}`;
        this.acceptances.set(name, (this.acceptances.get(name) ?? 0) + 1);
        return accept(operation);
      };
    }
  }
}

function counted(plan: Plan): { counter: Counter; summary: Record<string, number | null> } {
  const counter = new Counter();
  const world = new World(plan, "1", [counter]);
  counter.world = world;
  counter.listen();
  world.run();
  const summary = { ...summaryOf(world, incidentReports(world)), ...meanLatencies(labelledMetrics(world)) };
  return { counter, summary };
}

const okShare = (ended: readonly Ended[]): number => ended.filter(({ cause }) => cause === 0).length / ended.length;

/** What kinds of trouble there are: the users of one place, a crash, an overload, refusals, a name that is gone. */
const cutOff: FaultPlan = { ...fault(), at: 6 * MINUTE, until: 8 * MINUTE, links: between([4], [0, 1, 2]) };
const slow: FaultPlan = {
  ...fault(),
  at: 2 * MINUTE,
  until: 4 * MINUTE,
  regions: [0],
  hardships: onRegions({ service: 30 }),
};
const grey: FaultPlan = {
  ...fault(),
  at: 10 * MINUTE,
  until: 11 * MINUTE,
  regions: [0, 1],
  hardships: onRegions({ failing: 0.1, hanging: 0.1, probes: "pass" }),
};
const duration = 18 * MINUTE;
const PLANS: readonly (readonly [string, Plan])[] = [
  ["calm", activeActive({ duration })],
  ["users cut off and a grey failure", activeActive({ duration, faults: [cutOff, grey] })],
  ["an overload and a crash", singlePrimary({ duration, faults: [slow, outage(0, 12 * MINUTE, 2)] })],
  ["a slow region", activeActive({ duration, faults: [slow, outage(2, 12 * MINUTE, 2)] })],
];

describe.each(PLANS)("what the summary counts: %s", (name, plan) => {
  const { counter, summary } = counted(plan);
  const { ended } = counter;
  const failed = ended.filter(({ cause }) => cause !== 0);

  test("operations by their outcome, each failure by one cause", () => {
    expect(summary["operations"]).toBe(ended.length);
    expect(summary["availability"]).toBe(okShare(ended));
    expect(summary["failed_operations"]).toBe(failed.length);
    expect(summary["retries"]).toBe(counter.retries);
    expect(summary["acknowledged_writes"]).toBe(counter.acknowledged);
    for (const [cause, word] of CAUSE_NAMES.entries()) {
      // Data can only be missing where somebody deletes them.
      if (cause > 0)
        expect(summary[`failed_${word}`] ?? 0, word).toBe(failed.filter((each) => each.cause === cause).length);
    }
    expect(failed.length === 0).toBe(name === "calm");
    // Whatever happens, nobody waits longer than the deadline; where something fails, somebody waits as long.
    const longest = ended.reduce((most, { took }) => Math.max(most, took), 0);
    if (name === "calm") expect(longest).toBeLessThan(plan.client.deadline);
    else expect(longest).toBe(plan.client.deadline);
  });

  test("the mean latency, and that of the place that waited longest", () => {
    const meanOf = (some: readonly Ended[]): number =>
      some.reduce((sum, { took }) => sum + took, 0) / some.length / 1000;
    const answered = ended.filter(({ cause }) => cause === 0);
    const places = plan.places.map((_, at) => meanOf(answered.filter(({ place }) => place === at)));
    expect(summary["user_request_latency_ms_mean"]).toBeCloseTo(meanOf(answered), 6);
    expect(summary["worst_place_latency_ms_mean"]).toBeCloseTo(Math.max(...places), 6);
  });

  test("the worst place is the one that was worst off", () => {
    const places = plan.places.map((_, at) => okShare(ended.filter(({ place }) => place === at)));
    expect(summary["worst_place_availability"]).toBe(Math.min(...places));
    if (name !== "calm") expect(Math.min(...places)).toBeLessThan(Math.max(...places) - 0.001);
  });

  test("five-minute windows that miss the target of 99.9 %: three whole ones in eighteen minutes", () => {
    const windows = [0, 1, 2].map((at) =>
      okShare(ended.filter(({ issuedAt }) => Math.floor(issuedAt / (5 * MINUTE)) === at)),
    );
    expect(summary["windows_under_target"]).toBe(windows.filter((share) => share < 0.999).length / 3);
  });

  test("duplicate effects: operations that were accepted more than once", () => {
    const times = [...counter.acceptances.values()];
    expect(summary["duplicate_effects"]).toBe(times.filter((count) => count > 1).length);
    if (!plan.faults.includes(slow)) return;
    expect(times.filter((count) => count > 1).length).toBeGreaterThan(20);
    expect(times.filter((count) => count > 2).length).toBeGreaterThan(2);
  });

  test("latencies of the answered operations, to the precision of the histogram", () => {
    const took = ended.flatMap((each) => (each.cause === 0 ? [each.took] : [])).toSorted((a, b) => a - b);
    for (const [percentile, share] of [
      ["p50", 0.5],
      ["p90", 0.9],
      ["p99", 0.99],
      ["p999", 0.999],
    ] as const) {
      const exact = took[Math.ceil(share * took.length) - 1]! / 1000;
      expect(Math.abs(summary[`user_request_latency_ms_${percentile}`]! / exact - 1)).toBeLessThan(0.01);
    }
  });
});

test("a window in which nothing was asked is no window", () => {
  const plan = activeActive({ duration });
  const rare = plan.places.map((place) => ({ ...place, rate: 1e-9 }));
  expect(counted({ ...plan, places: rare }).summary).toMatchObject({
    windows_under_target: null,
    availability: null,
    worst_place_availability: 1,
  });
});

test("a share of windows counts those that were bad, not how bad they were", () => {
  const dark = [0, 1, 2].map((each) => outage(each, 5 * MINUTE, 4));
  expect(counted(activeActive({ duration, faults: dark })).summary["windows_under_target"]).toBe(1 / 3);
  const moment = [0, 1, 2].map((each) => ({ ...outage(each, 5 * MINUTE, 1), until: 5 * MINUTE + 20 * SECOND }));
  expect(counted(activeActive({ duration, faults: moment })).summary["windows_under_target"]).toBe(1 / 3);
});
