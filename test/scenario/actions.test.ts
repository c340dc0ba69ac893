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
    "region add --name=eu-central-1 --type=replica",
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
    ["an unknown region to look at", doing("health check mars-1"), "16:32", "region add mars-1"],
    ["a fault without its setting", doing("chaos test --scenario=slow-region --region=eu-west-1"), "16:19", "lacks"],
    [
      "a zone that is not there",
      doing("chaos test --scenario=zone-failure --region=eu-west-1 --zone=f"),
      "16:19",
      "no zone",
    ],
    ["a fault that must end", doing("chaos test --scenario=host-pause --region=eu-west-1"), "16:19", "add --for=5m"],
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
