import { expect, test } from "vitest";
import { type Range, type Report, Tally, inWords } from "../../src/testing/report.js";
import { RUN_LAWS, scenarioOf, tryOut } from "../../src/testing/trial.js";
import { LEASED, onePrimary } from "../../src/testing/worlds.js";

const SEEDS = Number(process.env["LAWS"] ?? 10);
const GUARANTEES = ["read-your-writes", "monotonic-reads", "monotonic-writes", "writes-follow-reads"];

function sessions(range: Range): Report {
  const tally = new Tally("consistency", "session", "checkConsistency", range);
  const architecture = onePrimary("{use: semi-sync}", "session", LEASED);
  return tally.each((seed) => {
    const world = { architecture, weather: { disks: ["kept", "synced", "lost"] as const }, keys: 12 };
    const tried = { checks: [...GUARANTEES, "convergence"], recovers: true };
    tryOut(tally, seed, scenarioOf("semi-sync session", seed, world), {}, tried);
  });
}

test("sessions keep their guarantees on a primary that waits for a standby, whatever disks lose", () => {
  const { findings, held } = sessions({ seeds: SEEDS });
  expect(findings.map(inWords)).toEqual([]);
  for (const guarantee of GUARANTEES) expect(held[guarantee]).toBe(SEEDS);
});

test("who has lost every copy is not asked to serve again", () => {
  const { findings, undecided } = sessions({ first: 175, seeds: 1 });
  expect(findings.map(inWords)).toEqual([]);
  expect(undecided).toEqual({ [RUN_LAWS.recovers]: 1 });
});

// Two failovers in a row, the second to who had more of the first term than the first one's successor.
test.each([143, 156])("and under seed %i, where they once did not", (seed) => {
  expect(sessions({ first: seed, seeds: 1 }).findings.map(inWords)).toEqual([]);
});
