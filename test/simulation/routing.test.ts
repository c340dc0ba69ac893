import { describe, expect, test } from "vitest";
import { onControl } from "../../src/faults/control-faults.js";
import { Observer } from "../../src/simulation/observer.js";
import type { Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MINUTE } from "../../src/units/time.js";
import { activeActive, fault, outage } from "./plans.js";

interface Seen {
  /** Operations of each place by the region that answered last, before and after a moment. */
  readonly before: readonly number[][];
  readonly after: readonly number[][];
  readonly world: World;
}

function seen(plan: Plan, split: number): Seen {
  const tables = [0, 1].map(() => plan.places.map(() => plan.regions.map(() => 0)));
  class Watch extends Observer {
    override operationEnded(place: number, region: number, _write: boolean, issuedAt: number): void {
      if (region >= 0) tables[issuedAt < split ? 0 : 1]![place]![region]! += 1;
    }
  }
  const world = new World(plan, "1", [new Watch()]);
  world.run();
  return { before: tables[0]!, after: tables[1]!, world };
}

const routed = (name: string, options: Plan["policies"]["routing"]["options"], more: Partial<Plan> = {}): Plan => {
  const plan = activeActive({ duration: 10 * MINUTE, ...more });
  return {
    ...plan,
    // Every request resolves the name anew.
    client: { ...plan.client, pinned: 0, keepAlive: 0 },
    policies: { ...plan.policies, routing: { name, options: { when_none_healthy: "open", ...options } } },
  };
};
const share = (row: readonly number[], region: number): number =>
  row[region]! / row.reduce((sum, each) => sum + each, 0);

test("by weights, each place's requests are split in their proportions, however near a region is", () => {
  const { before } = seen(routed("weighted", { weights: [60, 30, 10] }), 10 * MINUTE);
  // 50 resolvers a place, with sessions spread evenly over them: 400 sessions of 45 requests each in ten minutes.
  for (const row of before) {
    expect(share(row, 0)).toBeCloseTo(0.6, 1);
    expect(share(row, 1)).toBeCloseTo(0.3, 1);
    expect(share(row, 2)).toBeCloseTo(0.1, 1);
    // A resolver more or less, and three standard errors of 18,000 requests.
    for (const [region, part] of [0.6, 0.3, 0.1].entries())
      expect(Math.abs(share(row, region) - part)).toBeLessThan(1 / 50 + 3 * Math.sqrt((part * (1 - part)) / 18_000));
  }
});

test("by weights, a lost region's users go to the others by their weights, once this is believed and caches have expired", () => {
  const dies = 4 * MINUTE;
  const { after } = seen(
    routed("weighted", { weights: [60, 30, 10] }, { faults: [outage(0, dies, 20)], duration: 15 * MINUTE }),
    // Three misses at ten seconds each, the update, and a TTL of a minute.
    dies + 2 * MINUTE,
  );
  for (const row of after) {
    expect(share(row, 0)).toBeLessThan(0.01);
    expect(Math.abs(share(row, 1) - 0.75)).toBeLessThan(0.05);
  }
});

test("by an order, everybody goes to the first region that is believed healthy, the far ones too", () => {
  const { before, after } = seen(
    routed("failover-order", { regions: [2, 0, 1] }, { faults: [outage(2, 4 * MINUTE, 10)], duration: 12 * MINUTE }),
    4 * MINUTE,
  );
  for (const row of before) expect(share(row, 2)).toBe(1);
  for (const row of after) {
    expect(row[1]).toBe(0);
    expect(row[0]).toBeGreaterThan(0);
  }
});

test("by geography, a place goes where the map says although another region answers sooner", () => {
  const plan = routed("geolocation", {});
  // Beside us-east-1 by the network, but the map has it next to ap-southeast-1.
  const [first, ...others] = plan.places;
  const { before } = seen({ ...plan, places: [{ ...first!, distances: [9000, 8000, 100] }, ...others] }, 10 * MINUTE);
  expect(share(before[0]!, 2)).toBe(1);
  expect(share(before[1]!, 1)).toBe(1);
  expect(seen(routed("latency", {}), 10 * MINUTE).before[0]![2]).toBe(0);
});

describe("when all regions look dead because every probe is lost", () => {
  const blind = { ...fault(), at: 2 * MINUTE, until: 6 * MINUTE, hardships: onControl({ probesLost: 1 }) };
  const failed = (name: string, when: string, options: Plan["policies"]["routing"]["options"] = {}): number => {
    const plan = routed(name, { ...options, when_none_healthy: when }, { faults: [blind] });
    const { world } = seen(plan, 0);
    return world.availability.failedBy[9]!;
  };

  test.each([
    ["latency", {}],
    ["geolocation", {}],
    ["weighted", { weights: [1, 1, 1] }],
    ["failover-order", { regions: [0, 1, 2] }],
  ])(
    "%s fails open as if nothing had happened, or closed: the name then leads nowhere for minutes",
    (name, options) => {
      expect(failed(name, "open", options)).toBe(0);
      // 90 requests a second; of those that resolve anew in more than three minutes nobody gets through.
      expect(failed(name, "closed", options)).toBeGreaterThan(90 * 60);
    },
  );
});
