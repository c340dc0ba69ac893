import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { stillFleets } from "../../src/cli/still-fleets.js";
import { compile } from "../../src/scenario/compile.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { run } from "../../src/simulation/run.js";
import { SECOND } from "../../src/units/time.js";
import { GOOD } from "./helpers.js";

const FILE = new URL("../../scenarios/configuration-template.yaml", import.meta.url);
const TEMPLATE = `  ours:
    multi_region:
      regions:
        - {name: us-east-1, primary: true}
        - {name: eu-west-1}
      replication: {strategy: async}
`;
const scenario = (before = "", after = ""): string => {
  if (!TEMPLATE.includes(before)) throw new Error(`the template has no "${before}"`);
  return `${GOOD}${TEMPLATE.replace(before, after)}`;
};

function planned(text: string) {
  const parsed = parseScenario(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ line, message }) => `${line}: ${message}`).join("; "));
  const { plans, notes } = compile(parsed.scenario);
  return { plan: plans.find(({ architecture }) => architecture === "ours") ?? plans[0]!, notes };
}

function problems(text: string): string[] {
  const parsed = parseScenario(text);
  return parsed.ok ? [] : parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe("the configuration template as it is", () => {
  const text = readFileSync(FILE, "utf8");
  const { plan, notes } = planned(text);

  test("each key acts", () => {
    expect(plan.policies).toMatchObject({
      replication: { name: "async" },
      consistency: { name: "eventual" },
      conflict: { name: "none" },
      routing: { name: "latency" },
      failover: { name: "automatic" },
      primary: 0,
      standbys: [1, 2],
    });
    expect(plan.health).toMatchObject({ interval: 30 * SECOND, threshold: 3 });
    expect(plan.alerts).toEqual({ lag: 5 * SECOND, transfer: 10_000e9 });
    expect(plan.unmonitored).toBeUndefined();
    expect(plan.policies.scaling).toMatchObject({ name: "target-utilisation" });
    expect(plan.policies.caching).toMatchObject({ name: "ttl" });
  });

  test("what no run can heed is said, each where it stands", () => {
    const lines = text.split("\n");
    const told = notes.map(({ line, message }) => [lines[line - 1]!.trim().split(/[ :]/)[0], message]);
    expect(told).toContainEqual(["endpoint", expect.stringContaining("addresses change nothing")]);
    expect(told).toContainEqual(["conflict_resolution", expect.stringContaining("nothing to decide")]);
    expect(told).toContainEqual(["gdpr_regions", expect.stringContaining("data_residency keeps user_pii")]);
  });

  test("an error about a rule stands where the rule does", () => {
    const rule = text.split("\n").findIndex((line) => line.includes("- type: user_pii")) + 1;
    expect(problems(text.replace("gdpr_regions: [eu-west-1]", "gdpr_regions: [us-east-1]"))).toEqual([
      expect.stringMatching(new RegExp(`^${rule}:\\d+ no region may hold user_pii of London`)),
    ]);
  });

  test("each word that its comments offer is accepted in its place", () => {
    const offered = [...text.matchAll(/^ +(strategy|consistency): (\S+) +# (.+)$/gm)];
    expect(offered.map(([, key]) => key)).toEqual(["strategy", "consistency", "strategy"]);
    for (const [line, key, value, words] of offered)
      for (const word of words!.split(", "))
        expect(problems(text.replace(line, line.replace(`${key}: ${value}`, `${key}: ${word}`)))).toEqual([]);
  });
});

describe("what its keys mean", () => {
  test("a region that is not active is drained, and so is one without an api", () => {
    const drained = (text: string): boolean[] => planned(text).plan.regions.map((region) => region.drained === true);
    expect(drained(scenario())).toEqual([false, false]);
    expect(drained(scenario("{name: eu-west-1}", "{name: eu-west-1, active: false}"))).toEqual([false, true]);
    const copy = "{name: eu-west-1, services: [database-replica]}";
    expect(drained(scenario("{name: eu-west-1}", copy))).toEqual([false, true]);
  });

  test("several primaries merge what they write, by the rule for conflicts", () => {
    const { plan, notes } = planned(
      scenario("{name: eu-west-1}", "{name: eu-west-1, primary: true}").replace(
        "strategy: async",
        "strategy: async, conflict_resolution: last_write_wins",
      ),
    );
    expect(plan.policies).toMatchObject({
      replication: { name: "multi-primary" },
      conflict: { name: "last-write-wins" },
      primary: -1,
    });
    expect(notes.filter(({ message }) => message.includes("nothing to decide"))).toEqual([]);
  });

  test("monitoring: false removes a metric", () => {
    const { plan } = planned(`${scenario()}      monitoring: {replication_lag: false, cost_tracking: true}\n`);
    expect(plan.unmonitored).toEqual(["replication_lag"]);
  });

  test("reads of bounded age are answered by no cache, which is said", () => {
    const services = "{name: eu-west-1, services: [api, database-replica, cache]}";
    const bounded = scenario("{name: eu-west-1}", services).replace(
      "strategy: async",
      "strategy: async, consistency: bounded, lag_threshold: 5s",
    );
    const { plan, notes } = planned(bounded);
    expect(plan.policies).toMatchObject({ consistency: { name: "bounded-staleness" }, caching: { name: "none" } });
    expect(notes.map(({ message }) => message).join()).toContain("no cache may answer them");
  });

  test("a run that ends before any region counts as idle is told so", () => {
    const controls = `${scenario()}      cost_controls: {idle_region_shutdown: true}\n`;
    const short = controls.replace(/^duration: .*$/m, "duration: 15m");
    const long = controls.replace(/^duration: .*$/m, "duration: 16m");
    const isTold = (text: string): boolean => planned(text).notes.some(({ message }) => message.includes("idle"));
    expect([isTold(short), isTold(long)]).toEqual([true, false]);
  });

  test("that no region was idle, or no fleet had to grow, is told after the run", () => {
    const told = (controls: string, rate: string): string[] => {
      const text = `${scenario()}      cost_controls: ${controls}\n`
        .replace(/^duration: .*$/m, "duration: 20m")
        .replace(/requests: \d+\/s/g, `requests: ${rate}`);
      const { plan } = planned(text);
      return stillFleets([plan], [[run(plan, "1")]]);
    };
    const idles = "{idle_region_shutdown: true}";
    expect(told(idles, "1/s")).toEqual(["in ours no region went 15 m without a request, so none was shut down"]);
    // With a request in an hour both are shut down.
    expect(told(idles, "1/h")).toEqual([]);
    expect(told("{auto_scale_regions: true}", "1/s")).toEqual([]);
    const least = "{auto_scale_regions: true}\n    scaling: {use: target-utilisation, least: 2}";
    expect(told(least, "1/s")).toEqual(["in ours scaling target-utilisation never changed the size of a fleet"]);
  });

  test("what is said beside it goes before", () => {
    const { plan } = planned(`${scenario()}    routing: primary\n    failover: {use: manual, lease: 20s}\n`);
    expect(plan.policies).toMatchObject({ routing: { name: "primary" }, failover: { name: "manual" } });
    expect(plan.failover.lease).toBe(20 * SECOND);
  });
});

test("the template alone is told where it belongs", () => {
  expect(problems("multi_region: {regions: [{name: us-east-1, primary: true}]}\n")[0]).toMatch(/no key "multi_region"/);
  const parsed = parseScenario("multi_region: {regions: [{name: us-east-1, primary: true}]}\n");
  expect(!parsed.ok && parsed.problems[0]!.hint).toContain("architectures: {ours: {multi_region: …}}");
});

test("a primary that cannot be read is not missed as well", () => {
  expect(problems(scenario("primary: true", "primary: yes"))).toEqual(['18:38 primary is "yes"']);
});

test.each([
  ["{name: us-east-1, primary: true}", "{name: us-east-1}", /^18:\d+ no region is primary/],
  ["{name: eu-west-1}", "{name: eu-west-9}", /^19:18 this scenario has no region "eu-west-9"/],
  ["{name: eu-west-1}", "{name: eu-west-1, services: [api]}", /^19:\d+ eu-west-1 runs the api, and neither/],
  ["{name: eu-west-1}", "{name: eu-west-1, services: [api, cache]}", /^19:\d+ eu-west-1 has a cache and no database/],
  ["primary: true}", "primary: true, services: [api]}", /^18:\d+ us-east-1 is primary and runs no database/],
  ["strategy: async", "strategy: eventually", /^20:\d+ strategy is "eventually"/],
  [
    "{name: eu-west-1}\n      replication: {strategy: async}",
    "{name: eu-west-1, primary: true}\n      replication: {strategy: sync}",
    /^20:\d+ several regions are primary/,
  ],
  ["regions:", "regoins:", /has no key "regoins"/],
])("%s as %s is refused where it stands", (before, after, expected) => {
  expect(problems(scenario(before, after)).join("\n")).toMatch(expected);
});

test("what is wrong with an entry is told at the entry, once", () => {
  const regions = `- {name: us-east-1, primary: true}
        - {name: mars-1, services: [database-replica]}
        - {name: us-east-1}
        - {name: eu-west-1, active: false}`;
  const told = problems(scenario("- {name: us-east-1, primary: true}\n        - {name: eu-west-1}", regions));
  expect(told).toEqual(['19:18 this scenario has no region "mars-1"', '20:18 "us-east-1" is listed twice']);
});

test("of a budget of nothing no share can be watched", () => {
  const budget = "{strategy: async}\n      cost_controls: {max_cross_region_transfer_gb: 0}";
  expect(problems(scenario("{strategy: async}", budget))[0]).toMatch(/^21:\d+ alerts.monthly_transfer is 0/);
});

test("what changes nothing beside anycast is said", () => {
  const { notes } = planned(`${scenario()}    dns: {mode: anycast, ttl: 60s}\n`);
  expect(notes.map(({ message }) => message).join()).toContain("with anycast the name leads to one address for ever");
});
