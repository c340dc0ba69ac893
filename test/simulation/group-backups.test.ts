import { expect, test } from "vitest";
import { CHECKERS, runChecker } from "../../src/check/catalogue.js";
import { Ledger } from "../../src/fates/ledger.js";
import { compile } from "../../src/scenario/compile.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import type { Plan } from "../../src/simulation/plan.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { recorded } from "./recorded.js";

/** Profiles by law in Europe, media in America; each has its own copies, leader and backups. */
const scenario = (faults: string, settings: string, replication: string): string => `question: restored apart?
duration: 20m
topology:
  latency: aws-2024-04
  regions: {us-east-1: {}, us-west-2: {}, eu-west-1: {}, eu-central-1: {}}
users:
  - {place: New York, requests: 5/s, reads: 60%, sessions: 20}
  - {place: Frankfurt, requests: 5/s, reads: 60%, sessions: 20}
data:
  size: 2 GB
  classes:
    profiles: {share: 50%, keys: 200, value: 2 KB}
    media: {share: 50%, keys: 200, value: 2 KB}
governance:
  data_residency:
    - {type: profiles, allowed_regions: [eu-west-1, eu-central-1]}
    - {type: media, allowed_regions: [us-east-1, us-west-2]}
faults: ${faults}
architectures:
  apart:
    ${replication}
    backups: {interval: 1m, respond: 1m, restore: 20 MB/s, ${settings}}
`;
const LED = "{pattern: active-passive, primary: us-east-1, placement: everywhere}"
  .slice(1, -1)
  .replaceAll(", ", "\n    ");
const ALL = "{pattern: active-active}".slice(1, -1);

function planOf(text: string): Plan {
  const parsed = parseScenario(text, { file: "s.yaml" });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return compile(parsed.scenario).plans[0]!;
}

/** Both disks of Europe are lost: nobody has a profile any more, and the media are whole. */
const EUROPE = `
  - {region_outage: eu-west-1, at: 10m, for: 90s, disks: lost}
  - {region_outage: eu-central-1, at: 10m, for: 90s, disks: lost}`;

test("the backups of each group are beside its leader, and of no group where the law forbids it", () => {
  const { backups, placement } = planOf(scenario("[]", "", LED));
  const holders = placement!.groups.map(({ holders: all }) => all);
  expect(holders).toEqual([
    [2, 3],
    [0, 1],
  ]);
  expect(backups!.regions).toEqual([2, 0]);
});

test.each([
  ["one leader a group", LED],
  ["all primaries", ALL],
])("of a group whose disks are all lost its own backup is restored, and the other loses nothing: %s", (_, kind) => {
  const { outcome, record } = recorded(planOf(scenario(EUROPE, "point_in_time: never", kind)));
  const { summary } = outcome;
  const restored = record.copies!.filter(({ what }) => what === "restored");
  expect(restored.map(({ group }) => group)).toEqual([0]);
  // A minute to respond after the disks are empty, and half of the data at 20 MB/s.
  expect(restored[0]!.time).toBeGreaterThanOrEqual(11 * MINUTE + 50 * SECOND);
  expect(restored[0]!.time).toBeLessThan(14 * MINUTE);
  // What was written since the last backup, a minute before at most.
  expect(summary["lost_acknowledged_writes"]).toBeGreaterThan(0);
  expect(summary["lost_acknowledged_writes"]).toBeLessThan(140);
  const ledger = new Ledger(record);
  const lost = ledger.withFate("lost");
  expect(lost).toHaveLength(summary["lost_acknowledged_writes"]!);
  for (const write of lost) expect(record.operations.key[write]).toBeLessThan(200);
  const verdicts = ["convergence", "residency", "exactly-once"].map((name) => {
    const { verdict, reason } = runChecker(CHECKERS.find((each) => each.name === name)!, record);
    // The last writes of the run are still on their way.
    return verdict === "unknown" && reason.includes("was catching up") ? "true" : `${verdict}`;
  });
  expect(verdicts).toEqual(["true", "true", "true"]);
  expect(summary["misplaced_writes"]).toBe(0);
});

test("a deletion by mistake is mended in each group, as of the moment before it", () => {
  const fault = "[{operator_error: deletion, at: 10m, share: 30%, detect_after: 1m}]";
  const { outcome, record } = recorded(planOf(scenario(fault, "point_in_time: 30s", LED)));
  const restored = record.copies!.filter(({ what }) => what === "restored");
  expect(restored.map(({ group }) => group).toSorted()).toEqual([0, 1]);
  expect(restored.map(({ asOf }) => asOf)).toEqual([10 * MINUTE, 10 * MINUTE]);
  expect(outcome.summary["lost_acknowledged_writes"]).toBeGreaterThan(0);
});

test("where the law is only looked at, backups of a class that rest where they may not be are told", () => {
  const where =
    "placement: {use: everywhere, for: {profiles: [eu-west-1, eu-central-1], media: [us-east-1, us-west-2]}}";
  const observed = `${ALL}\n    governance: {mode: observe}\n    ${where}`;
  const { outcome, record } = recorded(planOf(scenario("[]", "region: us-east-1, point_in_time: never", observed)));
  expect(outcome.summary["misplaced_writes"]).toBeGreaterThan(100);
  expect(record.rests!.every(({ as, region }) => as === "backup" && region === 0)).toBe(true);
  expect(runChecker(CHECKERS.find(({ name }) => name === "residency")!, record).verdict).toBe("false");
});
