import { describe, expect, test } from "vitest";
import { compile } from "../../src/scenario/compile.js";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { run } from "../../src/simulation/run.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { GOOD } from "./helpers.js";

/** The action stands in line 15, its text behind "do: " from column 19 on. */
const acting = (action: string): string => `${GOOD}actions:\n  - {${action}}\n`;
const doing = (text: string, more = ", in: one"): string => acting(`at: 90s, do: ${text}${more}`);

const ADDED = "{at: 2m, do: region add eu-central-1, in: one}";
const acts = (first: string, second: string, where = "one"): string =>
  `${GOOD}actions:\n  - {at: ${first}, in: ${where}}\n  - ${second}\n`;

function problems(text: string): string[] {
  const result = parseScenario(text, { file: "s.yaml" });
  return result.ok ? [] : result.problems.map((problem) => formatProblem(problem));
}

function actionsOf(text: string) {
  const result = parseScenario(text);
  if (!result.ok) throw new Error(result.problems.map((problem) => formatProblem(problem)).join("\n"));
  return compile(result.scenario).plans.map(({ actions }) => actions);
}

test("orders are compiled for the architectures that they are given in, by their moments", () => {
  const text = `${GOOD}actions:
  - {at: 3m, do: region promote --name=eu-west-1, in: [one]}
  - {at: 90s, do: "chaos test --scenario=zone-failure --region=eu-west-1 --zone=b --for=1m"}
  - {at: 3m, do: replication pause us-east-1, in: one}
`;
  const [both, one] = actionsOf(text);
  expect(both!.map(({ at, entry }) => [at, entry])).toEqual([[90 * SECOND, 1]]);
  expect(one!.map(({ at, entry }) => [at, entry])).toEqual([
    [90 * SECOND, 1],
    [3 * MINUTE, 0],
    [3 * MINUTE, 2],
  ]);
  expect(one!.slice(1).map(({ order }) => order)).toEqual([
    { kind: "promote", to: 1, force: false },
    { kind: "pause", region: 0 },
  ]);
  const { order } = one![0]!;
  expect(order).toMatchObject({
    kind: "fault",
    fault: { label: "zone-outage eu-west-1", regions: [1], at: 90 * SECOND, until: 150 * SECOND },
  });
  expect(order.kind === "fault" && order.fault.hardships.region!.zones).toBe(2);
});

test("what only looks may stand there, every word of the seed, and orders nothing", () => {
  const looks = [
    "region list",
    "replication status",
    "health check --all-regions",
    "health history --region=us-east-1 --days=7",
    "cost analyze --breakdown=region",
    "cost forecast --months=3",
    "cost optimize --suggest",
    "latency test --from=all --to=all",
    "failover test --dry-run",
    "chaos test --scenario=region-failure --region=us-east-1 --dry-run",
  ];
  const text = `${GOOD}actions:\n${looks.map((line) => `  - {at: 1m, do: ${line}}\n`).join("")}`;
  expect(actionsOf(text)).toEqual([[], []]);
});

test("a scenario without orders has plans without them, and one with an empty list the same digests", () => {
  expect(actionsOf(GOOD)).toEqual([undefined, undefined]);
  const [plain, empty] = [GOOD, `${GOOD}actions: []\n`].map((text) => {
    const result = parseScenario(text);
    return run(compile(result.ok ? result.scenario : (null as never)).plans[1]!, "1").digests;
  });
  expect(empty).toEqual(plain);
});

describe("a bad order is told where it stands in its text", () => {
  test.each([
    ["an unknown region", doing("region promote eu-wst-1"), "16:34", 'did you mean "eu-west-1"?'],
    ["in quotes", doing('"region promote eu-wst-1"'), "16:35", 'did you mean "eu-west-1"?'],
    ["an unknown word", doing("regoin promote eu-west-1"), "16:19", 'did you mean "region"?'],
    ["a word of the console", doing("advance 30s"), "16:19", "what steers the console stands in no scenario"],
    ["an unknown region to look at", doing("health check mars-1"), "16:32", "`region add NAME` adds one"],
    ["a fault without its setting", doing("chaos test --scenario=slow-region --region=eu-west-1"), "16:19", "lacks"],
    [
      "a zone that is not there",
      doing("chaos test --scenario=zone-failure --region=eu-west-1 --zone=f"),
      "16:19",
      "no zone",
    ],
    ["a fault that must end", doing("chaos test --scenario=host-pause --region=eu-west-1"), "16:19", "add --for=5m"],
    ["a region that is there", doing("region add eu-west-1"), "16:30", "eu-west-1 is in this scenario already"],
    ["one of no catalogue", doing("region add --name=eu-centrl-1"), "16:37", 'did you mean "eu-central-1"?'],
    ["one of nowhere", doing("region add moon-base"), "16:30", "`faultline list regions`"],
    ["one that is no place", doing("region add eu-central-1 --type=copy"), "16:50", "replica, primary, edge"],
    [
      "a second primary",
      doing("region add eu-central-1 --type=primary"),
      "16:19",
      "`region add eu-central-1 --type=replica`, and once it serves `region promote eu-central-1`",
    ],
    ["before it is added", acts("1m, do: region promote eu-central-1", ADDED), "16:33", "is added at 2 m in one"],
    [
      "at once, and before it in the file",
      acts("2m, do: health check eu-central-1", ADDED),
      "16:31",
      "is added at 2 m",
    ],
    ["where it is not added", acts("3m, do: health check eu-central-1", ADDED, "both"), "16:31", "only there"],
    ["too late", acting("at: 10m, do: region promote eu-west-1, in: one"), "16:10", "less than 10 m"],
    ["no moment", acting("do: region promote eu-west-1, in: one"), "16:5", 'lacks "at"'],
    ["no order", acting("at: 1m"), "16:5", 'lacks "do"'],
    ["an unknown architecture", doing("region promote eu-west-1", ", in: [on]"), "16:50", "one of both, one"],
    ["no leader", doing("region promote eu-west-1", ""), "16:19", "in both, replication multi-primary has no leader"],
    ["no leader: where it could be given", doing("region promote eu-west-1", ""), "16:19", "`in: [one]`"],
  ])("%s", (_, text, where, what) => {
    const found = problems(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`s.yaml:${where}: error`);
    expect(found[0]).toContain(what);
  });

  test("data deleted more often than memory should keep", () => {
    const often = Array.from(
      { length: 21 },
      () => "  - {at: 1m, do: chaos test --scenario=operator-error --share=1%}\n",
    );
    expect(problems(`${GOOD}actions:\n${often.join("")}`)).toEqual([expect.stringContaining("deletes data 21 times")]);
  });

  test("all at once", () => {
    const two = `${GOOD}actions:\n  - {at: 11m, do: region promot x}\n  - {at: 1m, do: replication pauze us-east-1}\n`;
    expect(problems(two)).toHaveLength(3);
  });
});

describe("a region that is added", () => {
  test("is the last one, is in the laws of the network and in prices, and changes no setting of the others", () => {
    const read = parseScenario(`${GOOD}actions: [${ADDED}, {at: 3m, do: region promote eu-central-1, in: one}]\n`);
    if (!read.ok) throw new Error(read.problems[0]!.message);
    const [both, one] = compile(read.scenario).plans;
    const plain = parseScenario(GOOD);
    const [, before] = compile(plain.ok ? plain.scenario : (null as never)).plans;
    expect(both!.regions).toHaveLength(before!.regions.length);
    expect(one!.regions.slice(0, -1)).toEqual(before!.regions);
    expect(one!.regions.at(-1)).toMatchObject({ name: "eu-central-1", joins: "replica", waiting: true, replica: true });
    const sites = one!.regions.length + one!.places.length;
    expect(one!.network.laws.filter((law) => law !== null).length).toBe(sites * one!.regions.length);
    expect(one!.places[0]!.distances).toHaveLength(one!.regions.length);
    const { regions, places, network, actions, ...rest } = one!;
    const { regions: _, places: __, network: ___, actions: ____, ...others } = before!;
    expect(rest).toEqual(others);
    expect(actions!.map(({ order }) => order)).toEqual([
      { kind: "add", region: regions.length - 1 },
      { kind: "promote", to: regions.length - 1, force: false },
    ]);
    expect(read.scenario.prices.regions["eu-central-1"]).toMatchObject({ provider: "aws" });
  });

  test("has the capacity that the architecture says, and that of its first standby else", () => {
    const sized = GOOD.replace("standby: eu-west-1}", "standby: eu-west-1, capacity: {eu-central-1: {instances: 7}}}");
    const planned = (text: string) => {
      const read = parseScenario(`${text}actions: [${ADDED}]\n`);
      return compile(read.ok ? read.scenario : (null as never)).plans[1]!.regions;
    };
    expect(planned(sized).at(-1)).toMatchObject({ instances: 7, fullInstances: 7 });
    const [, standby, newcomer] = planned(GOOD);
    expect(newcomer!.instances).toBe(Math.max(1, standby!.instances));
    expect(newcomer!.fullInstances).toBe(standby!.fullInstances);
    expect(problems(sized)[0]).toContain('this scenario has no region "eu-central-1"');
    const struck = GOOD.replace("{region_outage: us-east-1,", "{region_outage: eu-central-1,");
    expect(problems(`${struck}actions: [${ADDED}]\n`)[0]).toContain("strike it by an action after that");
  });

  const fixed = (settings: string, where = "one", data = ""): string => {
    const text = GOOD.replace(new RegExp(` {2}${where}: .*`), (line) => line.replace(/\}$/, `, ${settings}}`));
    return `${text.replace("users:", `${data}users:`)}actions: [${ADDED.replace("one", where)}]\n`;
  };

  test.each([
    ["both", "replication: quorum", "the members of replication quorum are fixed"],
    ["one", "replication: raft, failover: consensus, consistency: local", "the members of replication raft are fixed"],
    ["one", "failover: lock-service", "gives the lead to those that the scenario names"],
    ["one", "governance: {gdpr_regions: [us-east-1, eu-west-1]}", "the law says where"],
    ["both", "placement: {use: geo-partitioned, copies: 1}", "kept apart"],
  ])("is refused where nobody can join: %s, %s", (where, settings, what) => {
    const data = /^(?:governance|placement)/.test(settings) ? "data: {local: 80%, personal: true}\n" : "";
    const found = problems(fixed(settings, where, data));
    expect(found.join("\n")).toContain(what);
  });
});
