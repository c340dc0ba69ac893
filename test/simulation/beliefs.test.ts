import { describe, expect, test } from "vitest";
import { onControl } from "../../src/faults/control-faults.js";
import { loss } from "../../src/faults/link-faults.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { HOUR, MINUTE, SECOND } from "../../src/units/time.js";
import { mean } from "../statistics.js";
import { activeActive, between, fault, outage } from "./plans.js";

const INTERVAL = 10 * SECOND;

function quiet(faults: readonly FaultPlan[], health: Partial<Plan["health"]>, duration = 15 * MINUTE): Plan {
  const base = activeActive({ faults, duration });
  return {
    ...base,
    places: base.places.map((place) => ({ ...place, rate: 0.001 })),
    health: { ...base.health, ...health },
  };
}

/** When the controller changed its belief about region 0; it believes it healthy at first. */
function changes(plan: Plan): number[] {
  const moments: number[] = [];
  class Watch extends Observer {
    override regionBelieved(region: number): void {
      if (region === 0) moments.push(world.engine.now);
    }
  }
  const world: World = new World(plan, "1", [new Watch()]);
  world.run();
  // The first is told at the start.
  return moments.slice(1);
}

describe("one checker whose probes have even chances", () => {
  const lost = { ...fault(), hardships: onControl({ probesLost: 0.5 }) };
  const wrong = { ...fault(), hardships: onControl({ probesWrong: 0.5 }) };
  /** Each way passes with probability 1 / sqrt 2. */
  const lossy = {
    ...fault(),
    links: between([0], [1]),
    hardships: loss.hardships({ probability: 1 - Math.SQRT1_2 }),
  };

  test.each([
    ["lost by the control plane", lost],
    ["turned round", wrong],
    ["lost on the way there or back", lossy],
  ])("%s: believes both ways after (1 - p^k) / (p^k (1 - p)) probes on average, k in a row", (_what, each) => {
    const moments = changes(quiet([each], { vantages: [1], threshold: 3, recovery: 2 }, 60 * HOUR));
    const spans = moments.map((at, index) => (at - (moments[index - 1] ?? 0)) / INTERVAL);
    const down = spans.filter((_, index) => index % 2 === 0);
    const up = spans.filter((_, index) => index % 2 === 1);
    expect(up.length).toBeGreaterThan(900);
    // Runs of three and of two: 14 and 6 probes, with standard deviations of 11.9 and 4.7.
    expect(Math.abs(mean(down) - 14)).toBeLessThan((4 * 11.9) / Math.sqrt(down.length));
    expect(Math.abs(mean(up) - 6)).toBeLessThan((4 * 4.7) / Math.sqrt(up.length));
  });
});

describe("the controller, told by several", () => {
  const CRASH = 5 * MINUTE;

  test("forgets whom it has not heard for three intervals", () => {
    // Region 0 finds itself well until it dies, and says nothing any more: one of three is more than the share of 30 %.
    const [first] = changes(quiet([outage(0, CRASH, 60)], { healthyShare: 0.3, recovery: 1 }));
    expect(first!).toBeGreaterThan(CRASH + 2 * INTERVAL);
    expect(first!).toBeLessThan(CRASH + 4 * INTERVAL + SECOND);
  });

  test.each([
    { healthyShare: 0.5, believes: 1 },
    { healthyShare: 0.49, believes: 0 },
  ])(
    "believes what more than a share of $healthyShare say: half of them is as much as $believes changes tell",
    (each) => {
      const cut: FaultPlan = { ...fault(), at: CRASH, links: between([0], [1]) };
      const { healthyShare, believes } = each;
      expect(changes(quiet([cut], { healthyShare, vantages: [1, 2], controller: 2 }))).toHaveLength(believes);
    },
  );
});
