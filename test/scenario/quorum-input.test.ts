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
