import { describe, expect, test } from "vitest";
import { checkLinearizable } from "../../src/check/linearizable/linearizable.js";
import { checkConvergence } from "../../src/check/replicas/convergence.js";
import { checkLeaderPerTerm, checkOnePrimary } from "../../src/check/replicas/leaders.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { RecordReader } from "../../src/record/reader.js";
import {
  ACCEPTED,
  CAS,
  FAIL,
  INSTALLED,
  NEVER,
  NIL,
  OK,
  OUTDONE,
  READ,
  RECEIVED,
  type RunRecord,
  SHOWN,
  UNDONE,
  UNKNOWN,
  WRITE,
  buffersOf,
  isAcceptance,
  isShowing,
  operationCount,
} from "../../src/record/record.js";
import { Recorder } from "../../src/record/recorder.js";
import { expectedOf, resultOf } from "../../src/record/values.js";
import { writeRecord } from "../../src/record/writer.js";
import { compile } from "../../src/scenario/compile.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import type { Plan } from "../../src/simulation/plan.js";
import { RunRecording } from "../../src/simulation/run-recording.js";
import { run } from "../../src/simulation/run.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import type { DataClass } from "../../src/workload/demand.js";
import { activeActive, between, dataClass, fault, outage, singlePrimary } from "./plans.js";
import { recorded } from "./recorded.js";

const count = (rows: number, holds: (row: number) => boolean): number => {
  let total = 0;
  for (let row = 0; row < rows; row++) if (holds(row)) total++;
  return total;
};

/** Few keys, so that everything that can happen to a key happens often. */
const small = (plan: Plan, overrides: Partial<Plan> = {}): Plan => ({
  ...plan,
  duration: 6 * MINUTE,
  places: plan.places.map((place) => ({ ...place, rate: 12, readShare: 0.5 })),
  data: { ...plan.data, classes: [dataClass({ keys: 40 })], size: 50_000_000 },
  ...overrides,
});
const cut = { ...fault(), at: MINUTE, until: 160 * SECOND, links: between([0], [1, 2]) };
const fencing = (mode: Plan["failover"]["fencing"]): Plan["failover"] => ({
  ...singlePrimary().failover,
  fencing: mode,
  failback: 30 * SECOND,
});

const skew = { ...fault(), at: MINUTE, regions: [1], hardships: onRegions({ skew: -2 * SECOND }) };
/** Two workers for thrice what they can serve: what they take up, nobody waits for any more. */
const overloaded = small(singlePrimary(), { duration: MINUTE });
const slow = { instances: 1, workersPerInstance: 2, serviceTime: 150 * MILLISECOND, queueLimit: 5000 };

const PLANS: readonly { readonly name: string; readonly plan: Plan }[] = [
  { name: "calm, every region writes", plan: small(activeActive()) },
  { name: "cut, every region writes", plan: small(activeActive(), { faults: [cut] }) },
  { name: "skew, every region writes", plan: small(activeActive(), { faults: [skew] }) },
  {
    name: "overload, one primary",
    plan: { ...overloaded, regions: overloaded.regions.map((region) => ({ ...region, ...slow })) },
  },
  { name: "calm, one primary", plan: small(singlePrimary()) },
  { name: "outage, one primary", plan: small(singlePrimary(), { faults: [outage(0, MINUTE, 2)] }) },
  { name: "disks lost, one primary", plan: small(singlePrimary(), { faults: [outage(0, MINUTE, 2, false)] }) },
  { name: "isolated without a fence", plan: small(singlePrimary(), { faults: [cut], failover: fencing("none") }) },
  { name: "isolated with a lease", plan: small(singlePrimary(), { faults: [cut], failover: fencing("lease") }) },
];

describe.each(PLANS)("$name", ({ name, plan }) => {
  const plain = run(plan, "1");
  const { outcome, record } = recorded(plan);
  const { operations, versions } = record;
  const rows = operationCount(record);

  test("recording changes nothing", () => {
    expect(outcome.digests).toEqual(plain.digests);
    expect(record.scenario?.events).toBe(plain.digests.events);
  });

  test("as many operations, answers, acknowledged writes and duplicates as the summary counts", () => {
    const answered = (row: number): boolean => operations.outcome[row] === OK;
    expect(rows).toBe(outcome.summary["operations"]);
    expect(rows - count(rows, answered)).toBe(outcome.summary["failed_operations"]);
    const acknowledged = count(rows, (row) => answered(row) && operations.kind[row] === WRITE);
    expect(acknowledged).toBe(outcome.summary["acknowledged_writes"]);
    const accepted = new Map<number, number>();
    versions.write.forEach((write, row) => {
      if (isAcceptance(versions.what[row]!)) accepted.set(write, (accepted.get(write) ?? 0) + 1);
    });
    const duplicates = [...accepted.values()].filter((times) => times > 1).length;
    expect(duplicates).toBe(outcome.summary["duplicate_effects"]);
  });

  test("an operation returns after its call, and a process has one at a time", () => {
    const free = new Map<number, number>();
    const broken = count(rows, (row) => {
      const [call, end] = [operations.call[row]!, operations.return[row]!];
      const process = operations.process[row]!;
      const busy = call < (free.get(process) ?? 0);
      free.set(process, end);
      const never = end === NEVER;
      if (!never && end > call + plan.client.deadline) return true;
      const isNamed = operations.kind[row] !== WRITE || operations.value[row] === row;
      return busy || end < call || never !== (operations.outcome[row] === UNKNOWN) || !isNamed;
    });
    expect(broken).toBe(0);
  });

  test("a read returns a version that its region showed by then, and what did not happen was never accepted", () => {
    const writes = new Set(versions.write);
    const shown = new Map<string, number>();
    versions.what.forEach((what, row) => {
      const name = `${versions.region[row]} ${versions.write[row]}`;
      if (isShowing(what) && !shown.has(name)) shown.set(name, versions.time[row]!);
    });
    for (let row = 0; row < rows; row++) {
      const result = operations.value[row]!;
      if (operations.outcome[row] === FAIL) expect(writes.has(row)).toBe(false);
      if (operations.kind[row] !== READ || result === NIL || plan.faults.some(({ hardships }) => hardships.region))
        continue;
      expect(operations.key[result]).toBe(operations.key[row]);
      expect(shown.get(`${operations.region[row]} ${result}`)).toBeLessThanOrEqual(operations.return[row]!);
    }
  });

  test("a write is unknown only if it was accepted, or still under way at the end", () => {
    const accepted = new Set(versions.write);
    const isWrite = (row: number): boolean => operations.kind[row] === WRITE;
    const undecided = count(rows, (row) => operations.outcome[row] === UNKNOWN && !(isWrite(row) && accepted.has(row)));
    // Of an overloaded region the last ones still wait.
    expect(undecided > 0).toBe(name.startsWith("overload"));
    const failed = count(rows, (row) => isWrite(row) && operations.outcome[row] === FAIL);
    if (name.includes("outage") || name.includes("lease")) expect(failed).toBeGreaterThan(0);
  });

  test("what each region shows follows from what it showed before", () => {
    const current = new Map<string, number>();
    versions.what.forEach((what, row) => {
      const place = `${versions.region[row]} ${operations.key[versions.write[row]!]}`;
      const before = current.get(place) ?? NIL;
      if (what === UNDONE) current.set(place, versions.previous[row]!);
      else {
        expect(versions.previous[row]).toBe(before);
        if (what !== OUTDONE && what !== RECEIVED) current.set(place, versions.write[row]!);
      }
    });
  });
});

test("what came with a whole copy is told apart, and only where one came", () => {
  const installed = PLANS.map(({ name, plan }) => ({
    name,
    rows: recorded(plan).record.versions.what.filter((what) => what === INSTALLED).length,
  }));
  for (const { name, rows } of installed) expect(rows > 0).toBe(name.startsWith("disks lost"));
});

test("a run streamed to a file reads back as the one in memory", () => {
  const { plan } = PLANS[7]!;
  const chunks: Uint8Array[] = [];
  const recorder = new Recorder({ mostBytes: 20_000, sink: (chunk) => chunks.push(chunk) });
  const recording = new RunRecording(recorder, "a test", "1");
  run(plan, "1", [recording]);
  recorder.close(recording.facts);
  expect(chunks.length).toBeGreaterThan(50);
  const reader = new RecordReader();
  for (const chunk of chunks) reader.push(chunk);
  expect(reader.finish()).toEqual(recorded(plan).record);
});

test("a record moves to another thread without a copy", () => {
  const { record } = recorded(PLANS[2]!.plan);
  const rows = operationCount(record);
  const moved = structuredClone(record, { transfer: buffersOf(record) });
  expect([operationCount(record), operationCount(moved)]).toEqual([0, rows]);
});

const linearizable = (record: RunRecord) => checkLinearizable(record, { model: "register" }).verdict;

/** Nobody tries twice: an answer that is late is waited for. */
const patient = (plan: Plan): Plan => ({
  ...plan,
  client: { ...plan.client, attempts: 1, timeout: plan.client.deadline },
});

test.each([1, 2])(
  "without faults and without retries, what %i copies of a log in one order leave is linearizable",
  (copies) => {
    const plan = small(singlePrimary());
    const regions = plan.regions.map((region, id) => ({ ...region, replica: id < copies }));
    const { record } = recorded(patient({ ...plan, regions }));
    expect(linearizable(record)).toBe("true");
    // Had the first read of a write that was overwritten later returned it once more, it would not be.
    showAgain(record);
    expect(linearizable(record)).toBe("false");
  },
);

/** Has the last read that returned something return once more what the first one of its key did. */
function showAgain({ operations: { kind, key, value } }: RunRecord): void {
  const isShown = (row: number): boolean => kind[row] === READ && value[row] !== NIL;
  const late = value.findLastIndex((_, row) => isShown(row));
  value[late] = value[value.findIndex((_, row) => isShown(row) && key[row] === key[late])]!;
}

/** Six rows of versions for each write: what is proposed, and what each copy shows. */
const FIVE_COPIES = `
question: How much does a record of consensus take?
duration: 3m
topology:
  latency: aws-2024-04
  regions: {us-east-1: {instances: 4}, us-west-2: {instances: 4}, eu-west-1: {instances: 4}, eu-central-1: {instances: 4}, ap-southeast-1: {instances: 4}}
users:
  - {place: New York, requests: 300/s, reads: 70%}
architectures:
  five: {replication: raft, conflict: none, failover: consensus, primary: us-east-1, standbys: [us-west-2, eu-west-1, eu-central-1, ap-southeast-1]}
`;

test("an operation takes less than 64 bytes with all that its versions meet, consensus of five copies included", () => {
  const parsed = parseScenario(FIVE_COPIES);
  if (!parsed.ok) throw new Error(parsed.problems[0]!.message);
  for (const plan of [activeActive(), singlePrimary(), ...compile(parsed.scenario).plans]) {
    const { record } = recorded({ ...plan, duration: Math.min(plan.duration, 20 * MINUTE), faults: [] });
    let bytes = 0;
    writeRecord(record, (chunk) => (bytes += chunk.length));
    const copies = new Set(record.versions.region).size;
    const writes = record.operations.kind.filter((kind) => kind === WRITE).length;
    expect(record.versions.write.length / writes).toBeGreaterThan(copies - 0.1);
    expect([copies > 1, bytes / operationCount(record) < 64]).toEqual([true, true]);
  }
});

test("a retry that was accepted a second time brings an old value back", () => {
  const { outcome, record } = recorded(small(singlePrimary()));
  expect(outcome.summary["duplicate_effects"]).toBeGreaterThan(0);
  const verdict = checkLinearizable(record, { model: "register" });
  expect(verdict.verdict).toBe("false");
  const returned = verdict.evidence.map((row) => resultOf(record, row)).filter((result) => result !== NIL);
  const acceptances = (write: number): number =>
    count(
      record.versions.what.length,
      (row) => record.versions.write[row] === write && isAcceptance(record.versions.what[row]!),
    );
  expect(Math.max(...returned.map(acceptances))).toBe(2);
});

test("a failover that loses acknowledged writes is not linearizable", () => {
  const { outcome, record } = recorded(PLANS[7]!.plan);
  expect(outcome.summary["lost_acknowledged_writes"]).toBeGreaterThan(0);
  expect(linearizable(record)).toBe("false");
});

test("regions that all write are not linearizable when they are cut off from each other", () => {
  expect(linearizable(recorded(PLANS[1]!.plan).record)).toBe("false");
});

test.each([
  ["only just returned", 5.9, true, 50_000_000, "struck us-east-1 and had only just ended"],
  ["not got its copy back", 4, false, 50_000_000_000, "was waiting for a whole copy"],
] as const)("copies of a primary that has %s when the record ends are undecided", (_name, heals, kept, size, why) => {
  const plan = small(singlePrimary());
  const faults = [{ ...outage(0, MINUTE, heals - 1, kept), label: "outage a" }];
  // What it has missed it applies with one worker.
  const storage = { ...plan.storage, apply: { rate: 50, workers: 1 } };
  const { record } = recorded({ ...plan, faults, storage, data: { ...plan.data, size } });
  const found = checkConvergence(record);
  expect(found.verdict).toBe("unknown");
  expect(found.reason).toContain(why);
  // The rows alone do not say so.
  const { faults: _faults, refilling: _refilling, ...bare } = record;
  expect(checkConvergence(bare).reason).not.toContain(why);
});

const ROLES = ["began", "ended", "fenced"];
const rolesOf = ({ roles }: RunRecord): string[] =>
  [...roles.what].map((what, row) => `${ROLES[what]} ${roles.region[row]} ${roles.term[row]}`);

test("roles tell who led in which term, and whether the old primary was fenced", () => {
  const unfenced = rolesOf(recorded(PLANS[7]!.plan).record);
  expect(unfenced.slice(0, 3)).toEqual(["began 0 1", "began 1 2", "ended 0 1"]);
  const { record } = recorded(PLANS[8]!.plan);
  // It leads with its first lease only, and is fenced when the last one has run out.
  const fenced = ["began 0 1", "fenced 0 1", "began 0 1", "fenced 0 1", "began 1 2", "ended 0 1"];
  expect(rolesOf(record).slice(0, 6)).toEqual(fenced);
  const times = [...record.roles.time];
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

describe("operations of every kind", () => {
  const holding = (facts: Partial<DataClass>): Plan =>
    patient(
      small(singlePrimary(), {
        data: { ...singlePrimary().data, classes: [dataClass({ keys: 20, reads: 0.5, ...facts })] },
      }),
    );

  test.each([
    ["register", { deletes: 0.2 }, "register" as const],
    ["compare-and-set", { swaps: 0.5, deletes: 0.05 }, "cas-register" as const],
    ["counter", { holds: "counter" as const }, "counter" as const],
    ["counter below 0", { holds: "counter" as const, decrements: 0.7, deletes: 0.02 }, "counter" as const],
  ])("the record of a %s at one primary without faults and retries is linearizable", (_name, facts, model) => {
    const { record } = recorded(holding(facts));
    expect(operationCount(record)).toBeGreaterThan(10_000);
    expect(checkLinearizable(record, { model })).toMatchObject({ verdict: "true" });
  });

  test.each(["set", "list"] as const)(
    "the record of a %s tells which version a read was shown, and is linearizable",
    (holds) => {
      const { record } = recorded(holding({ holds, deletes: 0.05 }));
      expect(checkLinearizable(record)).toMatchObject({ verdict: "true", measured: { keys: 20 } });
      // A late read that shows an early version of its key once more.
      showAgain(record);
      expect(checkLinearizable(record).verdict).toBe("false");
    },
  );

  test("classes that hold different things are judged each by its own model", () => {
    const classes = (["register", "counter", "set", "list"] as const).map((holds) =>
      dataClass({ name: holds, holds, share: 0.25, keys: 20, reads: 0.5, deletes: 0.02 }),
    );
    const plan = patient(small(singlePrimary(), { data: { ...singlePrimary().data, classes } }));
    const { record } = recorded(plan);
    expect(new Set(record.operations.kind).size).toBe(6);
    expect(checkLinearizable(record)).toMatchObject({ verdict: "true", measured: { keys: 80 } });
    // A counter's key: one increment is forgotten by whoever reads last.
    const { key, kind, value } = record.operations;
    const read = kind.findLastIndex(
      (each, row) => each === READ && key[row]! >= 20 && key[row]! < 40 && value[row]! > 1,
    );
    value[read]! -= 1;
    expect(checkLinearizable(record).verdict).toBe("false");
  });

  test("a swap and the read before it are two operations of one process, and tell what they found", () => {
    const { record, outcome } = recorded(holding({ swaps: 1, reads: 0, keys: 5 }));
    const { kind, process, key, value, outcome: ended } = record.operations;
    const last = new Map<number, number>();
    const missed = count(operationCount(record), (row) => kind[row] === CAS && ended[row] === OK && value[row] === 0);
    expect(missed).toBeGreaterThan(1000);
    expect(outcome.summary["missed_swaps"]).toBeGreaterThanOrEqual(missed);
    for (let row = 0; row < operationCount(record); row++) {
      if (kind[row] === CAS) {
        const read = last.get(process[row]!)!;
        expect([kind[read], key[read], value[read]]).toEqual([READ, key[row], expectedOf(record, row)]);
      }
      last.set(process[row]!, row);
    }
  });
});

test.each([
  ["dies for good, without a fence", "none" as const, [outage(0, MINUTE, 60)], "true"],
  // It takes writes again before it hears of its successor.
  ["dies and comes back, without a fence", "none" as const, [outage(0, MINUTE, 4)], "false"],
  ["is isolated, without a fence", "none" as const, [cut], "false"],
  ["is isolated, with a lease", "lease" as const, [cut], "true"],
])("a primary that %s", (_what, mode, faults, verdict) => {
  const failover = { ...singlePrimary().failover, fencing: mode };
  const { record, outcome } = recorded(small(singlePrimary(), { faults, failover }));
  expect(outcome.summary["failovers"]).toBe(1);
  expect(checkOnePrimary(record)).toMatchObject({ verdict });
  expect(checkLeaderPerTerm(record)).toMatchObject({ verdict: "true" });
});
