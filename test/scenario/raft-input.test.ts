import { expect, test } from "vitest";
import { compile } from "../../src/scenario/compile.js";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { broken } from "./helpers.js";

/** The good scenario with a third region and one architecture under consensus. */
const raft = (options: string, more = "placement: everywhere"): string => {
  const third = "    eu-west-1: {instances: 2, workers: 8}\n";
  const [start] = broken(third, `${third}    ap-southeast-1: {}\n`).split("architectures:");
  return `${start}architectures:
  r:
    ${more}
    primary: us-east-1
    conflict: none
    failover: consensus
    replication: {use: raft, ${options}}
`;
};

test.each([
  ["a witness that leads", "witnesses: [us-east-1]", ["s.yaml:19:41", "the primary is a witness", "other regions"]],
  ["a leader without a vote", "non_voting: [us-east-1]", ["s.yaml:19:42", "the primary does not vote"]],
  [
    "both parts at once",
    "witnesses: [eu-west-1], non_voting: [eu-west-1]",
    ["s.yaml:19:", "each region in one of the two lists", "take it out"],
  ],
  [
    "witnesses that need no copy to agree",
    "witnesses: [eu-west-1, ap-southeast-1]",
    ["s.yaml:19:41", "2 witnesses against 1 voter with data", "1 or fewer", "add copies"],
  ],
  ["a region that there is not", "witnesses: [eu-west-9]", ["s.yaml:19:42", 'no region "eu-west-9"']],
  ["a region twice", "non_voting: [eu-west-1, eu-west-1]", ["stands in the list twice"]],
])("%s is refused", (_, options, expected) => {
  const result = parseScenario(raft(options), { file: "s.yaml" });
  const found = result.ok ? "" : result.problems.map((problem) => formatProblem(problem)).join("\n");
  for (const words of expected) expect(found).toContain(words);
});

test("a witness has a host and no copy, named as one or simply left out of the copies", () => {
  for (const more of ["placement: everywhere", "placement: listed\n    replicas: [us-east-1, eu-west-1]"]) {
    const result = parseScenario(raft("witnesses: [ap-southeast-1]", more));
    if (!result.ok) throw new Error(result.problems.map((problem) => formatProblem(problem)).join("\n"));
    const { regions, policies } = compile(result.scenario).plans[0]!;
    expect(regions.map(({ replica, takesPart }) => [replica, takesPart === true])).toEqual([
      [true, false],
      [true, false],
      [false, true],
    ]);
    expect(policies.replication.options).toMatchObject({ witnesses: [2], non_voting: [] });
  }
});
