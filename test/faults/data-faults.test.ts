import { describe, expect, test } from "vitest";
import { poisonWrite } from "../../src/faults/data-faults.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, between, fault, singlePrimary } from "../simulation/plans.js";

const AT = 2 * MINUTE;
const UNTIL = 12 * MINUTE;
const FUSE = 5 * SECOND;
const RESTART = 25 * SECOND;

const poison: FaultPlan = {
  ...fault(),
  at: AT,
  until: UNTIL,
  hardships: poisonWrite.hardships({ fuse: FUSE, restart: RESTART }),
};

function ran(base: Plan, faults: readonly FaultPlan[]): World {
  const places = base.places.map((place) => ({ ...place, rate: 10 }));
  const failover = { ...base.failover, fencing: "none" as const };
  const world = new World({ ...base, duration: 14 * MINUTE, faults, places, failover }, "1");
  world.run();
  return world;
}

describe("a poisoned write", () => {
  test.each([
    ["all primaries", activeActive(), [0, 1, 2]],
    ["one primary", singlePrimary(), [0, 1]],
  ])("kills every host in turn with its fuse and its restart, until it is skipped: %s", (_, base, copies) => {
    const world = ran(base, [poison]);
    for (const region of copies) {
      // Up for the fuse, down for the restart: one death in 30 s, the first within seconds everywhere.
      expect(world.lives.hostLives[region]).toBe((UNTIL - AT) / (FUSE + RESTART));
      expect(world.lives.parts.conditions.hostDead[region]).toBe(0);
    }
    expect(world.oracle.lost).toBe(0);
  });

  test("takes from active-active what a loss of one region never could", () => {
    const share = (world: World): number =>
      world.availability.succeeded.reduce((sum, value) => sum + value, 0) / world.availability.ended;
    const calm = share(ran(activeActive(), []));
    const poisoned = share(ran(activeActive(), [poison]));
    // Ten of fourteen minutes; in those a host is up for a sixth of the time.
    expect(calm - poisoned).toBeGreaterThan((10 / 14) * (RESTART / (FUSE + RESTART)) * 0.8);
  });

  test("does not reach a region that is cut off before it is skipped", () => {
    const cut: FaultPlan = { ...fault(), at: MINUTE, until: 13 * MINUTE, links: between([2], [0, 1]) };
    const world = ran(activeActive(), [cut, poison]);
    expect([...world.lives.hostLives]).toEqual([20, 20, 0]);
    // And does no harm where it comes afterwards.
    expect(world.replicas.anyLeft(0)).toBe(true);
  });
});
