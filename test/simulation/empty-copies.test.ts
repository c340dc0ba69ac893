import { describe, expect, test } from "vitest";
import { onRegions } from "../../src/faults/region-faults.js";
import { REFUSED } from "../../src/simulation/causes.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, fault, singlePrimary } from "./plans.js";

const CRASH = 5 * MINUTE;
/** So short that nobody's belief in the region changes. */
const wiped: FaultPlan = {
  ...fault(),
  at: CRASH,
  until: CRASH + 2 * SECOND,
  regions: [0],
  hardships: onRegions({ hostDead: true, disks: "lost" }),
};

interface Story {
  /** When the first whole copy came to region 0. */
  readonly filled: number;
  /** Moments at which region 0 answered a read or accepted a write. */
  readonly served: readonly number[];
  readonly refused: number;
}

function story(plan: Plan): Story {
  let filled = Number.POSITIVE_INFINITY;
  const served: number[] = [];
  let refused = 0;
  class Watch extends Observer {
    override copyInstalled(region: number): void {
      if (region === 0) filled = Math.min(filled, world.engine.now);
    }
    override readServed(region: number): void {
      if (region === 0) served.push(world.engine.now);
    }
    override writeAccepted(_write: number, region: number): void {
      if (region === 0) served.push(world.engine.now);
    }
    override operationEnded(_place: number, region: number, _write: boolean, _issuedAt: number, cause: number): void {
      if (region === 0 && cause === REFUSED) refused++;
    }
  }
  const world: World = new World(plan, "1", [new Watch()]);
  world.run();
  return { filled, served, refused };
}

describe("a region whose disk is lost", () => {
  test.each([
    ["a primary", singlePrimary({ faults: [wiped] })],
    ["one of many", activeActive({ faults: [wiped] })],
  ])("answers nothing until it has a whole copy: %s", (_which, plan) => {
    const { filled, served, refused } = story({ ...plan, duration: 8 * MINUTE });
    // 2 GB over a window of 4 MB a round trip of 68 ms.
    expect(filled).toBeGreaterThan(wiped.until + 30 * SECOND);
    expect(filled).toBeLessThan(wiped.until + 45 * SECOND);
    expect(served.filter((at) => at > CRASH && at < filled)).toEqual([]);
    expect(served.filter((at) => at > filled).length).toBeGreaterThan(1000);
    expect(refused).toBeGreaterThan(500);
  });
});
