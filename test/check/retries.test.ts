import { expect, test } from "vitest";
import { checkConsistentPrefix } from "../../src/check/replicas/consistent-prefix.js";
import { checkDurability } from "../../src/check/replicas/durability.js";
import { checkExactlyOnce } from "../../src/check/replicas/exactly-once.js";
import { Ledger } from "../../src/fates/ledger.js";
import { type RunRecord, SHOWN } from "../../src/record/record.js";
import { compile } from "../../src/scenario/compile.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { MILLISECOND, MINUTE } from "../../src/units/time.js";
import { singlePrimary } from "../simulation/plans.js";
import { recorded } from "../simulation/recorded.js";

/** Far users lose patience before their answers come, and try again: many writes are accepted twice, and both stand. */
function impatient(seed: string): RunRecord {
  const base = singlePrimary();
  const plan = {
    ...base,
    duration: 2 * MINUTE,
    faults: [],
    data: { ...base.data, classes: base.data.classes.map((each) => ({ ...each, keys: 20 })) },
    client: { ...base.client, timeout: 200 * MILLISECOND, attempts: 4, retryBudget: Number.POSITIVE_INFINITY },
  };
  return recorded(plan, seed).record;
}

test.each(["1", "2", "3"])(
  "a log that is shown in its order keeps the prefix though tries stand twice: seed %s",
  (seed) => {
    const record = impatient(seed);
    expect(checkExactlyOnce(record).verdict).toBe("false");
    expect(checkConsistentPrefix(record)).toMatchObject({ verdict: "true" });
  },
);

test("what takes effect twice hides no write that a standby shows before its turn", () => {
  const record = impatient("1");
  const { what, region, write } = record.versions;
  // What was there before may be gone back to; what is new to the standby may not.
  const isNew = (row: number): boolean => shown.find((each) => write[each] === write[row]) === row;
  const key = (row: number): number => record.operations.key[write[row]!]!;
  let tried = 0;
  let caught = 0;
  // Two neighbours of different keys in the standby's log change places.
  const shown = [...what.keys()].filter((row) => what[row] === SHOWN && region[row] === 1);
  for (let at = 20; at < shown.length - 1; at += 7) {
    const [one, other] = [shown[at]!, shown[at + 1]!];
    if (key(one) === key(other) || !isNew(one) || !isNew(other)) continue;
    if (record.versions.time[one] === record.versions.time[other]) continue;
    const previous = Int32Array.from(record.versions.previous);
    const writes = Int32Array.from(write);
    [writes[one], writes[other]] = [write[other]!, write[one]!];
    [previous[one], previous[other]] = [previous[other]!, previous[one]!];
    const verdict = checkConsistentPrefix({
      ...record,
      versions: { ...record.versions, write: writes, previous },
    }).verdict;
    tried++;
    if (verdict === "false") caught++;
  }
  // Now and then what had been there is accepted again at once: then some later prefix leaves just this.
  expect(caught).toBeGreaterThan(0.9 * tried);
  expect(tried).toBeGreaterThan(50);
});

// Writes wait at a primary that is cut off, on top of acknowledged ones; it dies for good, and their users try again elsewhere.
test.each(["1", "2", "3"])("a retry accounts for nothing that its first try was made on top of, seed %s", (seed) => {
  const parsed = parseScenario(`question: Who accounts for what a dead primary had?
duration: 3m
topology:
  latency: aws-2024-04
  regions:
    us-east-1: {instances: 4, workers: 8, service_time: 10ms}
    us-west-2: {instances: 4, workers: 8, service_time: 10ms}
users: [{place: New York, requests: 20/s, shape: flat, reads: 20%}]
client: {deadline: 1m, timeout: 5s, retries: {attempts: 12, backoff: 1s..2s, budget: none}}
data: {keys: 30}
faults:
  - {partition: {pair: [us-east-1, us-west-2]}, at: 40s, for: 30s}
  - {region_outage: us-east-1, at: 60s, disks: lost}
architectures:
  it:
    pattern: active-passive
    primary: us-east-1
    standby: us-west-2
    replication: {use: async, max_lag: 10s}
    dns: {ttl: 5s}
    failover: {use: automatic, fencing: none, verify: 0s, promotion: 1s}
    health: {controller: us-west-2, interval: 3s, timeout: 1s}
`);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join());
  const { record, outcome } = recorded(compile(parsed.scenario).plans[0]!, seed);
  const ledger = new Ledger(record);
  const retriedElsewhere = ledger.duplicates().filter((write) => record.operations.region[write] === 1);
  expect(retriedElsewhere.length).toBeGreaterThan(5);
  const lost = outcome.summary["lost_acknowledged_writes"]!;
  expect(lost).toBeGreaterThan(100);
  expect(ledger.withFate("lost").length).toBe(lost);
  expect(checkDurability(record).measured).toMatchObject({ lost_writes: lost });
});
