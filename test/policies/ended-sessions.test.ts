import { expect, test } from "vitest";
import { runCheckers } from "../../src/check/catalogue.js";
import { compile } from "../../src/scenario/compile.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { OK, TOO_STALE } from "../../src/simulation/causes.js";
import { Observer } from "../../src/simulation/observer.js";
import type { Plan } from "../../src/simulation/plan.js";
import type { Tokens } from "../../src/simulation/tokens.js";
import { World } from "../../src/simulation/world.js";
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

/** The plan of each architecture. */
function plans(text = TEXT): readonly Plan[] {
  const parsed = parseScenario(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ line, message }) => `${line}: ${message}`).join("; "));
  return compile(parsed.scenario).plans;
}

/**
 * A client that is refused begins a new session, while other operations of its old one are under way. A second try of one of
 * those would carry nothing of what its session had seen: it is not made.
 */
test("what a session had under way when it ended is not tried again in the name of the next one", () => {
  const [all, writes] = plans().map((plan) => {
    const { outcome, record } = recorded(plan);
    expect(outcome.summary["failed_too_stale"]).toBeGreaterThan(10);
    return Object.fromEntries(runCheckers(record, NAMES).map(({ check, verdict }) => [check, verdict.verdict]));
  });
  for (const name of NAMES) expect([name, all![name]]).toEqual([name, "true"]);
  expect(writes!["monotonic-writes"]).toBe("true");
});

/** Counts by user how many of his sessions have ended, and remembers in which of them each operation was issued. */
class Ended extends Observer {
  world!: World;
  /** Operations that outlived their session; of those, how many were refused, and answered. */
  refusedLate = 0;
  answeredLate = 0;
  /** Who ended a session that was not its own. */
  readonly strangers: number[] = [];
  ends = 0;
  private readonly ended = new Map<string, number>();
  private readonly issuedIn = new Map<number, number>();
  private ending = false;

  override operationIssued(_place: number, operation: number): void {
    this.issuedIn.set(operation, this.sessionOf(operation));
  }

  override sessionEnded(): void {
    this.ending = true;
  }

  /** Told directly after the end of a session, for the operation that has ended it. */
  override operationEnded(
    _place: number,
    _region: number,
    _write: boolean,
    _at: number,
    cause: number,
    operation: number,
  ) {
    const isLate = this.isLate(operation);
    if (isLate && cause === OK) this.answeredLate++;
    if (isLate && cause === TOO_STALE) this.refusedLate++;
    if (!this.ending) return;
    this.ending = false;
    this.ends++;
    if (isLate) this.strangers.push(operation);
    this.ended.set(this.userOf(operation), this.sessionOf(operation) + 1);
  }

  isLate(operation: number): boolean {
    return this.issuedIn.get(operation) !== this.sessionOf(operation);
  }

  private sessionOf(operation: number): number {
    return this.ended.get(this.userOf(operation)) ?? 0;
  }

  private userOf(operation: number): string {
    const { place, session } = this.world.operations;
    return `${place[operation]}/${session[operation]}`;
  }
}

test("an operation ends the session in which it was issued, not the one that its user has begun since", () => {
  const ended = new Ended();
  ended.world = new World(plans()[0]!, "1", [ended]);
  ended.world.run();
  expect(ended.refusedLate).toBeGreaterThan(10);
  expect(ended.ends).toBeGreaterThan(10);
  expect(ended.strangers).toEqual([]);
});

test("what a session was answered after its end is nothing that the next one has written or seen", () => {
  const ended = new Ended();
  // Each user does more at once: some of it is answered after some other has been refused.
  const world = new World(
    plans(TEXT.replaceAll("20/s, reads: 60%, sessions: 20", "60/s, reads: 60%, sessions: 4"))[0]!,
    "1",
    [ended],
  );
  ended.world = world;
  const tokens = world["requests"].carried as Tokens;
  const taken = tokens.taken.bind(tokens);
  const known = (): string => `${tokens["written"].join()} ${tokens["read"].join()}`;
  let changed = 0;
  tokens.taken = (operation, attempt, write) => {
    const before = ended.isLate(operation) ? known() : null;
    taken(operation, attempt, write);
    if (before !== null && known() !== before) changed++;
  };
  world.run();
  expect(ended.answeredLate).toBeGreaterThan(5);
  expect(changed).toBe(0);
});
