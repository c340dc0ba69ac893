import { expect, test } from "vitest";
import { bundledScenarios } from "../../src/cli/bundled.js";
import { compile } from "../../src/scenario/compile.js";
import { run } from "../../src/simulation/run.js";

const bundled = bundledScenarios();
const planOf = (scenario: string, architecture: string) =>
  compile(bundled.get(scenario)!).plans.find((plan) => plan.architecture === architecture)!;

test("a fleet that is scaled takes as many hours by the meters as by its own metric", () => {
  const plan = { ...planOf("autoscaling", "autoscaled"), duration: 600_000_000 };
  const { meters, summary } = run(plan, "3");
  const hours = meters.instanceHours.reduce((sum, each) => sum + each, 0);
  expect(hours).toBeCloseTo(summary["server_hours"]!, 9);
});

test("a site that waits for a backup has neither instances nor a copy until people restore one there", () => {
  const plan = planOf("ladder", "backup-and-restore");
  const { meters } = run(plan, "1");
  const [home, site] = plan.regions.map(({ name }) => name).map((_, id) => id) as [number, number];
  // The outage takes 45 of 90 minutes; the instances are launched again when it is over.
  expect(meters.instanceHours[home]).toBeCloseTo(10 * 0.75, 9);
  expect(meters.storedBytes[home]).toBe(300e9);
  // People decide for a quarter of an hour after the outage at 15 minutes, then read for five.
  expect(meters.storedBytes[site]!).toBeGreaterThan(0);
  expect(meters.storedBytes[site]!).toBeLessThan(300e9 * (1 - 35 / 90));
  expect(meters.instanceHours[site]!).toBeLessThan(10 * 1.5 * (1 - 30 / 90));
  expect(meters.instanceHours[site]!).toBeGreaterThan(0);

  expect(meters.calm).toMatchObject({ duration: 900_000_000, instanceHours: [2.5, 0], storedBytes: [300e9, 0] });

  const calm = run({ ...plan, faults: [] }, "1").meters;
  expect(calm.instanceHours).toEqual([15, 0]);
  expect(calm.storedBytes).toEqual([300e9, 0]);
});

test("what is as always ends with the first order that is carried out: a whole copy made for it comes once a month", () => {
  const order = (kind: "pause" | "reset", region: number, at: number) =>
    ({ at, entry: 0, label: kind, order: { kind, region } }) as const;
  const base = planOf("planned-maintenance", "left-to-itself");
  const plan = { ...base, duration: 180_000_000, faults: [] };
  const quiet = run({ ...plan, actions: [] }, "1").meters;
  expect(quiet.calm).toBeNull();
  // The leader does not give up its copy: that order is refused and ends nothing.
  const actions = [order("reset", 0, 60_000_000), order("reset", 1, 90_000_000)];
  const { calm, transferBytes } = run({ ...plan, actions }, "1").meters;
  expect(calm!.duration).toBe(90_000_000);
  // Gigabytes of 20 have gone to the second region in a minute and a half, and none before.
  expect(transferBytes[1]! - quiet.transferBytes[1]!).toBeGreaterThan(3e9);
  expect(calm!.transferBytes[1]!).toBeLessThan(quiet.transferBytes[1]!);
});
