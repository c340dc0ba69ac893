import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** Bytes an event; docs/architecture.md states them too. */
const BUDGET = 64;
/** Where versions stand side by side: each set of them is an array. */
const SIBLINGS = 256;

const PROBE = `
  import { readFileSync } from "node:fs";
  import { compile, parseScenario } from "./dist/index.js";
  import { World } from "./dist/simulation/world.js";
  const [file, architecture] = process.argv.slice(1);
  const parsed = parseScenario(readFileSync(file, "utf8"), { path: file });
  const found = compile(parsed.scenario).plans.find((each) => each.architecture === architecture);
  const MINUTE = 60e6;
  const plan = { ...found, faults: [], duration: 12 * MINUTE };
  const world = new World(plan, "1");
  world.start();
  const costs = [3, 6, 9, 12].map((minutes) => {
    globalThis.gc();
    const { dispatched } = world.engine;
    const { heapUsed } = process.memoryUsage();
    world.advance(minutes * MINUTE);
    return (process.memoryUsage().heapUsed - heapUsed) / (world.engine.dispatched - dispatched);
  });
  console.log(Math.min(...costs.slice(1)));
`;

/**
 * What three minutes of a calm run leave behind by event, columns of typed arrays aside, in a process whose young generation
 * is so large that nothing is collected meanwhile: the least of three times, once three others have passed, since the
 * virtual machine compiles when it likes.
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
