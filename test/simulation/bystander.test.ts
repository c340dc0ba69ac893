import { expect, test } from "vitest";
import { OK, READ } from "../../src/record/record.js";
import { compile } from "../../src/scenario/compile.js";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import type { Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { SECOND } from "../../src/units/time.js";
import { recorded } from "./recorded.js";

/** One class of which New York's region holds no copy, so that it hands on whatever is asked. */
const planOf = (policies: string, faults = ""): Plan => {
  const parsed = parseScenario(`question: Who answers for keys that are not here?
duration: 4m
topology:
  latency: aws-2024-04
  regions:
    us-east-1: {instances: 4, workers: 8, service_time: 10ms}
    eu-west-1: {instances: 4, workers: 8, service_time: 10ms}
    eu-central-1: {instances: 4, workers: 8, service_time: 10ms}
    eu-west-2: {instances: 4, workers: 8, service_time: 10ms}
users: [{place: New York, requests: 10/s, shape: flat, reads: 50%}]
client: {deadline: 3s, timeout: 1s, retries: {attempts: 1}}
data: {classes: {there: {share: 50%, keys: 50}, everywhere: {share: 50%, keys: 50}}}
${faults}
architectures:
  it:
    placement: {use: everywhere, for: {there: [eu-central-1, eu-west-1, eu-west-2]}}
    conflict: none
    routing: latency
    misdirected: forward
    primary: eu-central-1
    health: {controller: eu-west-2, interval: 5s}
    ${policies}
`);
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => formatProblem(problem)).join("\n"));
  return compile(parsed.scenario).plans[0]!;
};

const raft = "replication: raft\n    failover: consensus";
const promoted = "replication: async\n    failover: {use: automatic, fencing: none, promotion: 1s, verify: 1s}";

// It was cut off from the controller when the other one was promoted, and until the word to it was given up.
test.each([
  ["the replicas have elected", raft],
  ["the controller has promoted", promoted],
])("a region without a copy hears after a partition whom %s", (_, policies) => {
  const faults = `faults:
  - {region_outage: eu-central-1, at: 30s}
  - {partition: {pair: [us-east-1, eu-west-2]}, at: 20s, for: 90s}`;
  const { outcome, record } = recorded(planOf(policies, faults));
  const { operations } = record;
  const after = [...operations.call.keys()].filter((row) => operations.call[row]! > 150 * SECOND);
  expect(outcome.summary["failovers"]).toBe(2);
  expect(after.filter((row) => operations.outcome[row] !== OK)).toEqual([]);
  expect(after.length).toBeGreaterThan(500);
});

test("what only a leader confirms is asked of him at once, and not of the nearest copy", () => {
  const plan = planOf(`${raft}\n    consistency: linearizable`);
  const { summary } = run(plan, "1");
  expect(summary["failed_operations"]).toBe(0);
  expect(summary["stale_reads"]).toBe(0);
});

test("only reads of the class that needs the leader go to him, and the others to the nearest copy", () => {
  const plan = planOf(`${raft}\n    consistency: {use: local, for: {everywhere: linearizable}}`);
  const { operations } = recorded(plan).record;
  const served = [...operations.kind.keys()].filter(
    (row) => operations.kind[row] === READ && operations.key[row]! < 50,
  );
  const regions = new Set(served.map((row) => operations.region[row]!));
  expect([...regions].map((region) => plan.regions[region]!.name)).toEqual(["eu-west-1"]);
});
