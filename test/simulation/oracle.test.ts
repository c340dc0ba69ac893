import { describe, expect, test } from "vitest";
import { onRegions } from "../../src/faults/region-faults.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { NO_STORAGE, activeActive, between, dataClass, fault, outage, singlePrimary } from "./plans.js";
import { Reference } from "./reference.js";

/** Few keys and high rates, so that everything that can happen to a key happens often. */
const small = (plan: Plan, faults: readonly FaultPlan[]): Plan => ({
  ...plan,
  duration: 6 * MINUTE,
  faults,
  places: plan.places.map((place) => ({ ...place, rate: 12, readShare: 0.5 })),
  data: { ...plan.data, classes: [dataClass({ keys: 40 })], size: 50_000_000 },
  policies: {
    ...plan.policies,
    replication: {
      ...plan.policies.replication,
      options: { ...plan.policies.replication.options, batch: 400 * MILLISECOND },
    },
  },
});

const cut = (at: number, seconds: number): FaultPlan => ({
  ...fault(),
  at,
  until: at + seconds * SECOND,
  links: between([0], [1, 2]),
});
const skew = (at: number): FaultPlan => ({
  ...fault(),
  at,
  regions: [1],
  hardships: onRegions({ skew: -300 * MILLISECOND }),
});

/** Syncs every three seconds, and a power cut that takes what was not synced. */
const unsynced = (plan: Plan, at: number, region = 0): Plan => ({
  ...small(plan, [
    {
      ...fault(),
      at,
      until: at + 40 * SECOND,
      regions: [region],
      hardships: onRegions({ dark: true, disks: "synced" }),
    },
    {
      ...fault(),
      at: at + 2 * MINUTE,
      until: at + 130 * SECOND,
      regions: [region],
      hardships: onRegions({ hostDead: true, disks: "synced" }),
    },
  ]),
  storage: { ...NO_STORAGE, sync: "interval", every: 3 * SECOND, fsync: 5 * MILLISECOND, bandwidth: 50e6 },
});

/** Each copy applies so many writes a second. */
const slowly = (plan: Plan, rate: number): Plan => ({
  ...plan,
  storage: { ...plan.storage, apply: { rate, workers: 1 } },
});

const MULTI = [...Array(3).keys()].flatMap((seed) => [
  { name: "calm", plan: small(activeActive(), []), seed },
  { name: "cut", plan: small(activeActive(), [cut(MINUTE, 90)]), seed },
  { name: "outage, disks kept", plan: small(activeActive(), [outage(0, MINUTE, 2)]), seed },
  { name: "outage, disks lost", plan: small(activeActive(), [outage(0, MINUTE, 2, false)]), seed },
  { name: "dark to the end", plan: small(activeActive(), [outage(1, 3 * MINUTE, 20)]), seed },
  { name: "cut and outage", plan: small(activeActive(), [cut(MINUTE, 60), outage(2, 80 * SECOND, 1, false)]), seed },
  { name: "power cuts", plan: unsynced(activeActive(), MINUTE), seed },
  { name: "power cuts while little is applied", plan: slowly(unsynced(activeActive(), MINUTE), 12), seed },
  {
    name: "cut and outage while little is applied",
    plan: slowly(small(activeActive(), [cut(MINUTE, 60), outage(2, 80 * SECOND, 1, false)]), 12),
    seed,
  },
  { name: "skew", plan: small(activeActive(), [skew(MINUTE), cut(2 * MINUTE, 30)]), seed },
]);
const fencing = (mode: Plan["failover"]["fencing"]): Partial<Plan> => ({
  failover: { ...singlePrimary().failover, fencing: mode, failback: 30 * SECOND },
});
const SINGLE = [...Array(3).keys()].flatMap((seed) => [
  { name: "crash, disks kept", plan: small(singlePrimary(), [outage(0, MINUTE, 2)]), seed },
  { name: "crash, disks lost", plan: small(singlePrimary(), [outage(0, MINUTE, 2, false)]), seed },
  { name: "isolated, no fence", plan: small(singlePrimary(fencing("none")), [cut(MINUTE, 100)]), seed },
  { name: "isolated, lease", plan: small(singlePrimary(fencing("lease")), [cut(MINUTE, 100)]), seed },
  { name: "isolated, epoch", plan: small(singlePrimary(fencing("epoch")), [cut(MINUTE, 100)]), seed },
  { name: "power cuts of the primary", plan: unsynced(singlePrimary(), MINUTE), seed },
  { name: "power cuts of the standby", plan: unsynced(singlePrimary(), MINUTE, 1), seed },
  { name: "standby dark", plan: small(singlePrimary(), [outage(1, MINUTE, 2, false)]), seed },
]);

describe.each([...MULTI, ...SINGLE])("$name, seed $seed", ({ plan, seed }) => {
  test("the oracle agrees with a brute-force replay", () => {
    const reference: Reference = new Reference(plan.regions.length, (write) => reference.world.writes.key[write]!);
    const world = new World(plan, String(seed), [reference]);
    reference.world = world;
    world.run();
    const { oracle } = world;
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
    expect(reference.facts.length).toBeGreaterThan(1000);
    expect(sum(oracle.conflicts)).toBe(reference.conflicts);
    expect(sum(oracle.staleReads)).toBe(reference.staleReads);
    const start = plan.faults.length === 0 ? 0 : Math.max(...plan.faults.map((each) => each.at));
    const { points, ...fates } = reference.fates(plan.data.shards, start);
    const { lost, unavailable, surviving, superseded, overwritten } = oracle;
    expect({ lost, unavailable, surviving, superseded, overwritten }).toEqual(fates);
    expect(lost + unavailable + surviving + superseded + overwritten).toBe(oracle.acknowledged);
    if (plan.faults.length === 1) expect([...oracle.recoveryPoints[0]!]).toEqual(points);
  });
});
