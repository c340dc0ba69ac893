import { describe, expect, test } from "vitest";
import type { Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { MINUTE } from "../../src/units/time.js";
import { NO_STORAGE, dataClass, singlePrimary } from "./plans.js";

/** One primary, whose own users alone ask; what it accepts is brought to its read model so many a second. */
function cqrs(rate: number, projects: boolean, overrides: Partial<Plan> = {}): Plan {
  const plan = singlePrimary({ duration: 5 * MINUTE, ...overrides });
  return {
    ...plan,
    places: plan.places.map((place, index) => ({ ...place, rate: index === 0 ? 100 : 1 / 86_400 })),
    data: { ...plan.data, classes: [dataClass({ keys: 500 })] },
    storage: { ...NO_STORAGE, apply: { rate, workers: 1 }, projects },
    ...overrides,
  };
}

describe("a read model of its own", () => {
  test("is behind its own primary, which the one model never is", () => {
    const behind = run(cqrs(40, true), "1").summary;
    expect(run(cqrs(40, false), "1").summary["stale_reads"]).toBe(0);
    expect(behind["stale_reads"]).toBeGreaterThan(50);
    // The slower the projection, the more of them.
    expect(run(cqrs(31, true), "1").summary["stale_reads"]).toBeGreaterThan(1.5 * behind["stale_reads"]!);
    expect(run(cqrs(10_000, true), "1").summary["stale_reads"]).toBe(0);
  });

  test("loses nothing: every acknowledged write is shown at last, or something that replaced it", () => {
    const { summary } = run(cqrs(40, true), "1");
    expect(summary["acknowledged_writes"]).toBeGreaterThan(8000);
    expect(summary["surviving_writes"]! + summary["superseded_writes"]!).toBe(summary["acknowledged_writes"]);
    expect(summary["conflicts"]).toBe(0);
  });

  test("does not keep the primary from writing while it is behind", () => {
    const { summary } = run(cqrs(10, true), "1");
    expect(summary["failed_operations"]).toBeLessThan(10);
  });

  test("shows old values to those who compare before they set: the write model refuses them", () => {
    const swapping = (projects: boolean): number => {
      const plan = cqrs(40, projects);
      const classes = [dataClass({ keys: 500, swaps: 0.5 })];
      return run({ ...plan, data: { ...plan.data, classes } }, "1").summary["missed_swaps"]!;
    };
    expect(swapping(true)).toBeGreaterThan(1.5 * swapping(false));
  });
});

test("reads that take a third of the work leave the workers that much freer", () => {
  const used = (readWork: number): number =>
    run(cqrs(1000, true, { readWork, meters: true }), "1").summary["server_utilisation"]!;
  // Seven operations in ten read.
  const expected = (0.7 / 3 + 0.3) / 1;
  expect(used(1 / 3) / used(1)).toBeGreaterThan(expected - 0.01);
  expect(used(1 / 3) / used(1)).toBeLessThan(expected + 0.01);
});
