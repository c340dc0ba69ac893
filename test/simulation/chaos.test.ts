import { expect, test } from "vitest";
import { type Keyed, Streams } from "../../src/engine/random.js";
import { operatorError, poisonWrite } from "../../src/faults/data-faults.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { brokenLaws } from "../../src/simulation/conservation.js";
import type { Disks } from "../../src/simulation/hardships.js";
import type { FaultPlan, Plan, StoragePlan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { HOUR, MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { NO_STORAGE, activeActive, between, consensus, dataClass, fault, singlePrimary } from "./plans.js";
import { Reference } from "./reference.js";

const DISKS: readonly Disks[] = ["kept", "synced", "lost"];
const FENCING: readonly Plan["failover"]["fencing"][] = ["none", "stonith", "lease", "epoch"];

/** Seven faults of any kind, anywhere, at any time, of any length: they overlap as they like. */
function faultsOf(luck: Keyed, regions: number): FaultPlan[] {
  return Array.from({ length: 7 }, (_, index) => {
    const draw = (purpose: number, choices: number): number => Math.floor(luck.uniform(index, purpose) * choices);
    const at = (30 + draw(0, 240)) * SECOND + draw(1, 1_000_000);
    const until = at + (1 + draw(2, 80)) * SECOND + draw(3, 1_000_000);
    const struck = draw(4, regions);
    const disks = DISKS[draw(5, 3)]!;
    const one = { ...fault(), at, until, label: `fault ${index}` };
    switch (draw(6, 7)) {
      case 5:
        return { ...one, hardships: poisonWrite.hardships({ fuse: 2 * SECOND, restart: 6 * SECOND }) };
      case 4:
        return { ...one, hardships: operatorError.hardships({ share: 0.3, detect_after: draw(7, 60) * SECOND }) };
      case 0:
        return { ...one, regions: [struck], hardships: onRegions({ dark: true, disks }) };
      case 1:
        return { ...one, regions: [struck], hardships: onRegions({ hostDead: true, disks }) };
      case 2:
        return { ...one, regions: [struck], hardships: onRegions({ hostPaused: true }) };
      case 3:
        return { ...one, links: between([struck], [(struck + 1) % 3]) };
      default:
        return {
          ...one,
          links: between([struck], [(struck + 1) % 3, (struck + 2) % 3]).filter((_, link) => link % 2 === 0),
        };
    }
  });
}

function chaotic(seed: number): Plan {
  const luck = new Streams(`chaos ${seed}`).keyed("plan");
  const elects = seed % 3 === 2;
  const multi = !elects && seed % 2 === 0;
  const disk = [
    { sync: "interval" as const, every: 3 * SECOND, fsync: 5 * MILLISECOND, bandwidth: 50e6 },
    { sync: "each-commit" as const, every: SECOND, fsync: 5 * MILLISECOND, bandwidth: 50e6 },
    {},
  ][Math.floor(luck.uniform(0, 100) * 3)]!;
  // Slower than the writes come, as fast, or all at once.
  const apply = { rate: [3, 20, Number.POSITIVE_INFINITY][Math.floor(luck.uniform(0, 104) * 3)]!, workers: 2 };
  const storage: StoragePlan = { ...NO_STORAGE, ...disk, apply };
  const base = elects ? consensus() : multi ? activeActive() : singlePrimary();
  const { replication } = base.policies;
  // A single primary may wait for its standbys.
  const waits = !elects && !multi && luck.uniform(0, 107) < 0.5;
  const waiting = {
    acknowledgements: 1,
    fall_back: 5 * SECOND,
    acknowledge: luck.uniform(0, 108) < 0.5 ? "durable" : "received",
  };
  const name = waits ? "semi-sync" : replication.name;
  const options = {
    ...replication.options,
    ...(elects ? {} : { batch: 400 * MILLISECOND }),
    ...(waits ? waiting : {}),
    retention: luck.uniform(0, 101) < 0.3 ? 300 : 1e6,
  };
  // The third region of the single primary holds a copy too.
  const regions = base.regions.map((region) => ({ ...region, replica: true }));
  const backups: Plan["backups"] = {
    interval: 2 * MINUTE,
    pointInTime: luck.uniform(0, 105) < 0.5 ? 20 * SECOND : Number.POSITIVE_INFINITY,
    retention: HOUR,
    respond: 10 * SECOND,
    bandwidth: 50e6 / 15,
    replay: 1000,
    region: 1,
  };
  return {
    ...base,
    duration: 6 * MINUTE,
    storage,
    backups: luck.uniform(0, 106) < 0.6 ? backups : null,
    regions,
    faults: faultsOf(luck, 3),
    places: base.places.map((place) => ({ ...place, rate: 10, readShare: 0.5 })),
    data: { ...base.data, classes: [dataClass({ keys: 40 })], size: 50_000_000 },
    policies: { ...base.policies, replication: { name, options }, standbys: multi ? [] : [1, 2] },
    health: { ...base.health, interval: 3 * SECOND, timeout: SECOND },
    failover: {
      ...base.failover,
      fencing: elects ? "none" : FENCING[Math.floor(luck.uniform(0, 102) * 4)]!,
      failback: luck.uniform(0, 103) < 0.5 ? 20 * SECOND : Number.POSITIVE_INFINITY,
    },
  };
}

// More of them by hand: CHAOS=200 CHAOS_FIRST=12.
const SEEDS = Number(process.env["CHAOS"] ?? 12);
const FIRST = Number(process.env["CHAOS_FIRST"] ?? 0);

test.each([...Array(SEEDS).keys()].map((seed) => seed + FIRST))(
  "whatever happens, all laws hold and the oracle agrees with the replay, seed %d",
  (seed) => {
    const plan = chaotic(seed);
    const reference: Reference = new Reference(3, (write) => reference.world.writes.key[write]!);
    const world = new World(plan, String(seed), [reference]);
    reference.world = world;
    world.run();
    expect(brokenLaws(world.operations, world.availability, world.servers, world.streams)).toEqual([]);
    const { oracle } = world;
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
    const { points: _, ...fates } = reference.fates(plan.data.shards, 0);
    const { lost, unavailable, surviving, superseded, overwritten } = oracle;
    expect({ lost, unavailable, surviving, superseded, overwritten }).toEqual(fates);
    expect(lost + unavailable + surviving + superseded + overwritten).toBe(oracle.acknowledged);
    expect([sum(oracle.conflicts), sum(oracle.staleReads)]).toEqual([reference.conflicts, reference.staleReads]);
  },
);
