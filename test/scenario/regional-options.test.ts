import { describe, expect, test } from "vitest";
import { compile } from "../../src/scenario/compile.js";
import { explain } from "../../src/scenario/explain.js";
import { formatProblem } from "../../src/scenario/problem.js";
import { type Scenario, parseScenario } from "../../src/scenario/scenario.js";
import type { Plan } from "../../src/simulation/plan.js";
import { HOUR } from "../../src/units/time.js";
import { broken } from "./helpers.js";

const three = broken("eu-west-1: {instances: 2, workers: 8}", "eu-west-1: {workers: 8}\n    ap-southeast-1: {}");
const both = (keys: string): string => three.replace("{pattern: active-active}", `{pattern: active-active, ${keys}}`);
const one = (keys: string): string => three.replace("{pattern: pilot-light, ", `{pattern: pilot-light, ${keys}, `);

function told(text: string): string[] {
  const result = parseScenario(text, { file: "s.yaml" });
  return result.ok ? [] : result.problems.map((problem) => formatProblem(problem));
}
function scenario(text: string): Scenario {
  const result = parseScenario(text, { file: "s.yaml" });
  if (!result.ok) throw new Error(told(text).join("\n"));
  return result.scenario;
}
const routing = (text: string): Plan["policies"]["routing"] => compile(scenario(text)).plans[0]!.policies.routing;
const rows = (text: string, architecture: string): Map<string, string> =>
  new Map(
    explain(scenario(text), architecture)[0]!.rows.map(({ path, value, origin }) => [path, `${value}; ${origin}`]),
  );

describe("weights by region", () => {
  test("reach the policy by region, 0 where none is given, and are explained with their lines", () => {
    const text = both("routing: {use: weighted, weights: {eu-west-1: 30, us-east-1: 70}}");
    expect(routing(text).options["weights"]).toEqual([70, 30, 0]);
    const found = rows(text, "both");
    expect(found.get("routing.weights.us-east-1")).toBe("70; s.yaml:14");
    expect(found.get("routing.weights.ap-southeast-1")).toBe("0; follows from no weight given");
  });

  test("are alike where the file gives none", () => {
    expect(routing(both("routing: weighted")).options["weights"]).toEqual([1, 1, 1]);
    expect(rows(both("routing: weighted"), "both").get("routing.weights.eu-west-1")).toBe(
      "1; follows from all regions alike",
    );
  });

  test.each([
    [
      both("routing: {use: weighted, weights: {eu-west-9: 1}}"),
      's.yaml:14:69: error: this scenario has no region "eu-west-9"',
    ],
    [
      both("routing: {use: weighted, weights: {us-east-1: -1}}"),
      's.yaml:14:80: error: us-east-1 is "-1"; expected a number',
    ],
    [
      both("routing: {use: weighted, weights: {us-east-1: 0, eu-west-1: 0}}"),
      "s.yaml:14:68: error: no region has a weight",
    ],
    [both("routing: {use: weighted, weights: {}}"), "weights has 0 entries"],
    [both("routing: {use: weighted, weights: {us-east-1: lots}}"), 'us-east-1 is "lots"; expected a number'],
    [both("routing: {use: latency, weights: {us-east-1: 1}}"), 'the routing policy latency has no option "weights"'],
    [
      one("routing: {use: weighted, weights: {us-east-1: 1, ap-southeast-1: 1}}"),
      "ap-southeast-1 holds no copy, so it can serve nobody; expected one of us-east-1, eu-west-1",
    ],
    [both("routing: {use: weighted, when_none_healthy: ajar}"), "expected one of open, closed"],
  ])("are refused where they mean nothing: case %#", (text, message) => {
    expect(told(text).join("\n")).toContain(message);
  });

  test("are wrong in several places at once, and each is told", () => {
    expect(told(both("routing: {use: weighted, weights: {us-east-1: -1, eu-west-9: 2}}"))).toHaveLength(2);
  });
});

describe("an order of regions", () => {
  test("reaches the policy as it stands, and begins with the primary where none is given", () => {
    const text = both("routing: {use: failover-order, regions: [ap-southeast-1, us-east-1]}");
    expect(routing(text).options["regions"]).toEqual([2, 0]);
    expect(routing(both("routing: failover-order")).options["regions"]).toEqual([0, 1, 2]);
    const led = one("placement: everywhere, routing: failover-order").replace(
      "primary: us-east-1",
      "primary: ap-southeast-1",
    );
    expect(compile(scenario(led)).plans[1]!.policies.routing.options["regions"]).toEqual([2, 1, 0]);
  });

  test.each([
    [both("routing: {use: failover-order, regions: [us-east-1, us-east-1]}"), '"us-east-1" stands in the list twice'],
    [both("routing: {use: failover-order, regions: [us-west-9]}"), 'this scenario has no region "us-west-9"'],
    [both("routing: {use: failover-order, regions: []}"), "regions has 0 entries"],
    [one("routing: {use: failover-order, regions: [ap-southeast-1]}"), "ap-southeast-1 holds no copy"],
  ])("is refused where it means nothing: case %#", (text, message) => {
    expect(told(text).join("\n")).toContain(message);
  });
});

describe("turns of the day", () => {
  const sun = (keys: string): string =>
    three.replace(
      "{pattern: pilot-light, primary: us-east-1, standby: eu-west-1}",
      `{pattern: follow-the-sun, primary: us-east-1${keys}}`,
    );
  const leaders = (text: string) => compile(scenario(text)).plans[1]!.policies.failover.options["leaders"];

  test("are put in the order of the day", () => {
    const given = sun(', failover: {leaders: {"16:00Z": us-east-1, "08:30Z": eu-west-1}}');
    expect(leaders(given)).toEqual([
      { at: 8.5 * HOUR, region: 1 },
      { at: 16 * HOUR, region: 0 },
    ]);
  });

  test("begin at eight in the morning of each region by the sun, where the file gives none", () => {
    // Longitudes -77.49, -6.26 and 103.82: five hours behind UTC, at it, seven ahead.
    expect(leaders(sun(""))).toEqual([
      { at: HOUR, region: 2 },
      { at: 8 * HOUR, region: 1 },
      { at: 13 * HOUR, region: 0 },
    ]);
    expect(rows(sun(""), "one").get("failover.leaders.13:00Z")).toBe("us-east-1; follows from its morning by the sun");
  });

  test.each([
    [sun(", failover: {leaders: {breakfast: us-east-1}}"), '"breakfast" is no moment of the day'],
    [sun(', failover: {leaders: {"25:00Z": us-east-1}}'), '"25:00Z" is no moment of the day'],
    [sun(', failover: {leaders: {"08:00Z": us-west-9}}'), 'this scenario has no region "us-west-9"'],
    [sun(", failover: {max_lag: few}"), 'max_lag is "few"; expected a whole number, as 12 or "100_000", or any'],
  ])("are refused where they mean nothing: case %#", (text, message) => {
    expect(told(text).join("\n")).toContain(message);
  });
});

describe("settings that would do nothing are refused", () => {
  test.each([
    [both("dns: {convergence: 5s}"), "s.yaml:14:53: error: without anycast there are no routes to move"],
    [both("dns: {mode: anycast, update: 5s}"), "with anycast no name server takes an update"],
    [
      three.replace(
        "pilot-light, primary: us-east-1, standby: eu-west-1",
        "follow-the-sun, primary: us-east-1, failover: {failback: 5m}",
      ),
      "failover follow-the-sun plans who leads when",
    ],
    [
      both("failover: {use: lock-service, sites: [us-east-1, eu-west-1, ap-southeast-1], failback: 5m}"),
      "failover lock-service leaves the lead to whoever holds the lock",
    ],
    [
      both("replication: raft, failover: {use: consensus, failback: 5m}"),
      "failover consensus leaves the lead to whomever the copies elect",
    ],
    [one("placement: leader-only"), "placement leader-only keeps one copy, so nobody stands by; expected no standby"],
    [one("placement: leader-and-recovery"), "these backups are never made"],
    [both("placement: leader-only"), "placement leader-only needs a leader, but replication multi-primary has none"],
    [
      three.replace("pilot-light, primary: us-east-1, standby: eu-west-1", "backup-and-restore, primary: us-east-1"),
      "placement leader-and-recovery needs a standby",
    ],
  ])("case %#", (text, message) => {
    expect(told(text).join("\n")).toContain(message);
  });

  test("and those of a backup that a pattern makes may be changed one by one", () => {
    const text = three.replace("pilot-light, ", "backup-and-restore, backups: {restore: 1 GB/s}, ");
    const plan = compile(scenario(text)).plans[1]!;
    expect(plan.backups).toMatchObject({ interval: 24 * HOUR, bandwidth: 1e9, regions: [1] });
    expect(plan.regions.map(({ replica, waiting, instances }) => [replica, waiting, instances])).toEqual([
      [true, false, 2],
      [true, true, 0],
      [false, false, 0],
    ]);
  });
});

describe("a standby's instances", () => {
  const standing = (standby: string): number[] => {
    const text = broken("us-east-1: {instances: 2, workers: 8}", "us-east-1: {instances: 10, workers: 8}").replace(
      "standby: eu-west-1",
      `standby: eu-west-1, standby_instances: ${standby}`,
    );
    const { instances, fullInstances } = compile(scenario(text)).plans[1]!.regions[1]!;
    return [instances, fullInstances];
  };

  test("are a number, or a share of what it has once it is promoted, one at least", () => {
    expect(standing("3")).toEqual([3, 10]);
    expect(standing("30%")).toEqual([3, 10]);
    expect(standing("1%")).toEqual([1, 10]);
    expect(standing("100%")).toEqual([10, 10]);
    expect(standing("full")).toEqual([10, 10]);
  });

  test("are never none", () => {
    const none = (standby: string): string =>
      told(broken("standby: eu-west-1", `standby: eu-west-1, standby_instances: ${standby}`)).join();
    expect(none("0")).toContain("standby_instances is 0; expected more than 0");
    expect(none("0%")).toContain("standby_instances is 0; expected more than 0");
    expect(none("some")).toContain('or a share of the full number, as "30%", or full');
  });
});

describe("parents of an edge site", () => {
  const edge = (parents: string): string =>
    three.replace("ap-southeast-1: {}", `ap-southeast-1: {tier: edge, parent: ${parents}}`);
  const listed = (text: string): string =>
    text.replace(
      "{pattern: active-active}",
      "{pattern: active-active, placement: listed, replicas: [us-east-1, eu-west-1]}",
    );

  test("are asked in their order; one alone needs no list", () => {
    const parents = (text: string) =>
      compile(scenario(listed(edge(text)))).plans[0]!.regions.map((each) => each.parents);
    expect(parents("[eu-west-1, us-east-1]")).toEqual([[], [], [1, 0]]);
    expect(parents("us-east-1")).toEqual([[], [], [0]]);
  });

  test.each([
    ["[eu-west-1, mars-1]", 'this scenario has no region "mars-1"'],
    ["[ap-southeast-1]", "ap-southeast-1 is its own parent"],
    ["[eu-west-1, eu-west-1]", '"eu-west-1" stands twice in this list'],
    ["[]", "parent has 0 entries"],
  ])("that cannot be are told where they stand: %s", (parents, message) => {
    const [problem] = told(edge(parents));
    expect(problem).toContain(message);
    // No edge site can be a parent, so none is proposed.
    expect(problem).not.toContain('did you mean "ap-');
    expect(problem).toMatch(/^s\.yaml:\d+:\d+: error/);
  });
});
