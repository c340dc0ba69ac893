import { describe, expect, test } from "vitest";
import { compile } from "../../src/scenario/compile.js";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import type { Plan } from "../../src/simulation/plan.js";
import { MILLISECOND } from "../../src/units/time.js";
import { GOOD, broken } from "./helpers.js";

/** The good scenario with a third region and one architecture. */
const quorum = (architecture: string, more = ""): string => {
  const third = "    eu-west-1: {instances: 2, workers: 8}\n";
  const [start] = broken(third, `${third}    ap-southeast-1: {}\n`).split("architectures:");
  return `${start}${more}architectures:\n  q: {${architecture}}\n`;
};

function problems(text: string): string[] {
  const result = parseScenario(text, { file: "s.yaml" });
  return result.ok ? [] : result.problems.map((problem) => formatProblem(problem));
}

function planOf(text: string): Plan {
  const result = parseScenario(text);
  if (!result.ok) throw new Error(result.problems.map((problem) => formatProblem(problem)).join("\n"));
  return compile(result.scenario).plans[0]!;
}

test("all numbers that do not fit are told at once", () => {
  const options = "copies: 4, write_quorum: 9, read_quorum: 5, anti_entropy: 1ms";
  const told = problems(quorum(`replication: {use: quorum, ${options}}`));
  for (const words of [
    "4 copies, but 3 regions",
    "write_quorum is 9, but a key has 3",
    "read_quorum is 5",
    "too often",
  ])
    expect(told.filter((each) => each.includes(words))).toHaveLength(1);
  // A level follows the number of copies: nothing is wrong with it by itself.
  expect(problems(quorum("replication: {use: quorum, copies: 4, write: all}"))).toHaveLength(1);
});

test.each([
  ["placement: leader-and-standbys, standbys: [eu-west-1]", 1, "2 standbys, but 1 holds a copy", "1 to 1"],
  ["placement: everywhere", 2, "3 standbys, but 2 hold a copy", "1 to 2"],
  ["placement: leader-only", 0, "there is none", "a standby at least"],
])("more acknowledgements than standbys: %s", (placement, most, message, expected) => {
  const told = (acknowledgements: number): string =>
    problems(
      quorum(
        `primary: us-east-1, ${placement}, conflict: none, failover: none, routing: primary, replication: {use: semi-sync, acknowledgements: ${acknowledgements}}`,
      ),
    ).join("\n");
  expect(told(most + 1)).toMatch(/^s\.yaml:14:\d+: error/);
  expect(told(most + 1)).toContain(message);
  expect(told(most + 1)).toContain(expected);
  if (most > 0) expect(told(most)).toBe("");
});

test("a failover that could promote nobody is noted where it stands", () => {
  const alone = (failover: string) =>
    parseScenario(
      quorum(
        `primary: us-east-1, placement: leader-only, replication: async, conflict: none, routing: primary, ${failover}`,
      ),
      { file: "s.yaml" },
    );
  const notes = (failover: string): string[] => {
    const result = alone(failover);
    return result.ok ? result.scenario.notes.map((each) => formatProblem(each)) : ["refused"];
  };
  expect(notes("failover: automatic").join()).toMatch(/s\.yaml:14:\d+: note: .*nobody to promote/);
  expect(notes("failover: none").join()).not.toContain("nobody to promote");
});

test.each([
  [
    "each key cannot have more copies than regions hold",
    "replication: {use: quorum, copies: 4}",
    ["s.yaml:14:42", "4 copies", "3 or less"],
  ],
  [
    "a write quorum larger than N",
    "replication: {use: quorum, write_quorum: 4}",
    ["s.yaml:14:", "write_quorum is 4", "1 to 3"],
  ],
  [
    "a read quorum larger than N",
    "replication: {use: quorum, copies: 2, read_quorum: 3}",
    ["s.yaml:14:", "read_quorum is 3", "1 to 2"],
  ],
  [
    "a sloppy quorum of everybody",
    "replication: {use: quorum, sloppy: true}",
    ["s.yaml:14:", "no owner", "copies below 3"],
  ],
  [
    "a comparison each millisecond",
    "replication: {use: quorum, anti_entropy: 1ms}",
    ["s.yaml:14:", "too often", "1s or more"],
  ],
  [
    "no conflict policy",
    "replication: quorum, conflict: none",
    ["s.yaml:14:", "two regions write one key", "last-write-wins"],
  ],
  [
    "a rate of applying",
    "replication: quorum, storage: {apply: {rate: 10/s}}",
    ["s.yaml:14:", "must show it at once", "storage.apply"],
  ],
  ["a leader", "replication: quorum, primary: eu-west-1", ["s.yaml:14:", "has no primary"]],
  ["an unknown level", "replication: {use: quorum, write: most}", ["s.yaml:14:", "one of quorum, one, all"]],
  [
    "a list of copies where the placement knows",
    "replication: quorum, replicas: [eu-west-1]",
    ["s.yaml:14:", "knows by itself"],
  ],
  [
    "no list where one is needed",
    "replication: quorum, placement: listed",
    ["s.yaml:14:", "and none is", "replicas: ["],
  ],
  [
    "a region listed twice",
    "replication: quorum, placement: listed, replicas: [eu-west-1, eu-west-1]",
    ["s.yaml:14:", "listed twice"],
  ],
  [
    "an unknown region in the list",
    "replication: quorum, placement: listed, replicas: [eu-west-9]",
    ["s.yaml:14:", 'no region "eu-west-9"'],
  ],
])("%s is refused, with its place and the way out", (_, architecture, words) => {
  const found = problems(quorum(architecture));
  for (const word of words) expect(found.join("\n")).toContain(word);
});

test("counters and siblings need no copy where somebody counts and writes", () => {
  const sloppy = "replication: {use: quorum, copies: 2, sloppy: true}";
  expect(problems(quorum(sloppy, "data: {holds: counter}\n"))).toEqual([]);
  expect(problems(quorum(`${sloppy}, conflict: dotted-version-vectors`))).toEqual([]);
});

test("a region that is not listed has no copy, and serves its users all the same", () => {
  const { regions } = planOf(quorum("replication: quorum, placement: listed, replicas: [us-east-1, eu-west-1]"));
  expect(regions.map(({ replica, coordinates }) => [replica, coordinates])).toEqual([
    [true, true],
    [true, true],
    [false, true],
  ]);
});

describe("laws of one-way delays", () => {
  const oneWay = (laws: string): string =>
    quorum("replication: quorum").replace("  regions:\n", `  one_way: {${laws}}\n  regions:\n`);

  test("are read by the verb of the letter", () => {
    const text = oneWay(
      "store: {mixture: [{share: 38%, pareto: {least: 1.05ms, shape: 1.51}}, {share: 62%, exponential: 5464us}]}, default: {uniform: {from: 30ms, to: 40ms}}, read: {constant: 2ms}",
    );
    expect(problems(text)).toEqual([]);
    expect(planOf(text).network.oneWay).toEqual({
      store: {
        kind: "mixture",
        parts: [
          [0.38, { kind: "pareto", scale: 1050, shape: 1.51 }],
          [0.62, { kind: "exponential", mean: 5464 }],
        ],
      },
      default: { kind: "uniform", from: 30 * MILLISECOND, to: 40 * MILLISECOND },
      read: { kind: "constant", value: 2 * MILLISECOND },
    });
  });

  test.each([
    ["a verb that nobody says", "stor: {constant: 2ms}", ['did you mean "store"?', "s.yaml:5:13"]],
    ["two laws at once", "store: {constant: 2ms, exponential: 3ms}", ["exactly one of"]],
    [
      "shares that are not all",
      "store: {mixture: [{share: 50%, constant: 1ms}, {share: 40%, constant: 2ms}]}",
      ["sum to 100%"],
    ],
    ["bounds the wrong way round", "store: {uniform: {from: 3ms, to: 2ms}}", ["lower bound"]],
    ["a tail without end", "store: {pareto: {least: 1ms, shape: 0}}", ["shape of 0.5"]],
  ])("%s are refused", (_, laws, words) => {
    const found = problems(oneWay(laws)).join("\n");
    for (const word of words) expect(found).toContain(word);
  });
});

test("the good scenario is good", () => {
  expect(problems(GOOD)).toEqual([]);
});
