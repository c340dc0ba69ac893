import { describe, expect, test } from "vitest";
import { CHECKERS, runChecker } from "../../src/check/catalogue.js";
import { Streams } from "../../src/engine/random.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { OK, READ, WRITE } from "../../src/record/record.js";
import type { Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { NO_STORAGE, RAFT, activeActive, between, consensus, dataClass, fault, outage } from "../simulation/plans.js";
import { recorded } from "../simulation/recorded.js";
import { faultsOf } from "./raft-faults.js";

const END = 6 * MINUTE;
const small = (overrides: Partial<Plan> = {}): Plan => {
  const plan = consensus();
  return {
    ...plan,
    duration: END,
    places: plan.places.map((place) => ({ ...place, rate: 12, readShare: 0.5 })),
    data: { ...plan.data, classes: [dataClass({ keys: 30 })], size: 50_000_000 },
    ...overrides,
  };
};

const PROMISES = [
  "linearizable",
  "read-your-writes",
  "monotonic-reads",
  "monotonic-writes",
  "writes-follow-reads",
  "consistent-prefix",
  "bounded-staleness",
  "convergence",
  "durability",
  "leader-per-term",
  "one-primary",
  "exactly-once",
] as const;

function chaotic(seed: number, overrides: Partial<Plan> = {}): Plan {
  const luck = new Streams(`raft ${seed}`).keyed("plan");
  const disk = { ...NO_STORAGE, sync: "each-commit" as const, fsync: 5 * MILLISECOND, bandwidth: 50e6 };
  const retention = seed % 3 === 0 ? 200 : 1_000_000;
  const base = small({ faults: faultsOf(luck), storage: seed % 2 === 0 ? disk : NO_STORAGE, ...overrides });
  const options = { ...RAFT, retention, pre_vote: seed % 4 !== 3 };
  return { ...base, policies: { ...base.policies, replication: { name: "raft", options } } };
}

// More of them by hand: LAWS=200.
const SEEDS = Number(process.env["LAWS"] ?? 10);

test.each([...Array(SEEDS).keys()])(
  "whatever happens to a minority or to the links, no promise is broken, seed %d",
  (seed) => {
    const { record, outcome } = recorded(chaotic(seed));
    const verdicts = PROMISES.map((name) => {
      const { verdict, reason } = runChecker(CHECKERS.find((checker) => checker.name === name)!, record);
      return verdict === "true" ? name : `${name} ${verdict}: ${reason}`;
    });
    expect(verdicts).toEqual(PROMISES);
    expect(outcome.summary["lost_acknowledged_writes"]).toBe(0);
    expect(outcome.summary["stale_reads"]).toBe(0);
    expect(outcome.summary["duplicate_effects"]).toBe(0);
    expect(outcome.summary["conflicts"]).toBe(0);
  },
);

describe("a minority that is cut off serves nothing that must be committed, and the majority goes on", () => {
  const cut = { ...fault(), at: 2 * MINUTE, until: 4 * MINUTE, links: between([0], [1, 2]) };
  const { record, outcome } = recorded(small({ faults: [cut] }));
  const { operations, roles } = record;
  const written = (region: number, from: number, to: number): number =>
    [...operations.kind.keys()].filter(
      (row) =>
        operations.kind[row] === WRITE &&
        operations.outcome[row] === OK &&
        operations.region[row] === region &&
        operations.call[row]! >= from &&
        operations.call[row]! < to,
    ).length;

  test("its leader answers no write any more once what was under way is answered, and gives up in seconds", () => {
    expect(written(0, MINUTE, 2 * MINUTE)).toBeGreaterThan(500);
    expect(written(0, 2 * MINUTE, 4 * MINUTE)).toBe(0);
    const ended = [...roles.time].find((time, row) => roles.region[row] === 0 && time > 2 * MINUTE)!;
    expect(ended - 2 * MINUTE).toBeLessThan(5 * SECOND);
    expect(outcome.summary["failovers"]).toBe(1);
  });

  test("another is elected within two time-outs and serves all who reach it", () => {
    const next = [...operations.call.keys()].find(
      (row) => operations.kind[row] === WRITE && operations.outcome[row] === OK && operations.region[row] !== 0,
    )!;
    expect(operations.return[next]! - 2 * MINUTE).toBeLessThan(2 * 4 * SECOND);
    expect(written(1, 3 * MINUTE, 4 * MINUTE) + written(2, 3 * MINUTE, 4 * MINUTE)).toBeGreaterThan(500);
  });
});

test("a write takes the round trip to the nearer follower, as the closest quorum has it", () => {
  const { record } = recorded(small({ duration: 3 * MINUTE }));
  const { operations } = record;
  const sessions = consensus().places[0]!.sessions;
  const taken = (kind: number): number => {
    const rows = [...operations.call.keys()].filter(
      (row) => operations.session[row]! < sessions && operations.kind[row] === kind && operations.call[row]! > MINUTE,
    );
    const times = rows.map((row) => operations.return[row]! - operations.call[row]!).toSorted((a, b) => a - b);
    return times[Math.floor(times.length / 2)]!;
  };
  const local = small({ duration: 3 * MINUTE });
  const reads = recorded({
    ...local,
    policies: { ...local.policies, consistency: { name: "local", options: {} } },
  }).record;
  const ownCopy = [...reads.operations.call.keys()]
    .filter((row) => reads.operations.session[row]! < sessions && reads.operations.kind[row] !== WRITE)
    .map((row) => reads.operations.return[row]! - reads.operations.call[row]!)
    .toSorted((a, b) => a - b);
  const base = ownCopy[Math.floor(ownCopy.length / 2)]!;
  // Virginia to Ireland 68 ms, to Singapore 215 ms.
  expect(taken(WRITE) - base).toBeGreaterThan(66 * MILLISECOND);
  expect(taken(WRITE) - base).toBeLessThan(76 * MILLISECOND);
  // A read that finds a round under way waits for the next one: one to two round trips.
  expect(taken(READ) - base).toBeGreaterThan(66 * MILLISECOND);
  expect(taken(READ) - base).toBeLessThan(2 * 72 * MILLISECOND);
});

test("a lease answers reads without a round trip, and a clock that runs slow breaks it", () => {
  const leases = (drift: number): Plan => {
    const base = small({ duration: 4 * MINUTE });
    const slow = { ...fault(), at: MINUTE, until: 3.5 * MINUTE, regions: [0], hardships: onRegions({ drift }) };
    const cut = { ...fault(), at: 2 * MINUTE, until: 3 * MINUTE, links: between([0], [1, 2]) };
    const options = { ...RAFT, reads: "lease", clock_margin: 100 * MILLISECOND };
    return {
      ...base,
      faults: drift === 0 ? [cut] : [slow, cut],
      policies: { ...base.policies, replication: { name: "raft", options } },
    };
  };
  const honest = recorded(leases(0));
  const linearizable = CHECKERS.find(({ name }) => name === "linearizable")!;
  expect(runChecker(linearizable, honest.record).verdict).toBe("true");
  const rounds = run(small({ duration: MINUTE }), "1").summary["user_request_latency_ms_p50"]!;
  const calm = { ...leases(0), duration: MINUTE };
  expect(run(calm, "1").summary["user_request_latency_ms_p50"]!).toBeLessThan(rounds - 20);
  // Nine tenths slower: two seconds of the others are 0.2 s to the leader, whose lease outlives its reign.
  const slow = recorded(leases(-900 * MILLISECOND));
  expect(slow.outcome.summary["stale_reads"]).toBeGreaterThan(0);
  expect(runChecker(linearizable, slow.record).verdict).toBe("false");
});

test("a plan without consensus is no faster for it", () => {
  expect(run({ ...activeActive(), duration: MINUTE }, "1").summary["failed_no_quorum"]).toBe(undefined);
  expect(run(small({ duration: MINUTE, faults: [outage(0, 20 * SECOND, 1)] }), "1").summary["failovers"]).toBe(1);
});
