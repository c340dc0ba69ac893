import { describe, expect, test } from "vitest";
import { onRegions } from "../../src/faults/region-faults.js";
import type { Turn } from "../../src/policies/options.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { HOUR, MINUTE, SECOND } from "../../src/units/time.js";
import { between, fault, outage, singlePrimary } from "./plans.js";

const START = 13 * HOUR;
/** By the hours of work on three continents. */
const DAY: readonly Turn[] = [
  { at: HOUR, region: 2 },
  { at: 8 * HOUR, region: 1 },
  { at: 13 * HOUR, region: 0 },
];

const sun = (leaders: readonly Turn[], rate: number, more: Partial<Plan> = {}): Plan => {
  const base = singlePrimary({ startOfDay: START, ...more });
  return {
    ...base,
    regions: base.regions.map((each) => ({ ...each, replica: true, instances: 4 })),
    places: base.places.map((place) => ({ ...place, rate })),
    policies: {
      ...base.policies,
      standbys: [1, 2],
      failover: {
        name: "follow-the-sun",
        options: { leaders, max_lag: Number.POSITIVE_INFINITY, max_lag_time: Number.POSITIVE_INFINITY },
      },
    },
  };
};

interface Handover {
  readonly at: number;
  readonly to: number;
  readonly planned: boolean;
}

interface Story {
  readonly world: World;
  readonly handovers: readonly Handover[];
  /** When a leader was told to stop writing for a hand-over. */
  readonly drains: readonly number[];
}

function lived(plan: Plan, seed = "1"): Story {
  const handovers: Handover[] = [];
  class Watch extends Observer {
    override failoverEnded(_from: number, to: number, _start: number, planned: boolean): void {
      handovers.push({ at: world.engine.now, to, planned });
    }
  }
  const world: World = new World(plan, seed, [new Watch()]);
  const drains: number[] = [];
  const post = world["control"].posts[0]!;
  const drain = post.drain.bind(post);
  post.drain = (to) => {
    drains.push(world.engine.now);
    drain(to);
  };
  world.run();
  return { world, handovers, drains };
}

describe("a day of planned hand-overs", () => {
  const { world, handovers } = lived(sun(DAY, 8, { duration: 24 * HOUR + 10 * MINUTE }));

  test("each comes at its hour, and takes the drain, the rest of the log and a promotion of 15 s", () => {
    expect(handovers.map(({ to }) => to)).toEqual([2, 1, 0]);
    for (const [index, hour] of [12, 19, 24].entries()) {
      expect(handovers[index]!.planned).toBe(true);
      const late = handovers[index]!.at - hour * HOUR;
      expect(late).toBeGreaterThan(15 * SECOND);
      expect(late).toBeLessThan(19 * SECOND);
    }
  });

  test("no acknowledged write of 600,000 is lost, nor any written on two sides", () => {
    const { acknowledged, lost, splitBrain, unavailable } = world.oracle;
    expect(acknowledged).toBeGreaterThan(600_000);
    expect({ lost, splitBrain, unavailable }).toEqual({ lost: 0, splitBrain: 0, unavailable: 0 });
  });

  test("none of them counts as a failover", () => {
    expect(world.telemetry.failovers.every(({ planned, phases }) => planned && phases.length === 0)).toBe(true);
  });
});

/** Minutes of a day, region by region. */
const everyTenMinutes = [0, 1, 2, 0, 1, 2].map((region, turn) => ({ at: START + turn * 10 * MINUTE, region }));

test.each(["1", "2", "3"])("under load, six hand-overs in an hour lose nothing either: seed %s", (seed) => {
  const { world, handovers } = lived(sun(everyTenMinutes, 150, { duration: HOUR }), seed);
  expect(handovers.map(({ to, planned }) => [to, planned])).toEqual([1, 2, 0, 1, 2].map((to) => [to, true]));
  expect(world.oracle.acknowledged).toBeGreaterThan(400_000);
  expect(world.oracle.lost).toBe(0);
});

describe("when something is wrong at the hour of the hand-over", () => {
  const turns: readonly Turn[] = [
    { at: START, region: 0 },
    { at: START + 10 * MINUTE, region: 1 },
  ];
  const tried = (faults: readonly FaultPlan[]) => lived(sun(turns, 30, { duration: 30 * MINUTE, faults }));

  test("the lead stays where it is while the next region is dead, and goes there once it is back", () => {
    const { world, handovers } = tried([outage(1, 8 * MINUTE, 8)]);
    expect(handovers.map(({ to, planned }) => [to, planned])).toEqual([[1, true]]);
    expect(handovers[0]!.at).toBeGreaterThan(16 * MINUTE);
    expect(world.oracle.lost).toBe(0);
  });

  test("a leader that dies is replaced by a failover, and what was planned follows when it can", () => {
    const { handovers } = tried([outage(0, 5 * MINUTE, 20)]);
    expect(handovers.map(({ to, planned }) => [to, planned])).toEqual([[1, false]]);
    const other = tried([outage(0, 5 * MINUTE, 10), outage(1, 4 * MINUTE, 4)]);
    expect(other.handovers.map(({ to, planned }) => [to, planned])).toEqual([
      [2, false],
      [1, true],
    ]);
  });

  test("a hand-over that finds its way cut is called off, and tried again a minute later at the earliest", () => {
    const cut: FaultPlan = {
      ...fault(),
      at: 9 * MINUTE + 58 * SECOND,
      until: 12 * MINUTE,
      links: between([0], [1]),
    };
    const base = sun(turns, 30, { duration: 30 * MINUTE, faults: [cut] });
    const { world, handovers, drains } = lived({
      ...base,
      health: { ...base.health, controller: 2, vantages: [2] },
    });
    // Half a minute of patience, and a minute in which users can write.
    expect(drains.length).toBeGreaterThan(1);
    for (const [index, at] of drains.entries())
      if (index > 0) expect(at - drains[index - 1]!).toBeGreaterThanOrEqual(90 * SECOND);
    expect(handovers.map(({ to, planned }) => [to, planned])).toEqual([[1, true]]);
    expect(handovers[0]!.at).toBeGreaterThan(12 * MINUTE);
    expect(world.oracle.lost).toBe(0);
  });
});

describe("a switchover back to a primary that went on alone", () => {
  /**
   * Nothing fences, so region 0, cut off from all but its users, accepts writes that nobody else has. The cut between it
   * and region 1 outlives that to the controller: it looks well and its log is long, while region 1 writes on.
   */
  const alone: FaultPlan = { ...fault(), at: 5 * MINUTE, until: 8 * MINUTE, links: between([0], [1, 2]) };
  const still: FaultPlan = { ...fault(), at: 5 * MINUTE, until: 20 * MINUTE, links: between([0], [1]) };
  const base = singlePrimary({ duration: 30 * MINUTE, faults: [alone, still] });
  const plan: Plan = {
    ...base,
    client: { ...base.client, pinned: 0 },
    health: { ...base.health, controller: 2, vantages: [2] },
    failover: { ...base.failover, fencing: "none", failback: 30 * SECOND },
  };

  test("waits until the two logs are one: what the present leader has acknowledged is not given up for it", () => {
    const { world, handovers } = lived(plan);
    expect(handovers.map(({ to, planned }) => [to, planned])).toEqual([
      [1, false],
      [0, true],
    ]);
    expect(handovers[1]!.at).toBeGreaterThan(20 * MINUTE);
    // Lost are the writes of region 0 in its time alone, each counted as of a split brain, and no others.
    expect(world.oracle.lost).toBeGreaterThan(100);
    expect(world.oracle.splitBrain).toBeGreaterThan(100);
    const ofLeader = world.oracle.lost - world.oracle.splitBrain;
    expect(ofLeader).toBeLessThan(60);
  });
});

test("a controller whose clock is behind hands over late by as much", () => {
  const turns: readonly Turn[] = [
    { at: START - HOUR, region: 0 },
    { at: START + 10 * MINUTE, region: 2 },
  ];
  const slow: FaultPlan = { ...fault(), regions: [1], hardships: onRegions({ skew: -4 * MINUTE }) };
  const base = sun(turns, 10, { duration: 20 * MINUTE, faults: [slow] });
  const { handovers } = lived(base);
  expect(handovers).toHaveLength(1);
  expect(handovers[0]!.at - 14 * MINUTE).toBeGreaterThan(15 * SECOND);
  expect(handovers[0]!.at - 14 * MINUTE).toBeLessThan(19 * SECOND);
});
