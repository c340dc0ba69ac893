import { describe, expect, test } from "vitest";
import { Ledger } from "../../src/fates/ledger.js";
import { staleReads } from "../../src/fates/stale-reads.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { operationCount } from "../../src/record/record.js";
import type { Plan } from "../../src/simulation/plan.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { NO_STORAGE, activeActive, between, dataClass, fault, outage, singlePrimary } from "../simulation/plans.js";
import { recorded } from "../simulation/recorded.js";

/** Nobody tries twice: each operation is accepted once at most, as the oracle counts. */
const small = (plan: Plan, overrides: Partial<Plan> = {}): Plan => ({
  ...plan,
  duration: 6 * MINUTE,
  places: plan.places.map((place) => ({ ...place, rate: 12, readShare: 0.5 })),
  data: { ...plan.data, classes: [dataClass({ keys: 40 })], size: 50_000_000 },
  client: { ...plan.client, attempts: 1, timeout: plan.client.deadline },
  ...overrides,
});
const cut = { ...fault(), at: MINUTE, until: 160 * SECOND, links: between([0], [1, 2]) };
const skew = { ...fault(), at: MINUTE, regions: [1], hardships: onRegions({ skew: -300 * MILLISECOND }) };
const powerCut = { ...outage(0, MINUTE, 1), hardships: onRegions({ dark: true, disks: "synced" as const }) };
const late = { ...NO_STORAGE, sync: "interval" as const, every: 3 * SECOND, fsync: 5 * MILLISECOND, bandwidth: 50e6 };
const unfenced = { ...singlePrimary().failover, fencing: "none" as const, failback: 30 * SECOND };

describe.each<{ readonly name: string; readonly plan: Plan }>([
  { name: "calm", plan: small(activeActive()) },
  { name: "cut", plan: small(activeActive(), { faults: [cut] }) },
  { name: "skew", plan: small(activeActive(), { faults: [skew] }) },
  { name: "disks lost", plan: small(activeActive(), { faults: [outage(0, MINUTE, 2, false)] }) },
  { name: "dark to the end", plan: small(activeActive(), { faults: [outage(1, 3 * MINUTE, 20)] }) },
  { name: "outage of the primary", plan: small(singlePrimary(), { faults: [outage(0, MINUTE, 2)] }) },
  { name: "isolated primary", plan: small(singlePrimary(), { faults: [cut], failover: unfenced }) },
  { name: "power cut", plan: small(singlePrimary(), { faults: [powerCut], storage: late }) },
])("$name", ({ plan }) => {
  const { outcome, record } = recorded(plan);
  const ledger = new Ledger(record);

  test("the fates told from the record are those that the oracle counts", () => {
    const fates = ["surviving", "superseded", "overwritten", "unavailable", "lost"] as const;
    const counted = Object.fromEntries(fates.map((fate) => [fate, ledger.withFate(fate).length]));
    const { summary } = outcome;
    expect(counted).toEqual({
      surviving: summary["surviving_writes"],
      superseded: summary["superseded_writes"],
      overwritten: summary["overwritten_writes"],
      unavailable: summary["unavailable_writes"],
      lost: summary["lost_acknowledged_writes"],
    });
    expect(ledger.duplicates()).toEqual([]);
  });

  test("reads look stale from outside about as often as the oracle says", () => {
    const counted = outcome.summary["stale_reads"]!;
    // From outside nobody sees when within its time a read was served, nor reads whose answer never came.
    const seen = staleReads(record).length;
    expect(seen).toBeLessThanOrEqual(counted);
    expect(seen).toBeGreaterThanOrEqual(counted * 0.8 - 2);
    expect(operationCount(record)).toBeGreaterThan(1000);
  });
});

test("a write that was accepted twice is one, and is counted as a duplicate", () => {
  const { outcome, record } = recorded({ ...small(singlePrimary()), client: singlePrimary().client });
  const duplicates = new Ledger(record).duplicates();
  expect(duplicates.length).toBe(outcome.summary["duplicate_effects"]);
  expect(duplicates.length).toBeGreaterThan(0);
});
