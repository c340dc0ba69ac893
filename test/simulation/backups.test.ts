import { describe, expect, test } from "vitest";
import { operatorError } from "../../src/faults/data-faults.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { DATA_MISSING } from "../../src/simulation/causes.js";
import { Observer } from "../../src/simulation/observer.js";
import type { BackupsPlan, FaultPlan, Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { World } from "../../src/simulation/world.js";
import { HOUR, MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, dataClass, fault, outage, singlePrimary } from "./plans.js";

const KEYS = 20_000;
const AT = 10 * MINUTE;
const SHARE = 0.2;
/** 1 GB at 10 MB/s is 100 s. */
const BACKUPS: BackupsPlan = {
  interval: 24 * HOUR,
  pointInTime: 5 * MINUTE,
  retention: 24 * HOUR,
  respond: 2 * MINUTE,
  bandwidth: 10e6,
  replay: Number.POSITIVE_INFINITY,
  regions: [0],
};
const DETECT = 6 * MINUTE;
const RESTORED = AT + DETECT + BACKUPS.respond + 100 * SECOND;

const deletion: FaultPlan = {
  ...fault(),
  at: AT,
  hardships: operatorError.hardships({ share: SHARE, detect_after: DETECT }),
};

const plan = (base: Plan, faults: readonly FaultPlan[], backups: BackupsPlan | null): Plan => ({
  ...base,
  duration: 30 * MINUTE,
  faults,
  backups,
  data: { ...base.data, classes: [dataClass({ keys: KEYS, zipf: 0 })], size: 1e9 },
  places: base.places.map((place) => ({ ...place, rate: 15, readShare: 0.5 })),
});

/** Failed reads of missing data, reads served, writes acknowledged: each with its moment. */
class Watch extends Observer {
  readonly missing: number[] = [];
  readonly served: number[] = [];
  readonly acknowledged: number[] = [];
  world!: World;

  override operationEnded(_place: number, _region: number, write: boolean, _issuedAt: number, cause: number): void {
    const { now } = this.world.engine;
    if (cause === DATA_MISSING) this.missing.push(now);
    else if (cause === 0) (write ? this.acknowledged : this.served).push(now);
  }
}

function watched(plan: Plan): Watch {
  const watch = new Watch();
  watch.world = new World(plan, "1", [watch]);
  watch.world.run();
  return watch;
}
const within = (moments: readonly number[], from: number, to: number): number =>
  moments.filter((moment) => moment > from && moment < to).length;

describe.each([
  ["one primary", singlePrimary()],
  ["all primaries", activeActive()],
])("a deletion by mistake, %s", (_, base) => {
  test("reaches every copy within seconds: replication is no backup", () => {
    const { missing, served, world } = watched(plan(base, [deletion], null));
    const [from, to] = [AT + 5 * SECOND, AT + 65 * SECOND];
    // A fifth of the keys is gone, but what is written anew is there again: on average over a minute.
    const writes = 3 * 15 * 0.5;
    const still = 1 - (35 * writes) / KEYS;
    const share = within(missing, from, to) / (within(missing, from, to) + within(served, from, to));
    expect(Math.abs(share - SHARE * still)).toBeLessThan((3 * SHARE) / Math.sqrt(writes * 60 * SHARE));
    expect(within(missing, 0, AT)).toBe(0);
    expect(within(missing, 25 * MINUTE, 30 * MINUTE)).toBeGreaterThan(100);
    // Every deleted key that had been written in the ten minutes before.
    const keys = KEYS * (1 - Math.exp((-writes * 600) / KEYS)) * SHARE;
    expect(Math.abs(world.oracle.lost - keys)).toBeLessThan(4 * Math.sqrt(keys));
    expect(world.oracle.splitBrain).toBe(0);
    // The oldest of them is nearly as old as the run.
    expect(Math.max(...world.oracle.recoveryPoints[0]!) / AT).toBeGreaterThan(0.9);
  });

  test("is undone by a restore to the moment before, at the price of all that was written since", () => {
    const { missing, acknowledged, world } = watched(plan(base, [deletion], BACKUPS));
    expect(within(missing, RESTORED - 10 * SECOND, RESTORED)).toBeGreaterThan(10);
    // Those whose answer was on the wire.
    expect(within(missing, RESTORED + SECOND, 30 * MINUTE)).toBe(0);
    const { oracle, telemetry } = world;
    expect(telemetry.restores).toEqual([100 * SECOND]);
    const since = within(acknowledged, AT + SECOND, RESTORED);
    expect(since).toBeGreaterThan(12_000);
    // Those too that had been replaced by others of that time, and were forgotten before the restore.
    expect(oracle.rolledBack).toBe(oracle.lost);
    expect(oracle.rolledBack).toBeGreaterThanOrEqual(since);
    expect(oracle.rolledBack).toBeLessThanOrEqual(within(acknowledged, AT - SECOND, RESTORED + SECOND));
    expect(Math.max(...oracle.recoveryPoints[0]!)).toBe(0);
    // After the restore life goes on everywhere.
    expect(within(acknowledged, 25 * MINUTE, 30 * MINUTE)).toBeGreaterThan(0.97 * 3 * 15 * 0.5 * 300);
  });
});

describe("backups", () => {
  test("made once a day, without an archive of the log, bring back what was there at midnight", () => {
    const nightly = { ...BACKUPS, pointInTime: Number.POSITIVE_INFINITY };
    const { world } = watched(plan(singlePrimary(), [deletion], nightly));
    // Nothing of the ten minutes before the deletion.
    expect(Math.max(...world.oracle.recoveryPoints[0]!) / AT).toBeGreaterThan(0.9);
    expect(world.telemetry.restores).toHaveLength(1);
  });

  test("that are kept for too short a time do not help", () => {
    const { world } = watched(plan(singlePrimary(), [deletion], { ...BACKUPS, retention: 4 * MINUTE }));
    expect(world.telemetry.restores).toEqual([]);
    expect(world.oracle.rolledBack).toBe(0);
  });

  test("wait for the region that holds them", () => {
    const dark = outage(2, 5 * MINUTE, 18);
    const { world } = watched(plan(singlePrimary(), [deletion, dark], { ...BACKUPS, regions: [2] }));
    // Dark until minute 23; looked at once a minute.
    expect(world.telemetry.restores).toEqual([100 * SECOND]);
    expect(world.oracle.lost).toBeGreaterThan(0);
    const { missing } = watched(plan(singlePrimary(), [deletion, dark], { ...BACKUPS, regions: [2] }));
    expect(Math.max(...missing)).toBeGreaterThan(23 * MINUTE + 99 * SECOND);
    expect(Math.max(...missing)).toBeLessThan(25 * MINUTE + 5 * SECOND);
  });

  test("need the time of the log that is replayed on them", () => {
    const slow = { ...BACKUPS, replay: 100 };
    const { world } = watched(plan(singlePrimary(), [deletion], slow));
    // 3 * 15 / 2 writes a second for ten minutes, replayed at 100 a second, give or take three standard deviations.
    const replay = (3 * 15 * 0.5 * 600) / 100;
    expect(Math.abs(world.telemetry.restores[0]! / SECOND - 100 - replay)).toBeLessThan(3.5 * 1.17);
  });

  test.each([
    ["one primary", singlePrimary()],
    ["all primaries", activeActive()],
  ])("bring back all that was archived when every copy has lost its disk, %s", (_, base) => {
    const struck = base.policies.primary < 0 ? [0, 1, 2] : [0, 1];
    const all: FaultPlan = {
      ...fault(),
      at: 12 * MINUTE,
      until: 14 * MINUTE,
      regions: struck,
      hardships: onRegions({ dark: true, disks: "lost" }),
    };
    const without = run(plan(base, [all], null), "1").summary;
    const withThem = run(plan(base, [all], BACKUPS), "1").summary;
    // Without any, no copy ever comes back, and nothing is served any more.
    expect(without["rpo_seconds"]).toBeGreaterThan(700);
    expect(without["availability"]).toBeLessThan(0.5);
    // The log was archived at minute 10.
    expect(withThem["rpo_seconds"]).toBeGreaterThan(115);
    expect(withThem["rpo_seconds"]).toBeLessThan(120);
    expect(withThem["availability"]).toBeGreaterThan(0.75);
    expect(withThem["rolled_back_writes"]).toBe(0);
  });
});

test("a leader that has lost its disk leaves the copies of its followers alone until it has one of theirs", () => {
  const lost: FaultPlan = {
    ...fault(),
    at: 5 * MINUTE,
    until: 6 * MINUTE,
    regions: [0],
    hardships: onRegions({ hostDead: true, disks: "lost" }),
  };
  // The follower comes back after its leader, and greets it before it has been asked for its copy.
  const crashed = onRegions({ hostDead: true });
  const restart: FaultPlan = { ...lost, at: 359.5 * SECOND, until: 360.5 * SECOND, regions: [1], hardships: crashed };
  const base = plan(singlePrimary(), [lost, restart], null);
  const { summary } = run({ ...base, policies: { ...base.policies, failover: { name: "none", options: {} } } }, "1");
  expect(summary["acknowledged_writes"]).toBeGreaterThan(10_000);
  expect(summary["lost_acknowledged_writes"]).toBeLessThan(10);
});
