import { describe, expect, test } from "vitest";
import { patterns } from "../../src/architectures/catalogue.js";
import { compile } from "../../src/scenario/compile.js";
import { SCENARIO_DEFAULTS } from "../../src/scenario/defaults.js";
import { explain, explainShared } from "../../src/scenario/explain.js";
import { faultTitles } from "../../src/scenario/fault-titles.js";
import { type Scenario, parseScenario } from "../../src/scenario/scenario.js";
import { meanRate } from "../../src/simulation/mean-rate.js";
import type { Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { roundTrip } from "../../src/topology/delay-law.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { GOOD, broken } from "./helpers.js";

function scenario(text: string, read?: (path: string) => string | null): Scenario {
  const result = parseScenario(text, { file: "s.yaml", ...(read === undefined ? {} : { read }) });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.scenario;
}
const plans = (text: string): readonly Plan[] => compile(scenario(text)).plans;

describe("patterns expand to what they say", () => {
  test("active-active: every region with a copy at full size, nobody leads", () => {
    const plan = plans(GOOD)[0]!;
    expect(plan.policies).toMatchObject({
      primary: -1,
      replication: { name: "multi-primary" },
      routing: { name: "latency" },
    });
    expect(plan.regions.map(({ replica, instances }) => [replica, instances])).toEqual([
      [true, 2],
      [true, 2],
    ]);
  });

  test("pilot-light: one instance in the standby, which boots to the primary's workers", () => {
    const text = broken(
      "eu-west-1: {instances: 2, workers: 8}",
      "eu-west-1: {instances: 2, workers: 4}\n    ap-south-1: {}",
    );
    const plan = plans(text)[1]!;
    expect(plan.policies).toMatchObject({
      primary: 0,
      standbys: [1],
      replication: { name: "async", options: { batch: 250_000 } },
    });
    expect(plan.regions.map(({ replica, instances, fullInstances }) => [replica, instances, fullInstances])).toEqual([
      [true, 2, 2],
      [true, 1, 4],
      [false, 1, 2],
    ]);
    expect(plan.health.controller).toBe(1);
  });

  test("every pattern is explained in full, each value with its origin", () => {
    const all = patterns.map(({ name, settings }) => {
      const leads = settings["replication.use"] === "async" ? ", primary: us-east-1" : "";
      const stands = String(settings["placement.use"]).startsWith("leader-and-") ? ", standby: eu-west-1" : "";
      const holds = settings["placement.use"] === "listed" ? ", replicas: [us-east-1]" : "";
      return `  my-${name}: {pattern: ${name}${leads}${stands}${holds}}\n`;
    });
    const explained = explain(scenario(`${GOOD}${all.join("")}data: {local: 90%}\n`));
    expect(explained).toHaveLength(2 + patterns.length);
    for (const { rows } of explained) {
      for (const { value, origin } of rows)
        expect(value !== "" && origin !== "" && !value.includes("undefined")).toBe(true);
    }
  });

  test("what the scenario's regions decide is explained too, and is what the plan holds", () => {
    const text = `${GOOD}  every: {pattern: pilot-light, primary: eu-west-1, placement: everywhere}\n`;
    const [both, one, every] = explain(scenario(text)).map(({ rows }) => new Map(rows.map((row) => [row.path, row])));
    for (const rows of [both!, one!, every!]) {
      expect(rows.get("health.vantages")).toMatchObject({
        value: "us-east-1, eu-west-1",
        origin: "follows from all regions",
      });
    }
    const controllers = [both!, one!, every!].map((rows) => rows.get("health.controller")?.value);
    expect(controllers).toEqual(["eu-west-1", "eu-west-1", "us-east-1"]);
    expect(plans(text).map((plan) => plan.regions[plan.health.controller]!.name)).toEqual(controllers);
    expect(every!.get("standbys")).toMatchObject({ value: "us-east-1", origin: "follows from all other regions" });
    expect(one!.get("capacity.eu-west-1.full_instances")).toMatchObject({
      value: "2",
      origin: "follows from what the primary carries",
    });
    expect(one!.get("capacity.eu-west-1.instances")).toMatchObject({
      value: "1",
      origin: "follows from standby_instances",
    });
    const said = explain(
      scenario(GOOD.replace("one: {", "one: {health: {controller: us-east-1, vantages: [London]}, ")),
    );
    const rows = new Map(said[1]!.rows.map((row) => [row.path, row]));
    expect(rows.get("health.controller")).toMatchObject({ value: "us-east-1", origin: "s.yaml:14" });
    expect(rows.get("health.vantages")).toMatchObject({ value: "London", origin: "s.yaml:14" });
  });

  test("faults are explained with what they leave out, places with where they are", () => {
    const text = broken(
      "at: 2m, for: 3m}",
      "at: 2m}\n  - {partition: {groups: [[us-east-1], [eu-west-1, London]]}, at: 1m}",
    );
    const rows = new Map(explainShared(scenario(text)).map(({ path, value, origin }) => [path, `${value}; ${origin}`]));
    expect(rows.get("faults.0.region_outage")).toBe("us-east-1; s.yaml:11");
    expect(rows.get("faults.0.at")).toBe("2 m; s.yaml:11");
    expect(rows.get("faults.0.for")).toBe("until the end; default");
    expect(rows.get("faults.0.disks")).toBe("kept; default of region_outage");
    expect(rows.get("faults.1.partition")).toBe("us-east-1 | eu-west-1, London; s.yaml:12");
    expect(rows.get("users.London.utc_offset")).toBe("0; follows from the catalogue");
    expect(rows.get("topology.regions.us-east-1.zones")).toBe("6; follows from the catalogue");
    expect(rows.get("duration")).toBe("10 m; s.yaml:2");
  });

  test("what all architectures share is explained too: in the file's own units, with its line, or as a default", () => {
    const rows = new Map(explainShared(scenario(GOOD)).map((row) => [row.path, row]));
    for (const path of Object.keys(SCENARIO_DEFAULTS)) expect(rows.get(path)).toBeDefined();
    expect(rows.get("client.deadline")).toMatchObject({ value: "3 s", origin: "default" });
    expect(rows.get("topology.retransmit")).toMatchObject({ value: "200 ms..2 m", origin: "default" });
    expect(rows.get("topology.regions.us-east-1.workers")).toMatchObject({ value: "8", origin: "s.yaml:6" });
    expect(rows.get("users.London.requests")).toMatchObject({ value: "10/s", origin: "s.yaml:9" });
    const short = new Map(explainShared(scenario(`${GOOD}client: {deadline: 500ms}`)).map((row) => [row.path, row]));
    expect(short.get("client.timeout")).toMatchObject({ value: "500 ms", origin: "default" });
  });
});

describe("faults", () => {
  const withFault = (fault: string): Plan =>
    plans(broken("- {region_outage: us-east-1, at: 2m, for: 3m}", `- ${fault}`))[0]!;
  // Sites: us-east-1, eu-west-1, London.
  const link = (from: number, to: number): number => from * 3 + to;

  test.each([
    ["{partition: {pair: [us-east-1, eu-west-1]}, at: 1m}", [link(0, 1), link(1, 0)]],
    ["{partition: {one_way: {from: us-east-1, to: London}}, at: 1m}", [link(0, 2)]],
    ["{partition: {isolate: London}, at: 1m}", [link(0, 2), link(1, 2), link(2, 0), link(2, 1)]],
    [
      "{partition: {between: [[us-east-1], [eu-west-1, London]]}, at: 1m}",
      [link(0, 1), link(0, 2), link(1, 0), link(2, 0)],
    ],
    // Not transitive: both regions talk to London, not to each other.
    ["{partition: {groups: [[us-east-1, London], [London, eu-west-1]]}, at: 1m}", [link(0, 1), link(1, 0)]],
    ["{loss: {pair: [us-east-1, eu-west-1]}, probability: 5%, at: 1m}", [link(0, 1), link(1, 0)]],
  ])("%s strikes exactly its links", (fault, links) => {
    expect(withFault(fault).faults[0]!.links).toEqual(links.toSorted((a, b) => a - b));
  });

  test.each([
    ["{partition: {pair: [us-east-1, eu-west-1]}, at: 1m}", "partition us-east-1 | eu-west-1"],
    ["{partition: {groups: [[us-east-1], [eu-west-1, London]]}, at: 1m}", "partition us-east-1 | eu-west-1, London"],
    [
      "{loss: {between: [[us-east-1, London], [eu-west-1]]}, probability: 5%, at: 1m}",
      "loss us-east-1, London | eu-west-1",
    ],
    ["{partition: {one_way: {from: us-east-1, to: London}}, at: 1m}", "partition us-east-1 → London"],
    ["{partition: {isolate: London}, at: 1m}", "partition London | all"],
  ])("%s is called after its sides", (fault, title) => {
    const { raw } = scenario(broken("- {region_outage: us-east-1, at: 2m, for: 3m}", `- ${fault}`));
    expect([...faultTitles(raw, withFault(fault).faults).values()]).toEqual([title]);
  });

  test("faults that cannot be told apart by their label share their titles; others need none", () => {
    const two = [
      "{partition: {one_way: {from: us-east-1, to: London}}, at: 1m}",
      "{partition: {pair: [us-east-1, London]}, at: 2m}",
      "{region_outage: us-east-1, at: 3m}",
    ].join("\n  - ");
    const { raw } = scenario(broken("- {region_outage: us-east-1, at: 2m, for: 3m}", `- ${two}`));
    expect([...faultTitles(raw, withFault(two).faults)]).toEqual([
      ["partition us-east-1, London", "partition us-east-1 → London or partition us-east-1 | London"],
    ]);
  });

  test("a repeated fault strikes on time, and not after the end", () => {
    const { faults } = withFault(
      "{partition: {pair: [us-east-1, eu-west-1]}, at: 4m, for: 30s, repeat: {every: 2m, times: 10}}",
    );
    expect(faults.map(({ at, until }) => [at / MINUTE, (until - at) / SECOND])).toEqual([
      [4, 30],
      [6, 30],
      [8, 30],
    ]);
  });

  test("a fault without an end lasts", () => {
    expect(withFault("{clock_skew: eu-west-1, by: -250ms, at: 1m}").faults[0]).toMatchObject({
      label: "clock-skew eu-west-1",
      regions: [1],
      hardships: { region: { skew: -250_000, dark: false }, link: null, place: null, control: null },
      until: Number.POSITIVE_INFINITY,
    });
  });

  test("one cause may strike several regions", () => {
    const { faults } = withFault("{region_outage: [us-east-1, eu-west-1], disks: lost, at: 1m, for: 2m}");
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ regions: [0, 1], hardships: { region: { dark: true, disks: "lost" } } });
  });

  test("a rollout comes region after region, and a rollback in time spares the last", () => {
    const rollout = (ends: string) =>
      withFault(`{bad_deploy: [eu-west-1, us-east-1], failing: 40%, crashing: 25%, stagger: 3m, at: 1m, for: ${ends}}`);
    expect(
      rollout("5m").faults.map(({ label, regions, at, until }) => [label, regions, at / MINUTE, until / MINUTE]),
    ).toEqual([
      ["bad-deploy eu-west-1", [1], 1, 6],
      ["bad-deploy us-east-1", [0], 4, 6],
    ]);
    expect(rollout("3m").faults.map(({ label }) => label)).toEqual(["bad-deploy eu-west-1"]);
    expect(rollout("3m").faults[0]!.hardships.region).toMatchObject({ failing: 0.4, capacity: 0.75, abrupt: true });
  });
});

describe("where round trips come from", () => {
  test("distance classes, when asked for", () => {
    const plan = plans(broken("aws-2024-04", "distance-classes"))[0]!;
    expect(roundTrip(plan.network.laws[1]!, 0.5)).toBe(90_000);
    expect(run({ ...plan, duration: MINUTE }, "1").summary["availability"]).toBe(1);
  });

  test("a user's CSV beside the scenario", () => {
    const csv = "from,to,p10,p25,p50,p75,p90,p99\nus-east-1,eu-west-1,100,110,120,130,140,150\n";
    const plan = compile(scenario(broken("aws-2024-04", "mine.csv"), () => csv)).plans[0]!;
    expect([1, 3].map((link) => roundTrip(plan.network.laws[link]!, 0.5))).toEqual([120_000, 120_000]);
  });

  test("what is not measured is estimated, and that is said", () => {
    const { notes } = compile(
      scenario(broken("us-east-1: {instances: 2, workers: 8}", "us-east-1: {}\n    eastus: {}")),
    );
    expect(notes.map(({ message }) => message).join()).toContain("us-east-1 to eastus is not in the table");
  });
});

test("--full scales users and capacity alike", () => {
  const {
    plans: [plan],
    factor,
  } = compile(scenario(GOOD), 1000);
  expect(meanRate(plan!)).toBeCloseTo(1000, 6);
  expect(plan!.regions[0]!.workersPerInstance).toBe(Math.round(8 * factor));
});

test("another architecture or region shifts no name that a random stream is named after", () => {
  const more = plans(`${GOOD}  more: {pattern: active-active, dns: {ttl: 5s}}\n`);
  expect(more.slice(0, 2)).toEqual(plans(GOOD));
});

test("users who are led to regions that take no writes, and are not handed on, are noted; others are not", () => {
  const told = (more: string): string[] => {
    const parsed = parseScenario(`${GOOD}  mine: {primary: us-east-1, placement: everywhere, conflict: none${more}}\n`);
    if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("; "));
    return compile(parsed.scenario).notes.flatMap(({ message }) =>
      message.includes("write nothing") ? [message] : [],
    );
  };
  const led = ", replication: async, failover: automatic, routing: latency";
  expect(told(led)).toEqual([expect.stringContaining("choose misdirected: forward, or routing: primary")]);
  expect(told(`${led}, misdirected: forward`)).toEqual([]);
  expect(told(led.replace("latency", "primary"))).toEqual([]);
  expect(told(", replication: raft, failover: consensus, routing: geolocation")).toHaveLength(1);
});
