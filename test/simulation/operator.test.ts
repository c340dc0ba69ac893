import { describe, expect, test } from "vitest";
import { DETECT } from "../../src/simulation/failover-phases.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { outage, singlePrimary } from "./plans.js";

const DELAY = 3 * MINUTE;
const CRASH = 5 * MINUTE;

function story(crash: FaultPlan): { alarmAt: number; actedAt: number; failovers: number } {
  const base = singlePrimary({ faults: [crash], duration: 15 * MINUTE });
  const plan: Plan = {
    ...base,
    policies: { ...base.policies, failover: { name: "manual", options: { delay: DELAY } } },
  };
  let [alarmAt, actedAt, failovers] = [Number.NaN, Number.NaN, 0];
  class Watch extends Observer {
    override regionBelieved(region: number, healthy: boolean): void {
      if (region === 0 && !healthy) alarmAt = world.engine.now;
    }
    override failoverPhase(phase: number, _start: number, end: number): void {
      if (phase === DETECT) actedAt = end;
    }
    override failoverEnded(): void {
      failovers++;
    }
  }
  const world: World = new World(plan, "1", [new Watch()]);
  world.run();
  return { alarmAt, actedAt, failovers };
}

describe("an operator", () => {
  test("acts when the alarm is as old as it takes to wake somebody, and then things go their way", () => {
    const { alarmAt, actedAt, failovers } = story(outage(0, CRASH, 60));
    expect(alarmAt).toBeLessThan(CRASH + 40 * SECOND);
    // Whoever woke looks at what is reported, once a second.
    expect(actedAt - alarmAt).toBeGreaterThanOrEqual(DELAY);
    expect(actedAt - alarmAt).toBeLessThan(DELAY + 1.5 * SECOND);
    expect(failovers).toBe(1);
  });

  test("does nothing when the primary was back before that", () => {
    const { alarmAt, actedAt, failovers } = story(outage(0, CRASH, 2));
    expect(alarmAt).toBeLessThan(CRASH + 40 * SECOND);
    expect([actedAt, failovers]).toEqual([Number.NaN, 0]);
  });
});
