import { expect, test } from "vitest";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { GOOD } from "./helpers.js";

const [START] = GOOD.split("architectures:") as [string];
function told(architecture: string, data = ""): string {
  const parsed = parseScenario(`${START}${data}architectures:\n  a: {${architecture}}\n`, { file: "s.yaml" });
  return parsed.ok ? "" : parsed.problems.map((each) => formatProblem(each)).join("\n");
}
const PAIR = "primary: us-east-1, standby: eu-west-1";
const NOBODY = "every region that could serve is drained, so nobody serves";

test("a primary to which routing leads every user is not drained", () => {
  const text = told(`pattern: active-passive, ${PAIR}, drained: [us-east-1]`);
  expect(text).toMatch(/^s\.yaml:\d+:\d+: error: us-east-1 is drained, and routing primary leads every user to it/);
  expect(text).toContain("choose routing: latency, with misdirected: forward");
  expect(told(`pattern: active-passive, ${PAIR}, drained: [us-east-1], routing: latency, misdirected: forward`)).toBe(
    "",
  );
  expect(told(`pattern: active-passive, ${PAIR}, drained: [eu-west-1]`)).toBe("");
});

test.each([
  ["by weights", "pattern: active-active, routing: {use: weighted, weights: {us-east-1: 1}}, drained: [us-east-1]"],
  ["by an order", "pattern: active-active, routing: {use: failover-order, regions: [us-east-1]}, drained: [us-east-1]"],
  [
    "by where the copies are",
    "placement: listed, replicas: [us-east-1], replication: multi-primary, conflict: last-write-wins, routing: latency, drained: [us-east-1]",
  ],
])("somebody is left to serve: %s", (_, architecture) => {
  expect(told(architecture)).toContain(NOBODY);
  expect(told(architecture.replace("drained: [us-east-1]", "drained: [eu-west-1]"))).toBe("");
});

test("a class that the law leaves in drained regions alone is served by nobody, where there is nothing else", () => {
  const law = "governance: {data_residency: [{type: p, allowed_regions: [eu-west-1]}]}";
  const data = "data: {classes: {p: {share: 100%}}}\n";
  expect(told(`pattern: active-active, drained: [eu-west-1], ${law}`, data)).toContain(NOBODY);
  expect(told(`pattern: active-active, drained: [us-east-1], ${law}`, data)).toBe("");
});
