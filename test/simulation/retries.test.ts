import { describe, expect, test } from "vitest";
import { Observer } from "../../src/simulation/observer.js";
import type { Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, outage } from "./plans.js";

const SECONDS_SAVED = 10;
const RATE = 30;

/** By place: operations issued and retries made while every region is dark, and by how much the budget was overdrawn. */
function inOutage(budget: number, at: number): { issued: number[]; retried: number[]; overdrawn: number } {
  const base = activeActive({ duration: 12 * MINUTE, faults: [0, 1, 2].map((region) => outage(region, at, 60)) });
  const plan: Plan = { ...base, client: { ...base.client, retryBudget: budget } };
  const issued = plan.places.map(() => 0);
  const retried = plan.places.map(() => 0);
  const saved = RATE * budget * SECONDS_SAVED;
  let overdrawn = 0;
  class Watch extends Observer {
    override operationIssued(place: number): void {
      if (world.engine.now >= at) issued[place]! += 1;
    }
    override operationRetried(place: number): void {
      if (world.engine.now < at) return;
      retried[place]! += 1;
      overdrawn = Math.max(overdrawn, retried[place]! - budget * issued[place]! - saved);
    }
  }
  const world: World = new World(plan, "1", [new Watch()]);
  world.run();
  return { issued, retried, overdrawn };
}

describe("the retry budget, when everything fails", () => {
  test.each([
    { budget: 0.1, at: 0 },
    // Ten minutes before the outage in which nothing was spent save no more than ten seconds do.
    { budget: 0.1, at: 8 * MINUTE },
    { budget: 0.5, at: 2 * MINUTE },
  ])("of $budget is a law at every moment, and all of it is used (outage at $at µs)", ({ budget, at }) => {
    const { issued, retried, overdrawn } = inOutage(budget, at);
    // Sums of tenths round.
    expect(overdrawn).toBeLessThan(1e-6);
    for (const [place, count] of retried.entries()) {
      expect(issued[place]!).toBeGreaterThan(5000);
      // What is left at the end: less than one retry, and those who would try again beyond their deadline.
      expect(count).toBeGreaterThan(0.98 * (budget * issued[place]! + RATE * budget * SECONDS_SAVED));
    }
  });

  test("without a budget everybody tries as often as the client allows within its deadline", () => {
    const { issued, retried } = inOutage(Number.POSITIVE_INFINITY, 0);
    // Three attempts of a second each in a deadline of three: the second retry still begins, cut short by the deadline.
    for (const [place, count] of retried.entries()) expect(count).toBeGreaterThan(1.9 * issued[place]!);
  });
});

test("who would try again only when the deadline has passed gives up at once", () => {
  const base = activeActive({ duration: 5 * MINUTE, faults: [0, 1, 2].map((region) => outage(region, 0, 60)) });
  const client = { ...base.client, retryBudget: Number.POSITIVE_INFINITY, backoffFirst: 4 * SECOND };
  let [longest, once, ended] = [0, 0, 0];
  class Watch extends Observer {
    override operationEnded(_place: number, _region: number, _write: boolean, issuedAt: number): void {
      const took = world.engine.now - issuedAt;
      longest = Math.max(longest, took);
      ended++;
      if (took === client.timeout) once++;
    }
  }
  const world: World = new World({ ...base, client: { ...client, backoffCap: 4 * SECOND } }, "1", [new Watch()]);
  world.run();
  expect(longest).toBe(client.deadline);
  // After a second's attempt two seconds are left; the wait is uniform on four.
  expect(Math.abs(once / ended - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / ended));
});
