import { expect, test } from "vitest";
import { Tally, inWords } from "../../src/testing/report.js";
import { scenarioOf, tryOut } from "../../src/testing/trial.js";
import { LEASED, onePrimary } from "../../src/testing/worlds.js";

const SEEDS = Number(process.env["LAWS"] ?? 12);
const GUARANTEES = ["read-your-writes", "monotonic-reads", "monotonic-writes", "writes-follow-reads"];

test("sessions keep their guarantees on a primary that waits for a standby, whatever disks lose", () => {
  const tally = new Tally("consistency", "session", "checkConsistency", { seeds: SEEDS });
  const architecture = onePrimary("{use: semi-sync}", "session", LEASED);
  const { findings, held } = tally.each((seed) => {
    const world = { architecture, weather: { disks: ["kept", "synced", "lost"] as const }, keys: 12 };
    const tried = { checks: [...GUARANTEES, "convergence"], recovers: true };
    tryOut(tally, seed, scenarioOf("semi-sync session", seed, world), {}, tried);
  });
  expect(findings.map(inWords)).toEqual([]);
  for (const guarantee of GUARANTEES) expect(held[guarantee]).toBe(SEEDS);
});
