import { expect, test } from "vitest";
import { parted, wholeOf } from "../../src/cli/quiet-runs.js";
import type { Outcome } from "../../src/simulation/outcome.js";
import type { Plan } from "../../src/simulation/plan.js";
import type { FailedRun } from "../../src/sweep/sweep.js";

const plans = ["a", "b"].map((architecture) => ({ architecture }) as Plan);
const made = (name: string) => ({ architecture: name }) as Outcome;
const failed = (architecture: string, seed: string) => ({ architecture, seed }) as FailedRun;

test("a sweep over plans and their quiet twins parts, and a run is told as failed once, and only where it is compared", () => {
  const [a, b] = [made("a"), made("b")];
  const swept = {
    outcomes: [
      [a, null, a, null],
      [a, b, null, b],
    ],
    seeds: ["1", "2"],
    failed: [failed("b", "1"), failed("b", "1"), failed("a", "2"), failed("b", "3")],
    complete: false,
    kept: [],
  };
  const { main, quiet } = parted(swept, plans);
  expect(main.outcomes).toEqual([
    [a, null],
    [a, b],
  ]);
  expect(quiet).toEqual([
    [a, null],
    [null, b],
  ]);
  // Seed 3 is not among the finished ones: what failed there is told as before.
  expect(main.failed.map(({ architecture, seed }) => architecture + seed)).toEqual(["b1", "b3"]);
  expect([wholeOf(main.outcomes, 0), wholeOf(main.outcomes, 1)]).toEqual([[a, a], null]);
});
