import { expect, test } from "vitest";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { broken } from "./helpers.js";

const four = (more: string, data = ""): string => {
  const second = "    eu-west-1: {instances: 2, workers: 8}\n";
  const [start] = broken(second, `${second}    ap-southeast-1: {}\n    us-west-2: {}\n`).split("architectures:");
  return `${start}${data}architectures:\n  p: {replication: pbft, conflict: none, failover: none, routing: latency, ${more}}\n`;
};
const problems = (text: string): string => {
  const result = parseScenario(text, { file: "s.yaml" });
  return result.ok ? "" : result.problems.map((problem) => formatProblem(problem)).join("\n");
};

test("four copies are accepted, also for the latest reads", () => {
  expect(problems(four("placement: everywhere, consistency: linearizable"))).toBe("");
});

test.each(["counter", "set", "list"])("a %s is accepted: a command says in its place what it does", (holds) => {
  expect(problems(four("placement: everywhere", `data: {holds: ${holds}, deletes: 10%}\n`))).toBe("");
});

test.each([
  ["three copies", four("placement: listed, replicas: [us-east-1, eu-west-1, us-west-2]"), ["nobody may lie", "raft"]],
  [
    "a conflict policy",
    four("placement: everywhere").replace("conflict: none", "conflict: last-write-wins"),
    ["one order"],
  ],
  [
    "a lie that there is not",
    four("placement: everywhere").replace("region_outage: us-east-1", "byzantine: us-east-1, lie: fib"),
    ['"fib"', "equivocate"],
  ],
])("%s is refused", (_, text, expected) => {
  for (const words of expected) expect(problems(text)).toContain(words);
});
