import { describe, expect, test } from "vitest";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { outage, singlePrimary } from "./plans.js";

const DIES = 12 * MINUTE + 30 * SECOND;
const RESPOND = 4 * MINUTE;
/** 2 GB at 100 MB/s. */
const READ = 20 * SECOND;
const ARCHIVED = 5 * MINUTE;

function plan(faults: readonly FaultPlan[], more: Partial<NonNullable<Plan["backups"]>> = {}): Plan {
  const base = singlePrimary({ faults, duration: 40 * MINUTE });
  return {
    ...base,
    // Region 1 waits with nothing; region 2 looks on.
    regions: base.regions.map((each, id) =>
      id === 1 ? { ...each, waiting: true, instances: 0, bootMedian: MINUTE, bootP99: 1.1 * MINUTE } : each,
    ),
    client: { ...base.client, pinned: 0 },
    health: { ...base.health, controller: 2, vantages: [2] },
    backups: {
      interval: 60 * MINUTE,
      pointInTime: ARCHIVED,
      retention: 60 * MINUTE,
      respond: RESPOND,
      bandwidth: 100e6,
      replay: 1e9,
      regions: [1],
      ...more,
    },
  };
}

interface Story {
  readonly world: World;
  readonly restores: readonly { readonly at: number; readonly region: number; readonly asOf: number }[];
  /** When region 0 was believed dead for the first time, and when another led. */
  readonly suspected: number;
  readonly led: readonly { readonly at: number; readonly to: number }[];
  readonly served: readonly number[];
}

function lived(tried: Plan): Story {
  const restores: { at: number; region: number; asOf: number }[] = [];
  const led: { at: number; to: number }[] = [];
  const served = [0, 0, 0];
  let suspected = Number.NaN;
  class Watch extends Observer {
    override dataRestored(region: number, asOf: number): void {
      restores.push({ at: world.engine.now, region, asOf });
    }
    override leaderChanged(to: number): void {
      led.push({ at: world.engine.now, to });
    }
    override regionBelieved(region: number, healthy: boolean): void {
      if (region === 0 && !healthy && Number.isNaN(suspected)) suspected = world.engine.now;
    }
    override requestStarted(region: number): void {
      served[region]! += 1;
    }
  }
  const world: World = new World(tried, "1", [new Watch()]);
  world.run();
  return { world, restores, suspected, led, served };
}

describe("a site without a copy, in which backups are restored when nobody leads", () => {
  const { world, restores, suspected, led } = lived(plan([outage(0, DIES, 20)]));

  test("gets the last archive once people have decided and it is read, and leads when it has been seen to be well", () => {
    expect(restores).toHaveLength(1);
    const [{ at, region, asOf }] = restores as [Story["restores"][number]];
    expect(region).toBe(1);
    expect(asOf).toBe(2 * ARCHIVED);
    // Paged by the first report after the region is believed dead, one a second.
    expect(at - suspected - RESPOND - READ).toBeGreaterThanOrEqual(0);
    expect(at - suspected - RESPOND - READ).toBeLessThan(2 * SECOND);
    expect(led.map(({ to }) => to)).toEqual([1]);
    // Three passes at ten seconds, a second look of five, a lease that is over, a promotion of fifteen.
    expect(led[0]!.at - at).toBeGreaterThan(40 * SECOND);
    expect(led[0]!.at - at).toBeLessThan(55 * SECOND);
  });

  test("has lost what was written since that archive and nothing else", () => {
    const { oracle } = world;
    expect(oracle.lost).toBeGreaterThan(500);
    expect(oracle.lost).toBe(oracle.rolledBack);
    // The oldest write after the archive, of 27 a second.
    const rpo = Math.max(...oracle.recoveryPoints.flatMap((points) => [...points]));
    expect(rpo).toBeLessThan(DIES - 2 * ARCHIVED);
    expect(rpo).toBeGreaterThan(DIES - 2 * ARCHIVED - 10 * SECOND);
  });

  test("boots its fleet from nothing, and serves", () => {
    expect(world.servers[1]!["workers"]).toBe(4 * 8);
  });

  test("is followed by the first region when that returns: with an empty disk, and then with the same data", () => {
    const [first, second] = world.replicas.hosts;
    expect(world.oracle.unavailable).toBe(0);
    const different = [...first!.registers].filter((write, key) => write !== second!.registers[key]).length;
    // What is still on its way.
    expect(different).toBeLessThan(30);
  });
});

test("a site that waits serves nobody, and is promoted by nobody", () => {
  const { served, led, world } = lived(plan([]));
  expect(served[1]).toBe(0);
  expect(led).toEqual([]);
  expect(world.oracle.lost).toBe(0);
});

test("a primary that is back before the restore is through goes on with all it has", () => {
  const { restores, led, world } = lived(plan([outage(0, DIES, 3)]));
  expect(restores).toEqual([]);
  expect(led).toEqual([]);
  expect(world.oracle.lost).toBe(0);
  // And a later outage begins a restore of its own.
  const twice = lived(plan([outage(0, DIES, 3), outage(0, 21 * MINUTE, 15)]));
  expect(twice.restores.map(({ asOf }) => asOf)).toEqual([20 * MINUTE]);
});

test("a primary whose disk is lost is restored there too, though it stands empty again by then", () => {
  const { restores, led } = lived(plan([outage(0, DIES, 20, false)]));
  expect(restores.map(({ region, asOf }) => [region, asOf])).toEqual([[1, 2 * ARCHIVED]]);
  expect(led.map(({ to }) => to)).toEqual([1]);
});

test("without a site that waits nothing is restored while the primary's disk is whole", () => {
  const base = plan([outage(0, DIES, 15)]);
  const none: Plan = {
    ...base,
    regions: base.regions.map((each, id) => ({ ...each, waiting: false, replica: id === 0 })),
    policies: { ...base.policies, standbys: [] },
  };
  expect(lived(none).restores).toEqual([]);
});
