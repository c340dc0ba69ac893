import { describe, expect, test } from "vitest";
import { CHECKERS, runChecker } from "../../src/check/catalogue.js";
import type { Letter } from "../../src/policies/contract.js";
import { BEGAN, isAcceptance } from "../../src/record/record.js";
import { compile } from "../../src/scenario/compile.js";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import type { Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { Watcher } from "../../src/simulation/watcher.js";
import type { World } from "../../src/simulation/world.js";
import { Owners } from "../../src/workload/owners.js";
import { dataClass } from "./plans.js";
import { recorded } from "./recorded.js";

/** Three places, four regions; people's data, a catalogue that is nobody's, and perhaps a fault. */
const planOf = (architecture: string, more = ""): Plan => {
  const parsed = parseScenario(`question: Where are the data?
duration: 3m
topology:
  latency: aws-2024-04
  regions:
    us-east-1: {instances: 4, workers: 8}
    eu-central-1: {instances: 4, workers: 8}
    eu-west-1: {instances: 4, workers: 8}
    ap-southeast-1: {instances: 4, workers: 8}
users:
  - {place: New York, requests: 20/s, shape: flat}
  - {place: Frankfurt, requests: 20/s, shape: flat}
  - {place: Singapore, requests: 20/s, shape: flat}
data:
  classes:
    profiles: {share: 60%, keys: 3000, value: 2 KB, personal: true, local: 95%}
    catalogue: {share: 40%, keys: 1000, value: 20 KB}
governance: {gdpr_regions: [eu-central-1, eu-west-1]}
${more}
architectures:
  it: {${architecture}}
`);
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => formatProblem(problem)).join("\n"));
  return compile(parsed.scenario).plans[0]!;
};

const check = (name: string, record: Parameters<typeof runChecker>[1]) =>
  runChecker(CHECKERS.find((checker) => checker.name === name)!, record);

/** Counts what is sent between copies. */
class Posted extends Watcher {
  world!: World;
  letters = 0;
  writes = 0;
  /** By group, the bytes of writes; and the pairs of regions that they went between. */
  readonly bytes: number[] = [];
  readonly pairs = new Map<number, Set<string>>();
  readonly accepted: number[] = [];

  override begin(world: World): void {
    this.world = world;
  }

  override end(): void {}

  override writeAccepted(write: number): void {
    const group = this.world.groups.of(this.world.writes.key[write]!);
    this.accepted[group] = (this.accepted[group] ?? 0) + 1;
  }

  override letterSent({ group, from, to, writes }: Letter): void {
    if (from === to) return;
    this.letters++;
    if (writes.length === 0) return;
    this.writes += writes.length;
    this.pairs.set(group, (this.pairs.get(group) ?? new Set<string>()).add(`${from}>${to}`));
    for (let at = 0; at < writes.length; at++)
      this.bytes[group] =
        (this.bytes[group] ?? 0) +
        64 +
        (this.world.demand.classOf(this.world.writes.key[writes.at(at)]!) === 0 ? 2000 : 20_000);
  }
}

const active = "pattern: active-active, governance: {mode: observe}";

describe("bytes between regions", () => {
  test("are each write to each other holder, and a frame around each letter", () => {
    const posted = new Posted();
    const { summary } = run(planOf(active), "1", [posted]);
    expect(posted.writes).toBe(posted.accepted[0]! * 3);
    expect(summary["cross_region_transfer_bytes"]).toBe(posted.letters * 120 + posted.bytes[0]!);
  });

  test("of a class in two regions are one copy of each write, and those of the others three", () => {
    const posted = new Posted();
    const plan = planOf(`${active}, misdirected: forward, placement: {for: {catalogue: [us-east-1, eu-west-1]}}`);
    const [profiles, catalogue] = ["profiles", "catalogue"].map((name) =>
      plan.placement!.groups.findIndex((group) => group.name.startsWith(name)),
    ) as [number, number];
    run(plan, "1", [posted]);
    expect(posted.bytes[profiles]).toBe(posted.accepted[profiles]! * 3 * 2064);
    expect(posted.bytes[catalogue]).toBe(posted.accepted[catalogue]! * 20_064);
    expect([...posted.pairs.get(catalogue)!].toSorted()).toEqual(["0>2", "2>0"]);
    expect(posted.accepted[catalogue]).toBeGreaterThan(300);
  });

  test("are those of the writes over the ratio, where they are compressed", () => {
    const posted = new Posted();
    const { summary } = run(planOf(`${active}, transfer: {compression: 4}`), "1", [posted]);
    const least = posted.letters * 120 + posted.bytes[0]! / 4;
    // Each letter is rounded up to a whole byte.
    expect(summary["cross_region_transfer_bytes"]).toBeGreaterThanOrEqual(least);
    expect(summary["cross_region_transfer_bytes"]).toBeLessThanOrEqual(least + posted.letters);
  });

  test("of a batch are those of its writes in one frame, and its lag that of half a batch more", () => {
    const [alone, batched] = [new Posted(), new Posted()];
    const lag = (name: string, posted: Posted, more: string): number =>
      run(planOf(`${active}${more}`), name, [posted]).summary["replication_lag_ms_p50"]!;
    const short = lag("1", alone, "");
    const long = lag("1", batched, ", replication: {use: multi-primary, batch: 2s}");
    expect(batched.writes).toBeGreaterThan(0.98 * alone.writes);
    expect(batched.letters).toBeLessThan(alone.letters / 2);
    // Half a batch, and a little more: a batch begins with the first write in it.
    expect(long - short).toBeGreaterThan(850);
    expect(long - short).toBeLessThan(1250);
  });

  test("grow by a handshake a letter where each has a connection of its own, and the lag by its round trips", () => {
    const [kept, own] = [new Posted(), new Posted()];
    const of = (posted: Posted, more: string) => run(planOf(`${active}${more}`), "1", [posted]).summary;
    const before = of(kept, "");
    const after = of(own, ", transfer: {connections: new}");
    const repeated = own.letters * 120 + own.bytes[0]!;
    const letters = (after["cross_region_transfer_bytes"]! - repeated) / 5000;
    expect(Number.isInteger(letters)).toBe(true);
    expect(letters).toBeGreaterThan(1000);
    // One way is half of a round trip, and two of these go before it.
    const ratio = after["replication_lag_ms_p50"]! / before["replication_lag_ms_p50"]!;
    expect(ratio).toBeGreaterThan(4.5);
    expect(ratio).toBeLessThan(5.5);
  });
});

describe("the law on where data may be", () => {
  const outage = "faults: [{region_outage: eu-central-1, at: 30s, for: 90s}]";

  test.each(["async", "raft", "multi-primary", "quorum"])(
    "is kept by %s, shard by shard, through an outage",
    (name) => {
      const more = {
        async: "",
        raft: ", replication: raft, failover: consensus",
        "multi-primary": ", replication: multi-primary, conflict: last-write-wins, failover: none",
        quorum: ", replication: {use: quorum, copies: 2}, conflict: last-write-wins, failover: none",
      }[name];
      const { outcome, record } = recorded(
        planOf(`pattern: geo-partitioned, health: {controller: eu-west-1}${more}`, outage),
      );
      expect(outcome.summary["misplaced_writes"]).toBe(0);
      const residency = check("residency", record);
      expect(residency.verdict).toBe("true");
      expect(residency.measured!["classified_rows"]).toBeGreaterThan(1000);
      if (name === "async" || name === "raft")
        for (const each of ["leader-per-term", "one-primary"]) expect(check(each, record).verdict).toBe("true");
    },
  );

  test("is broken by a replication that ships everything everywhere, and that is found", () => {
    const plan = planOf("pattern: geo-partitioned, health: {controller: eu-west-1}");
    const groups = plan.placement!.groups.map((group) => ({ ...group, holders: [0, 1, 2, 3] }));
    const { outcome, record } = recorded({ ...plan, placement: { ...plan.placement!, groups } });
    const found = check("residency", record);
    expect(found.verdict).toBe("false");
    expect(found.explanation).toContain("which may be in eu-central-1, eu-west-1 only");
    // Each of their writes is in two regions too many, all but the last of them.
    const abroad = found.measured!["misplaced_writes"]!;
    expect(outcome.summary["misplaced_writes"]).toBeGreaterThan(1.9 * abroad);
    expect(outcome.summary["misplaced_writes"]).toBeLessThanOrEqual(2 * abroad);
  });

  test("holds for hints too: a coordinator abroad that keeps one is found, and may not be one where the law is kept", () => {
    const quorum =
      "pattern: active-active, replication: {use: quorum, copies: 2}, misdirected: forward, placement: {for: {profiles: [eu-central-1, eu-west-1]}}";
    const seen = recorded(planOf(`${quorum}, governance: {mode: observe}`, outage));
    expect(seen.outcome.summary["misplaced_writes"]).toBeGreaterThan(20);
    const found = check("residency", seen.record);
    expect([found.verdict, found.explanation]).toEqual(["false", expect.stringContaining("in a hint")]);
    const kept = recorded(planOf(quorum, outage));
    expect(kept.outcome.summary["misplaced_writes"]).toBe(0);
    expect(check("residency", kept.record).verdict).toBe("true");
  });

  test("holds for stand-ins: cut off from every owner, a region abroad stands in for those of other data alone", () => {
    const sloppy =
      "pattern: active-active, replication: {use: quorum, copies: 1, sloppy: true}, conflict: last-write-wins, misdirected: forward, placement: {for: {profiles: [eu-central-1, eu-west-1]}}";
    const alone =
      "faults: [{partition: {groups: [[us-east-1], [eu-central-1, eu-west-1, ap-southeast-1]]}, at: 30s, for: 1m}]";
    const plan = planOf(sloppy, alone);
    const { outcome, record } = recorded(plan);
    expect(check("residency", record).verdict).toBe("true");
    expect(outcome.summary["misplaced_writes"]).toBe(0);
    // Each key of the catalogue has one owner; what it does not own the region abroad has accepted in its place.
    const { versions, operations } = record;
    const madeAbroad = [...versions.write.keys()]
      .filter((row) => isAcceptance(versions.what[row]!) && versions.region[row] === 0)
      .map((row) => operations.key[versions.write[row]!]!);
    const first = plan.data.classes[0]!.keys;
    expect(madeAbroad.filter((key) => key < first)).toEqual([]);
    expect(madeAbroad.filter((key) => key % plan.regions.length !== 0).length).toBeGreaterThan(50);
  });

  test("holds for backups too", () => {
    const backed =
      "pattern: active-passive, primary: eu-central-1, standbys: [eu-west-1], backups: {interval: 1m, region: us-east-1}, governance: {mode: observe}";
    const { outcome, record } = recorded(planOf(backed));
    // All keys of people in Europe that were there when the last of three backups was made.
    expect(outcome.summary["misplaced_writes"]).toBeGreaterThan(100);
    const found = check("residency", record);
    expect([found.verdict, found.explanation]).toEqual(["false", expect.stringContaining("in a backup")]);
  });

  test("stops the writes of a class whose only region is dark, counted apart, and no others", () => {
    const law = "governance: {data_residency: [{type: profiles, allowed_regions: [eu-central-1]}]}";
    const { outcome } = recorded(planOf(`pattern: active-active, misdirected: forward, ${law}`, outage));
    const { summary } = outcome;
    const whole = 60 * 180;
    // A share of 60 % of all requests for a third to a half of the time, but for those that wait in vain at first.
    expect(summary["failed_residency"]).toBeGreaterThan(0.6 * whole * 0.25);
    expect(summary["failed_operations"]! - summary["failed_residency"]!).toBeLessThan(0.2 * whole);
  });
});

test("each shard has a leader, and only that of the region that fails changes", () => {
  const outage = "faults: [{region_outage: eu-central-1, at: 30s, for: 140s}]";
  const plan = planOf("pattern: geo-partitioned, health: {controller: eu-west-1}", outage);
  const { groups } = plan.placement!;
  expect(groups.map(({ name, primary }) => `${name}: ${plan.regions[primary]!.name}`)).toEqual([
    "profiles of New York: us-east-1",
    "profiles of Frankfurt: eu-central-1",
    "profiles of Singapore: ap-southeast-1",
    "catalogue: us-east-1",
  ]);
  const { roles } = recorded(plan).record;
  const changes = [...roles.group].filter((_, row) => roles.what[row] === BEGAN && roles.term[row]! > 1);
  expect(changes).toEqual([1]);
});

test("sessions carry what they have seen of each group, and leaders answer for theirs, through an outage", () => {
  const outage = "faults: [{region_outage: eu-central-1, at: 30s, for: 90s}]";
  const geo = "pattern: geo-partitioned, health: {controller: eu-west-1}, client: {roaming: 30%}";
  const session = "consistency: {use: session, monotonic_writes: false, writes_follow_reads: false}";
  const { record } = recorded(planOf(`${geo}, ${session}`, outage));
  for (const each of ["read-your-writes", "monotonic-reads"]) expect(check(each, record).verdict).toBe("true");
  const strong =
    "replication: raft, failover: consensus, consistency: linearizable, placement: {copies: 3}, governance: {mode: observe}";
  const confirmed = recorded(planOf(`${geo}, ${strong}`, outage));
  expect(check("linearizable", confirmed.record).verdict).toBe("true");
  expect(confirmed.outcome.summary["availability"]).toBeGreaterThan(0.8);
});

test("keys are shared out by how much each place asks, and each is as popular among its owner's as in its class", () => {
  const rates = [60, 30, 10];
  const owners = new Owners([dataClass({ keys: 10_000, local: 0.9 }), dataClass({ keys: 500 })], rates);
  const counts = [0, 0, 0];
  for (let key = 0; key < 10_000; key++) counts[owners.of(key)]! += 1;
  for (const [place, rate] of rates.entries()) expect(Math.abs(counts[place]! - rate * 100)).toBeLessThan(20);
  expect(owners.of(10_000)).toBe(-1);
  for (let place = 0; place < 3; place++) {
    const own = new Set<number>();
    for (let key = 0; key < 10_000; key++) {
      const mine = owners.own(key, 0, place);
      expect(owners.of(mine)).toBe(place);
      own.add(mine);
    }
    expect(own.size).toBe(counts[place]);
    expect(Math.abs(owners.own(0, 0, place))).toBeLessThan(20);
  }
});
