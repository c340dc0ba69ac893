import { mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT, faultline } from "../cli/cli.js";
import pinned from "./digests.json" with { type: "json" };

/**
 * Both digests of each bundled scenario, seed 1. They change only in a commit whose message says why; the new ones are
 * what `npx faultline compare SCENARIO --seeds 1` writes into manifest.json.
 */
const SCENARIOS = readdirSync(join(ROOT, "scenarios"))
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => name.replace(".yaml", ""));

interface Run {
  readonly architecture: string;
  readonly digests: { readonly events: string; readonly metrics: string };
}

function digests(scenario: string, node?: string, architecture?: string): Record<string, string> {
  const out = mkdtempSync(join(tmpdir(), "faultline-"));
  const file = `scenarios/${scenario}.yaml`;
  const what =
    architecture === undefined ? ["compare", file, "--seeds", "1"] : ["run", file, "--architecture", architecture];
  const { code, err } = faultline([...what, "--quiet", "--out", out], ROOT, node);
  if (code !== 0) throw new Error(err);
  const { runs } = JSON.parse(readFileSync(join(out, scenario, "manifest.json"), "utf8"));
  return Object.fromEntries(
    runs.map(({ architecture, digests: { events, metrics } }: Run) => [architecture, `${events} ${metrics}`]),
  );
}

test("every bundled scenario is pinned", () => {
  expect(Object.keys(pinned).toSorted()).toEqual(SCENARIOS.toSorted());
});

describe.each(SCENARIOS)("%s", (scenario) => {
  const expected = (pinned as Record<string, Record<string, string>>)[scenario];

  test(`gives the pinned digests on Node ${process.versions.node}`, () => {
    expect(digests(scenario)).toEqual(expected);
  });

  // Every third scenario on the one, every third on the other: what a Node could do to one it would do to its neighbours.
  for (const version of [["22"], ["24"], []][SCENARIOS.indexOf(scenario) % 3]!) {
    const node = process.env[`FAULTLINE_NODE_${version}`];
    test.skipIf(node === undefined)(
      // One architecture of each: the others differ in policies, and not in what a Node could do to them.
      `gives one of the pinned digests on Node ${version}${node === undefined ? ` (not run: FAULTLINE_NODE_${version} names no binary; .ci/run fetches one)` : ""}`,
      () => {
        const architectures = Object.keys(expected!);
        const one = architectures[SCENARIOS.indexOf(scenario) % architectures.length]!;
        expect(digests(scenario, node, one)).toEqual({ [one]: expected![one] });
      },
    );
  }
});
