import { expect, test } from "vitest";
import { runCheckers } from "../../src/check/catalogue.js";
import { compile } from "../../src/scenario/compile.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { recorded } from "../simulation/recorded.js";

const TEXT = `question: What does a second try carry when its session has ended meanwhile?
start: 2026-03-02T14:00Z
duration: 2m
topology:
  latency: aws-2024-04
  regions: {us-east-1: {instances: 3}, eu-west-1: {instances: 3}, ap-southeast-1: {instances: 3}}
users:
  - {place: New York, requests: 20/s, reads: 60%, sessions: 20}
  - {place: London, requests: 20/s, reads: 60%, sessions: 20}
  - {place: Singapore, requests: 20/s, reads: 60%, sessions: 20}
client: {deadline: 5s, timeout: 2s, roaming: 10%, retries: {attempts: 3}}
data: {keys: 500}
faults:
  - {partition: {groups: [[us-east-1], [eu-west-1, ap-southeast-1]]}, at: 60s, for: 30s}
architectures:
  all:
    pattern: read-replicas
    primary: us-east-1
    failover: {use: automatic, fencing: lease, lease: 10s, promotion: 5s}
    health: {controller: eu-west-1, interval: 5s}
    consistency: session
  order-of-writes:
    pattern: read-replicas
    primary: us-east-1
    failover: {use: automatic, fencing: lease, lease: 10s, promotion: 5s}
    health: {controller: eu-west-1, interval: 5s}
    consistency: {use: session, read_your_writes: false, monotonic_reads: false, writes_follow_reads: false}
`;
const NAMES = ["read-your-writes", "monotonic-reads", "monotonic-writes", "writes-follow-reads"];

/**
 * A client that is refused begins a new session, while other operations of its old one are under way. A second try of one of
 * those would carry nothing of what its session had seen: it is not made.
 */
test("what a session had under way when it ended is not tried again in the name of the next one", () => {
  const parsed = parseScenario(TEXT);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ line, message }) => `${line}: ${message}`).join("; "));
  const [all, writes] = compile(parsed.scenario).plans.map((plan) => {
    const { outcome, record } = recorded(plan);
    expect(outcome.summary["failed_too_stale"]).toBeGreaterThan(10);
    return Object.fromEntries(runCheckers(record, NAMES).map(({ check, verdict }) => [check, verdict.verdict]));
  });
  for (const name of NAMES) expect([name, all![name]]).toEqual([name, "true"]);
  expect(writes!["monotonic-writes"]).toBe("true");
});
