import { expect, test } from "vitest";
import { NO_HARDSHIPS, NO_LINK_HARDSHIP } from "../../src/simulation/hardships.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, fault } from "../simulation/plans.js";

const LINK = 0 * 6 + 1;
const BANDWIDTH = 440_000;
/** Of a letter with one write: see simulation/letters.ts. */
const BYTES = 120 + 64 + 2000;

test("what a cut held drains in Q / (B - r): writes of a region, over a link with about twice their rate", () => {
  const at = 2 * MINUTE;
  const narrow: FaultPlan = {
    ...fault(),
    links: [LINK],
    hardships: { ...NO_HARDSHIPS, link: { ...NO_LINK_HARDSHIP, bandwidth: BANDWIDTH } },
  };
  const cut: FaultPlan = { ...fault(), at, until: at + 11 * SECOND, links: [LINK] };
  const plan = activeActive({ duration: 4 * MINUTE, faults: [narrow, cut] });
  const accepted: number[] = [];
  let caughtUp = 0;
  class Watch extends Observer {
    override writeAccepted(_write: number, region: number): void {
      if (region === 0 && world.engine.now > at) accepted.push(world.engine.now);
    }
    override writeApplied(write: number, region: number): void {
      if (region !== 1 || world.writes.origin[write] !== 0) return;
      if (world.engine.now - world.writes.acceptedAt[write]! > 0.3 * SECOND) caughtUp = world.engine.now;
    }
  }
  const places = plan.places.map((place, index) => ({ ...place, rate: index === 0 ? 200 : 1, readShare: 0.5 }));
  const regions = plan.regions.map((region) => ({ ...region, instances: 10 }));
  const world: World = new World({ ...plan, places, regions }, "1", [new Watch()]);
  world.run();
  // Time-outs of 0.2 s, doubling: the sixth one after the first write that found the link cut ends 12.6 s later.
  const resumed = accepted[0]! + 12.6 * SECOND;
  const queued = accepted.filter((moment) => moment <= resumed).length * BYTES;
  const during = accepted.filter((moment) => moment > resumed && moment <= caughtUp);
  const rate = (during.length * BYTES) / ((caughtUp - resumed) / SECOND);
  const expected = queued / (BANDWIDTH - rate);
  expect(expected).toBeGreaterThan(8);
  // The lag mark of 0.3 s is reached a little before the queue is empty.
  expect((caughtUp - resumed) / SECOND / expected).toBeGreaterThan(0.95);
  expect((caughtUp - resumed) / SECOND / expected).toBeLessThan(1.02);
});
