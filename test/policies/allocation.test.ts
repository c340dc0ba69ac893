import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** Bytes an event; docs/architecture.md states them too. */
const BUDGET = 32;
/** Where versions stand side by side: each set of them is an array. */
const SIBLINGS = 160;

const PROBE = `
  import { readFileSync } from "node:fs";
  import { compile, parseScenario } from "./dist/index.js";
  import { World } from "./dist/simulation/world.js";
  const [file, architecture] = process.argv.slice(1);
  const parsed = parseScenario(readFileSync(file, "utf8"), { path: file });
  const found = compile(parsed.scenario).plans.find((each) => each.architecture === architecture);
  const plan = { ...found, faults: [], duration: 8 * 60e6 };
  new World(plan, "warm-up").run();
  const world = new World(plan, "1");
  world.start();
  world.advance(4 * 60e6);
  globalThis.gc();
  const { dispatched } = world.engine;
  const { heapUsed } = process.memoryUsage();
  world.advance(plan.duration);
  console.log((process.memoryUsage().heapUsed - heapUsed) / (world.engine.dispatched - dispatched));
`;

/**
 * What four minutes of a calm run leave behind by event, columns of typed arrays aside, once four others have passed: in a
 * process whose young generation is so large that nothing is collected meanwhile.
 */
function steadyBytes(scenario: string, architecture: string): number {
  const flags = ["--expose-gc", "--min-semi-space-size=512", "--max-semi-space-size=512", "--input-type=module"];
  const cwd = fileURLToPath(new URL("../..", import.meta.url));
  const args = [...flags, "-e", PROBE, `scenarios/${scenario}.yaml`, architecture];
  return Number(execFileSync(process.execPath, args, { cwd, encoding: "utf8" }));
}

test.each([
  ["synchronous-standbys", "async", BUDGET],
  ["synchronous-standbys", "falls-back", BUDGET],
  ["synchronous-standbys", "sync", BUDGET],
  ["consensus-partition", "every-region-writes", BUDGET],
  ["consensus-partition", "consensus", BUDGET],
  ["quorum-partition", "majority", BUDGET],
  ["liars", "four", BUDGET],
  ["liars", "seven", BUDGET],
  ["conflict-policies", "siblings", SIBLINGS],
  ["causal-contexts", "dotted", SIBLINGS],
])("%s, %s: a message allocates next to nothing", (scenario, architecture, budget) => {
  const bytes = steadyBytes(scenario, architecture);
  expect(bytes).toBeLessThan(budget);
  // Nothing was collected, or it would be less than nothing.
  expect(bytes).toBeGreaterThan(0);
});
