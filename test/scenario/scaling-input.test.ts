import { expect, test } from "vitest";
import { formatProblem } from "../../src/scenario/problem.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { GOOD } from "./helpers.js";

const [START] = GOOD.split("architectures:") as [string];
function told(scaling: string): string[] {
  const text = `${START}architectures:\n  a: {pattern: active-active, scaling: ${scaling}}\n`;
  const parsed = parseScenario(text, { file: "s.yaml" });
  return parsed.ok ? [] : parsed.problems.map((each) => formatProblem(each).split("\n")[0]!);
}

test.each([
  ["{use: target-utilisation, least: 10, most: 5}", "10 instances always run, and 5 may; expected at most 5"],
  ["{use: target-utilisation, least: 1_000_000_000}", "scaling.least is 1_000_000_000; expected 100_000 or less"],
  ["{use: on-demand, provisioned: 20, most: 8}", "20 instances are kept ready, and a region may have 8"],
  ["{use: on-demand, provisioned: 2_000}", 'a region may have 1000; expected at most 1000, as "most" says; lower it'],
])("a fleet that cannot be is refused: %s", (scaling, expected) => {
  expect(told(scaling)).toEqual([expect.stringMatching(/^s\.yaml:\d+:\d+: error: /)]);
  expect(told(scaling)[0]).toContain(expected);
});

test("a fleet of one size is none that scales, and no contradiction", () => {
  expect(told("{use: target-utilisation, least: 5, most: 5}")).toEqual([]);
  expect(told("{use: on-demand, provisioned: 8, most: 8}")).toEqual([]);
});
