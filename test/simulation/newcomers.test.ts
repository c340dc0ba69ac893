import { describe, expect, test } from "vitest";
import { joinedRegions } from "../../src/cli/joined-regions.js";
import { compile } from "../../src/scenario/compile.js";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import type { Outcome } from "../../src/simulation/outcome.js";
import type { Plan } from "../../src/simulation/plan.js";
import { begun, concluded, run } from "../../src/simulation/run.js";
import type { World } from "../../src/simulation/world.js";
import { HOUR, MINUTE, SECOND } from "../../src/units/time.js";

const NEW = "ap-southeast-1";
/** It is the third region, after two that are there from the start. */
const ID = 2;
const AT = 2 * MINUTE;
const GB = 1e9;

const TEXT = `question: What does a new region do?
duration: 10m
topology:
  latency: aws-2024-04
  regions: {us-east-1: {}, eu-west-1: {}}
users:
  - {place: New York, requests: 8/s, reads: 50%, sessions: 40}
  - {place: Singapore, requests: 8/s, reads: 80%, sessions: 40}
client: {deadline: 4s, timeout: 2s, keep_alive: 2s, hedge: {after: 1s}}
data: {size: 1 GB, keys: 2000}
architectures:
  passive: {pattern: active-passive, primary: us-east-1, standbys: [eu-west-1]}
  reading: {pattern: read-replicas, primary: us-east-1}
  cached: {pattern: read-replicas, primary: us-east-1, caching: {use: ttl, invalidation: true}}
  bounded: {pattern: active-active, consistency: bounded-staleness}
  single: {pattern: single-region, primary: us-east-1, scaling: target-utilisation}
  half: {pattern: active-passive, primary: us-east-1, standbys: [eu-west-1], replication: semi-sync, storage: {fsync: 2ms}}
  whole: {pattern: active-passive, primary: us-east-1, standbys: [eu-west-1], replication: sync}
  causal: {pattern: active-active, replication: {use: multi-primary, delivery: causal}, consistency: session,
    conflict: dotted-version-vectors}
`;

function planOf(architecture: string, more = "", text = TEXT): Plan {
  const read = parseScenario(`${text}${more}`);
  if (!read.ok) throw new Error(read.problems.map((each) => formatProblem(each)).join("\n"));
  return compile(read.scenario).plans.find((plan) => plan.architecture === architecture)!;
}

const adding = (architecture: string, ...others: readonly string[]): Plan =>
  planOf(
    architecture,
    `actions:\n${[`{at: ${AT}us, do: region add ${NEW}, in: ${architecture}}`, ...others].map((each) => `  - ${each}\n`).join("")}`,
  );

interface Run {
  readonly world: World;
  readonly outcome: Outcome;
  readonly plan: Plan;
  /** As it stood right before the order. */
  readonly before: readonly [digest: string, events: number, log: number];
}

const standing = ({ engine, replicas }: World): Run["before"] => [
  engine.digest(),
  engine.dispatched,
  replicas.hosts[0]!.log.begin,
];

/** One run of each, for all that is asked of it. */
const runs = new Map<string, Run>();
function ran(architecture: string): Run {
  const known = runs.get(architecture);
  if (known !== undefined) return known;
  const plan = adding(architecture);
  const world = begun(plan, "1");
  world.advance(AT - 1);
  const before = standing(world);
  world.advance(plan.duration * 2);
  const made = { world, outcome: concluded(world, "1"), plan, before };
  runs.set(architecture, made);
  return made;
}

const ALL = ["passive", "reading", "cached", "bounded", "single", "half", "whole", "causal"];

describe("a region that waits to be added", () => {
  test.each(ALL)("changes no event up to the order: %s", (architecture) => {
    const without = begun(planOf(architecture), "1");
    without.advance(AT - 1);
    // And nothing is kept for it: the log goes as soon as those that are there have it.
    expect(ran(architecture).before).toEqual(standing(without));
  });

  test("is in no architecture that the order is not given in", () => {
    const other = planOf("single", `actions: [{at: 1m, do: region add ${NEW}, in: passive}]`);
    expect(other.regions.map(({ name }) => name)).toEqual(["us-east-1", "eu-west-1"]);
  });
});

describe("a region that is added", () => {
  test.each(ALL)("boots, gets a whole copy over the network, is level, and serves: %s", (architecture) => {
    const { world, outcome, plan } = ran(architecture);
    const { ordered, launched, up, admitted, serves } = outcome.joined![0]!;
    const stages = [ordered, launched, up, admitted, serves] as number[];
    expect(ordered).toBe(AT);
    expect(stages).toEqual(stages.toSorted((one, other) => one - other));
    // As long as instances take to boot there, and as the bytes take at most at the bandwidth of a link.
    expect(up! - launched!).toBeGreaterThan(plan.regions[ID]!.bootMedian / 4);
    expect(admitted! - up!).toBeGreaterThan((GB / plan.network.bandwidth) * SECOND);
    const sites = plan.regions.length + plan.places.length;
    const copies = [0, 1].map((from) => world.streams.sent[from * sites + ID]!);
    expect(Math.max(...copies)).toBeGreaterThan(GB);
    // What it holds at the end is what the others hold.
    const [first, newcomer] = [world.replicas.hosts[0]!, world.replicas.hosts[ID]!];
    expect(newcomer.blank).toBe(false);
    expect([...newcomer.whole].filter((write) => write >= 0).length).toBeGreaterThan(500);
    const differ = [...newcomer.whole].filter((write, key) => write !== first.whole[key]).length;
    if (architecture !== "causal") expect(differ).toBeLessThan(5);
    expect(outcome.summary["lost_acknowledged_writes"]).toBe(0);
    expect(outcome.summary["unreplicated_writes"]).toBeLessThan(20);
    expect(outcome.summary["availability"]).toBeGreaterThan(0.999);
  });

  test.each(["reading", "causal"])("answers the users near it sooner from then on: %s", (architecture) => {
    const { outcome } = ran(architecture);
    const latency = (region: string): number | null | undefined =>
      outcome.metrics.find(
        ({ name, labels }) =>
          name === "user_request_latency" &&
          labels["user_region"] === "Singapore" &&
          labels["serving_region"] === region,
      )?.values["p50"];
    expect(latency(NEW)).toBeLessThan(
      0.7 * Math.min(...["us-east-1", "eu-west-1"].flatMap((each) => latency(each) ?? [])),
    );
  });

  test("takes writes where every copy does, and the others get them", () => {
    const { world, outcome } = ran("causal");
    expect(world.oracle.reads[ID]).toBeGreaterThan(100);
    const lag = outcome.metrics.filter(
      ({ name, labels }) => name === "replication_lag" && labels["source_region"] === NEW,
    );
    expect(lag.map(({ labels }) => labels["dest_region"])).toEqual(["us-east-1", "eu-west-1"]);
    for (const { values } of lag) expect(values["count"]).toBeGreaterThan(50);
  });

  test("is paid for from its launch, and what it stores from its first host on", () => {
    const { outcome, plan } = ran("passive");
    const { launched, up } = outcome.joined![0]!;
    const hours = (plan.regions[ID]!.instances * (plan.duration - launched!)) / HOUR;
    expect(outcome.meters.instanceHours[ID]).toBeCloseTo(hours, 9);
    expect(outcome.meters.storedBytes[ID]).toBeCloseTo(GB * (1 - up! / plan.duration), 0);
    // The rest of the month is as it is with it, and not as before: the copy itself is sent once.
    const { calm } = outcome.meters;
    const pair = 0 * plan.regions.length + ID;
    expect(calm!.duration).toBe(plan.duration - outcome.joined![0]!.admitted!);
    expect(calm!.instanceHours[ID]).toBeCloseTo((plan.regions[ID]!.instances * calm!.duration) / HOUR, 9);
    expect(calm!.storedBytes[ID]).toBeCloseTo(GB, 0);
    expect(calm!.transferBytes[pair]).toBeLessThan(GB / 100);
  });

  test("is waited for by no write before it is level, and by each where all standbys must have it from then on", () => {
    const ofNewYork = (architecture: string): number =>
      ran(architecture).outcome.metrics.find(
        ({ name, labels }) => name === "user_request_latency" && labels["user_region"] === "New York",
      )!.values["p90"]!;
    // The round trip to Singapore is 220 ms, the one to Ireland 70 ms; one standby is enough for the half.
    expect(ofNewYork("whole")).toBeGreaterThan(ofNewYork("half") + 100);
    const waits = ran("whole").world.availability.failedBy.reduce((sum, each) => sum + each, 0);
    expect(waits).toBeLessThan(10);
  });

  test("can lead, be paused and be struck as any other", () => {
    const others = [
      `{at: 8m, do: region promote ${NEW}, in: passive}`,
      `{at: 9m, do: replication pause ${NEW}, in: passive}`,
      `{at: 9m20s, do: chaos test --scenario=region-failure --region=${NEW} --for=30s, in: passive}`,
    ];
    const { orders, summary, incidents } = run(adding("passive", ...others), "1");
    expect(orders!.map(({ reply }) => reply.refused)).toEqual([null, null, null, null]);
    expect(summary["switchovers"]).toBe(1);
    expect(incidents.map(({ faults }) => faults)).toEqual([[`region-outage ${NEW}`]]);
  });

  test("cannot be led to before it is level, and is added once", () => {
    const others = [
      `{at: 2m30s, do: region promote ${NEW}, in: passive}`,
      `{at: 3m, do: "region add ${NEW} --type=replica", in: passive}`,
    ];
    const { orders } = run(adding("passive", ...others), "1");
    expect(orders!.map(({ reply }) => reply.refused)).toEqual([null, "believed-down", "added-already"]);
  });
});

test("two regions that are added become peers of each other, and a note tells of both", () => {
  const plan = adding("causal", "{at: 150s, do: region add eu-central-1, in: causal}");
  const world = begun(plan, "1");
  world.advance(plan.duration * 2);
  const outcome = concluded(world, "1");
  const [, , one, other] = world.replicas.hosts;
  expect([one!.peers, other!.peers].map((peers) => peers.toSorted())).toEqual([
    [0, 1, 3],
    [0, 1, 2],
  ]);
  const lag = outcome.metrics.find(
    ({ name, labels }) =>
      name === "replication_lag" && labels["source_region"] === NEW && labels["dest_region"] === "eu-central-1",
  );
  expect(lag!.values["count"]).toBeGreaterThan(50);
  // What was written before it came is not late there.
  expect(lag!.values["p99"]).toBeLessThan(1000);
  const notes = joinedRegions([plan], [[outcome]]);
  expect(notes).toHaveLength(2);
  expect(notes[1]).toMatch(
    /^in causal eu-central-1, added at 2m30s, has its first instance up at \S+ and all that it needs at/,
  );
});

test("it asks whoever leads as it boots, and a month is billed from when no more of a copy is sent", () => {
  const plan = adding("passive", `{at: ${AT + 20 * SECOND}us, do: region promote eu-west-1, in: passive}`);
  const world = begun(plan, "1");
  world.advance(plan.duration);
  const sites = plan.regions.length + plan.places.length;
  const sentFrom = (from: number): number => world.streams.sent[from * sites + ID]!;
  expect(world.operator.replies.map(({ refused }) => refused)).toEqual([null, null]);
  expect(sentFrom(1)).toBeGreaterThan(GB);
  expect(sentFrom(0)).toBeLessThan(GB / 100);
  // Where each of the others sends a copy, the last of them is over later than the first.
  const { meters, joined } = ran("causal").outcome;
  expect(meters.calm!.from!).toBeGreaterThan(joined![0]!.admitted!);
  for (const from of [0, 1]) expect(meters.calm!.transferBytes[from * 3 + ID]!).toBeLessThan(GB / 100);
});

test("how much of its copy is under way is told while it is, and when the run ends before it is whole", () => {
  const whole = adding("passive");
  const world = begun(whole, "1");
  world.advance(ran("passive").outcome.joined![0]!.up! + 3 * SECOND);
  const { sent, whole: all } = world.copies.underWay(ID)!;
  // A stream has one window under way in a round trip; with a part more at either end that has been given to it.
  const { window } = whole.network;
  const pace = window / 0.22;
  expect(all).toBe(GB);
  expect(sent).toBeGreaterThan(2 * pace);
  expect(sent).toBeLessThan(3 * pace + 5 * 8e6);
  const plan = { ...whole, duration: world.engine.now };
  const outcome = run(plan, "1");
  expect(outcome.joined![0]!.admitted).toBeNull();
  expect(joinedRegions([plan], [[outcome]])[0]).toMatch(/and is never level: \d+ MB of 1 GB had been sent there;/);
  expect(ran("passive").outcome.joined![0]!.copy).toBeNull();
});

describe("what stands in its way", () => {
  const struck = (fault: string, more = ""): Outcome =>
    run(
      planOf(
        "passive",
        `faults:\n  - ${fault}\nactions:\n  - {at: ${AT}us, do: region add ${NEW}, in: passive}\n${more}`,
      ),
      "1",
    );

  test("launches that fail: they are made up for when they work again", () => {
    const late = run(
      adding(
        "passive",
        `{at: 2m, do: chaos test --scenario=instance-launches-refused --region=${NEW} --for=4m, in: passive}`,
      ),
      "1",
    ).joined![0]!;
    expect(late.launched).toBeLessThan(AT + SECOND);
    expect(late.up).toBeGreaterThan(6 * MINUTE);
  });

  test("a control plane that is down takes no order; it is given again", () => {
    const dark = "{region_outage: eu-west-1, at: 90s, for: 1m}";
    const { meters } = struck(dark);
    expect([meters.instanceHours[ID], meters.storedBytes[ID], meters.transferBytes[ID]]).toEqual([0, 0, 0]);
    const again = `  - {at: 4m, do: region add ${NEW}, in: passive}\n`;
    const { orders, joined } = struck(dark, again);
    expect(orders!.map(({ reply }) => reply.refused)).toEqual(["silent", null]);
    expect(joined![0]!.ordered).toBe(4 * MINUTE);
  });

  test("a cut between the control plane and the region: the order is sent until the region has reported", () => {
    const cut = `{at: ${AT - 1}us, do: "chaos test --scenario=network-partition --region=eu-west-1 --for=3m", in: passive}`;
    const { joined } = run(adding("passive", cut), "1");
    expect(joined![0]!.launched).toBeGreaterThan(5 * MINUTE);
    expect(joined![0]!.admitted).not.toBeNull();
  });
});

describe("an edge site that is added", () => {
  test("keeps answers near its users, and hands on the rest", () => {
    const text = TEXT.replace(
      "  single:",
      "  edged: {pattern: active-passive, primary: us-east-1, standbys: [eu-west-1], routing: latency, misdirected: forward, caching: ttl}\n  single:",
    );
    const plan = planOf("edged", `actions: [{at: ${AT}us, do: region add ${NEW} --type=edge, in: edged}]\n`, text);
    const [without, withIt] = [planOf("edged", "", text), plan].map((each) => begun(each, "1"));
    for (const world of [without!, withIt!]) world.advance(AT - 1);
    expect(withIt!.engine.digest()).toBe(without!.engine.digest());
    withIt!.advance(plan.duration * 2);
    const { joined, meters, metrics } = concluded(withIt!, "1");
    expect(joined![0]!.serves).toBeLessThan(6 * MINUTE);
    expect(meters.storedBytes[ID]).toBe(0);
    expect(meters.instanceHours[ID]).toBeGreaterThan(0);
    const near = metrics.find(
      ({ labels }) => labels["serving_region"] === NEW && labels["user_region"] === "Singapore",
    );
    expect(near!.values["p10"]).toBeLessThan(60);
    expect(near!.values["p99"]).toBeGreaterThan(100);
  });
});
