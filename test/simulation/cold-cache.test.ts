import { describe, expect, test } from "vitest";
import { onRegions } from "../../src/faults/region-faults.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { fault, outage, singlePrimary } from "./plans.js";

const WORK = 40 * MILLISECOND;
const WARM_UP = 5 * MINUTE;
const SLOWDOWN = 4;

/** When service began in a region that is never busy, and how long it took. */
class Watch extends Observer {
  readonly services: { region: number; began: number; took: number }[] = [];
  promotedAt = 0;
  world!: World;

  override requestLeft(region: number, stay: number): void {
    this.services.push({ region, began: this.world.engine.now - stay, took: stay });
  }
  override leaderChanged(): void {
    this.promotedAt = this.world.engine.now;
  }
}

function watched(faults: readonly FaultPlan[], overrides: Partial<Plan> = {}): Watch {
  const base = singlePrimary();
  const watch = new Watch();
  const plan: Plan = {
    ...base,
    coldCache: { slowdown: SLOWDOWN, warmUp: WARM_UP },
    faults,
    regions: base.regions.map((region) => ({ ...region, instances: 10, serviceTime: WORK, serviceLaw: "constant" })),
    places: base.places.map((place) => ({ ...place, rate: 5 })),
    ...overrides,
  };
  watch.world = new World(plan, "1", [watch]);
  watch.world.run();
  return watch;
}
const factor = (sinceCold: number): number => 1 + (SLOWDOWN - 1) * Math.max(0, 1 - sinceCold / WARM_UP);

/** Services that began after `coldAt` and did not take what they should. */
const wrong = (watch: Watch, region: number, coldAt: number) =>
  watch.services.filter(
    (each) =>
      each.region === region && each.began > coldAt && Math.abs(each.took - WORK * factor(each.began - coldAt)) > 1,
  );

describe("a cold cache makes service slower by a factor that goes down to 1 as it warms", () => {
  const nobody: Partial<Plan> = {
    policies: { ...singlePrimary().policies, failover: { name: "none", options: {} } },
    failover: { ...singlePrimary().failover, fencing: "none" },
  };

  test("not at the start of the run", () => {
    expect(watched([]).services.filter(({ took }) => took !== WORK)).toEqual([]);
  });

  test("after a region comes back", () => {
    const watch = watched([outage(0, 3 * MINUTE, 1)], nobody);
    expect(wrong(watch, 0, 4 * MINUTE)).toEqual([]);
    expect(watch.services.filter(({ began }) => began > 4 * MINUTE).length).toBeGreaterThan(5000);
  });

  test("after the host of its copy restarts, and anew when it restarts again", () => {
    const crash = (at: number): FaultPlan => ({
      ...fault(),
      at,
      until: at + 5 * SECOND,
      regions: [0],
      hardships: onRegions({ hostDead: true }),
    });
    const watch = watched([crash(3 * MINUTE), crash(5 * MINUTE)], nobody);
    expect(wrong(watch, 0, 5 * MINUTE + 5 * SECOND)).toEqual([]);
  });

  test("after a promotion", () => {
    const watch = watched([outage(0, 3 * MINUTE, 30)]);
    expect(watch.promotedAt).toBeGreaterThan(3 * MINUTE);
    expect(wrong(watch, 1, watch.promotedAt)).toEqual([]);
    expect(
      watch.services.filter(({ region, began }) => region === 1 && began > watch.promotedAt).length,
    ).toBeGreaterThan(500);
  });
});
