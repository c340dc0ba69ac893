import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { bundledScenarios } from "../../src/cli/bundled.js";
import { compile } from "../../src/scenario/compile.js";
import { run } from "../../src/simulation/run.js";
import { ROOT } from "../cli/cli.js";
import pinned from "./digests.json" with { type: "json" };

/**
 * Both digests of each bundled scenario, seed 1. They change only in a commit whose message says why; the new ones are
 * what `npx faultline compare SCENARIO --seeds 1` writes into manifest.json.
 */
const PINNED = pinned as Readonly<Record<string, Readonly<Record<string, string>>>>;

const all = [...bundledScenarios()].map(([name, scenario]) => ({ name, scenario, plans: compile(scenario).plans }));

export function everyArchitectureIsPinned(): void {
  const names = (runs: readonly (readonly [string, readonly string[]])[]): unknown =>
    Object.fromEntries(runs.map(([name, architectures]) => [name, architectures.toSorted()]));
  expect(names(Object.entries(PINNED).map(([name, runs]) => [name, Object.keys(runs)]))).toEqual(
    names(all.map(({ name, plans }) => [name, plans.map((plan) => plan.architecture)])),
  );
}

/** Every other scenario, from the one at `turn` on: files run side by side, and this would be the longest. */
export function keepDigests(turn: 0 | 1): void {
  describe.each(all.filter((_, at) => at % 2 === turn))("$name", ({ name, scenario, plans }) => {
    test.each(plans.map((plan) => [plan.architecture, plan] as const))(
      "%s gives the pinned digests",
      (architecture, plan) => {
        const { events, metrics } = run(plan, "1", [], scenario.policies).digests;
        expect(`${events} ${metrics}`).toBe(PINNED[name]![architecture]);
      },
    );
  });
}

/** What a Node could do to one scenario it would do to its neighbours, and to the other architectures: one of each third. */
const sample = (third: number): [scenario: string, architecture: string][] =>
  all.flatMap(({ name }, at) => {
    const architectures = Object.keys(PINNED[name]!);
    return at % 3 === third ? [[name, architectures[at % architectures.length]!]] : [];
  });

/** Run by the built program in one process of another Node: a line for each, as pinned. */
const PROGRAM = `
  import { run } from "./dist/index.js";
  import { bundledScenarios } from "./dist/cli/bundled.js";
  import { compile } from "./dist/scenario/compile.js";
  const scenarios = bundledScenarios();
  for (const [name, architecture] of JSON.parse(process.argv[1])) {
    const scenario = scenarios.get(name);
    const plan = compile(scenario).plans.find((each) => each.architecture === architecture);
    const { events, metrics } = run(plan, "1", [], scenario.policies).digests;
    console.log(JSON.stringify([name, architecture, events + " " + metrics]));
  }`;

/** Another Node, where .ci/run has fetched one, on a third of the scenarios. */
export function keepDigestsOn(version: "22" | "24", third: 0 | 1): void {
  const node = process.env[`FAULTLINE_NODE_${version}`];
  const why = node === undefined ? ` (not run: FAULTLINE_NODE_${version} names no binary; .ci/run fetches one)` : "";
  test.skipIf(node === undefined)(
    `on Node ${version} the digests are the pinned ones too${why}`,
    () => {
      const program = ["--input-type=module", "-e", PROGRAM, JSON.stringify(sample(third))];
      const told = spawnSync(node!, program, { cwd: ROOT, encoding: "utf8" });
      expect(told.stderr).toBe("");
      const lines = told.stdout.trimEnd().split("\n");
      expect(lines.map((line) => JSON.parse(line))).toEqual(
        sample(third).map(([name, architecture]) => [name, architecture, PINNED[name]![architecture]]),
      );
    },
    600_000,
  );
}
