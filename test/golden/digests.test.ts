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

function digests(scenario: string, node?: string): Record<string, string> {
  const out = mkdtempSync(join(tmpdir(), "faultline-"));
  const { code, err } = faultline(
    ["compare", `scenarios/${scenario}.yaml`, "--seeds", "1", "--quiet", "--out", out],
    ROOT,
    node,
  );
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

  for (const version of ["22", "24"]) {
    const node = process.env[`FAULTLINE_NODE_${version}`];
    test.skipIf(node === undefined)(
      `gives the pinned digests on Node ${version}${node === undefined ? ` (not run: FAULTLINE_NODE_${version} names no binary; .ci/run fetches one)` : ""}`,
      () => {
        expect(digests(scenario, node)).toEqual(expected);
      },
    );
  }
});
