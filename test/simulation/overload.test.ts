import { describe, expect, test } from "vitest";
import { Streams } from "../../src/engine/random.js";
import { surge } from "../../src/faults/place-faults.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { RoundTrips } from "../../src/network/round-trips.js";
import { Breakers } from "../../src/simulation/breakers.js";
import { CIRCUIT_OPEN, OVERLOAD } from "../../src/simulation/causes.js";
import { Hedges } from "../../src/simulation/hedges.js";
import { Observer } from "../../src/simulation/observer.js";
import type { ClientPlan, FaultPlan, OverloadPlan, Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, fault, requestType } from "./plans.js";

/** 100 requests a second beside us-east-1, whose 8 workers can serve 200. */
function alone(client: Partial<ClientPlan>, overload: Partial<OverloadPlan>, faults: readonly FaultPlan[] = []): Plan {
  const plan = activeActive({ duration: 10 * MINUTE, faults });
  return {
    ...plan,
    regions: plan.regions.map((region) => ({
      ...region,
      instances: 1,
      serviceTime: 40 * MILLISECOND,
      queueLimit: 5000,
    })),
    places: plan.places.map((place, index) => ({ ...place, rate: index === 0 ? 100 : 0, sessions: 2000 })),
    client: { ...plan.client, pinned: 0, ...client },
    overload: { ...plan.overload, ...overload },
  };
}

const surgeOf = (times: number, at: number, seconds: number): FaultPlan => ({
  ...fault(),
  label: "surge",
  at,
  until: at + seconds * SECOND,
  places: [0],
  hardships: surge.hardships({ times }),
});

/** Share of the operations issued in the last three minutes that succeeded. */
function settled(plan: Plan): number {
  let issued = 0;
  let succeeded = 0;
  class Watch extends Observer {
    override operationEnded(_place: number, _region: number, _write: boolean, issuedAt: number, cause: number): void {
      if (issuedAt < 7 * MINUTE) return;
      issued++;
      if (cause === 0) succeeded++;
    }
  }
  new World(plan, "1", [new Watch()]).run();
  return succeeded / issued;
}

describe("a trigger of a minute, after which capacity is twice the load again", () => {
  const trigger = [surgeOf(4, MINUTE, 60)];
  const eager: Partial<ClientPlan> = {
    attempts: 4,
    retryBudget: Number.POSITIVE_INFINITY,
    backoffCap: 200 * MILLISECOND,
  };

  test("retries hold the region down for good: it works on what nobody waits for any more", () => {
    expect(settled(alone(eager, {}, trigger))).toBeLessThan(0.05);
    // It is the trigger and not the load: without it the same clients are served.
    expect(settled(alone(eager, {}))).toBeGreaterThan(0.999);
  });

  test.each([
    ["a retry budget", { ...eager, retryBudget: 0.1 }, {}],
    ["deadlines that travel with the request", eager, { propagateDeadlines: true }],
    ["shedding what would wait too long", eager, { shedAfter: 500 * MILLISECOND }],
    ["last in, first out", eager, { discipline: "lifo" as const }],
  ])("%s prevents it", (_what, client, overload) => {
    expect(settled(alone(client, overload, trigger))).toBeGreaterThan(0.99);
  });
});

test("nothing admitted waits longer than the shedding allows, where service takes a constant time; low priority half of it", () => {
  const longest = { normal: 0, low: 0 };
  let shed = 0;
  class Watch extends Observer {
    override requestStarted(region: number, wait: number): void {
      const { attempts } = world.replicas.hosts[region]!["around"];
      const last = attempts.enqueuedAt.findIndex(
        (at, id) => attempts.operation[id] !== -1 && attempts.state[id] === 6 && world.engine.now - at === wait,
      );
      const which = attempts.yields[last] === 1 ? "low" : "normal";
      longest[which] = Math.max(longest[which], wait);
    }
  }
  const base = alone({ attempts: 1 }, { shedAfter: 400 * MILLISECOND }, [surgeOf(5, MINUTE, 20)]);
  const plan: Plan = {
    ...base,
    duration: 2 * MINUTE,
    regions: base.regions.map((region) => ({ ...region, serviceLaw: "constant" })),
    requests: [requestType({ share: 0.6 }), requestType({ name: "batch", share: 0.4, yields: true })],
  };
  const world: World = new World(plan, "1", [new Watch()]);
  world.run();
  shed = world.availability.failedBy[OVERLOAD]!;
  expect(shed).toBeGreaterThan(1000);
  expect(longest.normal).toBeLessThanOrEqual(400 * MILLISECOND);
  expect(longest.normal).toBeGreaterThan(300 * MILLISECOND);
  expect(longest.low).toBeLessThanOrEqual(200 * MILLISECOND);
  expect(longest.low).toBeGreaterThan(150 * MILLISECOND);
});

describe("a circuit breaker", () => {
  const plan = { failures: 0.5, window: 10, openFor: 5 * SECOND };
  test("opens at the share of failures over its window, lets one try through after its time, closes when that succeeds", () => {
    const breakers = new Breakers(1, 2, plan);
    for (let each = 0; each < 9; each++) breakers.ended(0, 1, each % 2 === 0, 0);
    expect(breakers.allows(0, 1, 0)).toBe(true);
    breakers.ended(0, 1, true, 0);
    expect(breakers.allows(0, 1, 4 * SECOND)).toBe(false);
    expect(breakers.allows(0, 0, 4 * SECOND)).toBe(true);
    expect(breakers.allows(0, 1, 5 * SECOND)).toBe(true);
    expect(breakers.allows(0, 1, 5 * SECOND)).toBe(false);
    breakers.ended(0, 1, true, 6 * SECOND);
    expect(breakers.allows(0, 1, 10 * SECOND)).toBe(false);
    expect(breakers.allows(0, 1, 11 * SECOND)).toBe(true);
    breakers.ended(0, 1, false, 11 * SECOND);
    expect(breakers.allows(0, 1, 11 * SECOND)).toBe(true);
    // It forgot what was before: ten tries are seen anew before it opens again.
    for (let each = 0; each < 9; each++) breakers.ended(0, 1, true, 12 * SECOND);
    expect(breakers.allows(0, 1, 12 * SECOND)).toBe(true);
  });

  test("old outcomes leave the window", () => {
    const breakers = new Breakers(1, 1, plan);
    for (let each = 0; each < 4; each++) breakers.ended(0, 0, true, 0);
    for (let each = 0; each < 10; each++) breakers.ended(0, 0, false, 0);
    for (let each = 0; each < 4; each++) breakers.ended(0, 0, true, 0);
    expect(breakers.allows(0, 0, 0)).toBe(true);
    breakers.ended(0, 0, true, 0);
    expect(breakers.allows(0, 0, 0)).toBe(false);
  });

  test("spares a region that answers by errors, and finds it again when it is well", () => {
    const failing: FaultPlan = {
      ...fault(),
      at: MINUTE,
      until: 5 * MINUTE,
      regions: [0],
      hardships: onRegions({ failing: 1 }),
    };
    const breaker = { failures: 0.5, window: 20, openFor: 10 * SECOND };
    const world = new World(alone({ attempts: 1, breaker }, {}, [failing]), "1");
    world.run();
    const { failedBy } = world.availability;
    // Four minutes of 100/s fail; the window lets a score through, and then one in ten seconds.
    expect(failedBy[CIRCUIT_OPEN]).toBeGreaterThan(23_000);
    const errors = failedBy.reduce((sum, count) => sum + count, 0) - failedBy[CIRCUIT_OPEN]!;
    expect(errors).toBeLessThan(60);
    expect(errors).toBeGreaterThan(30);
    expect(settled(alone({ attempts: 1, breaker }, {}, [failing]))).toBe(1);
  });
});

describe("hedged reads", () => {
  const hanging: FaultPlan = {
    ...fault(),
    at: 0,
    until: 10 * MINUTE,
    regions: [0],
    hardships: onRegions({ hanging: 0.02 }),
  };
  const p99 = (client: Partial<ClientPlan>): { latency: number; failed: number; world: World } => {
    const base = alone({ attempts: 1, timeout: 3 * SECOND, ...client }, {}, [hanging]);
    const world = new World({ ...base, places: base.places.map((place) => ({ ...place, readShare: 1 })) }, "1");
    world.run();
    const failed = world.availability.failedBy.reduce((sum, count) => sum + count, 0);
    return { latency: world.availability.latency.quantile(0.99)!, failed, world };
  };

  test("a region that never answers one request in fifty is covered by the next one, within the budget", () => {
    const plain = p99({});
    const hedged = p99({ hedgeAfter: 400 * MILLISECOND, hedgeBudget: 0.05 });
    const issued = plain.world.availability.issued[0]!;
    expect(plain.failed / issued).toBeGreaterThan(0.018);
    expect(hedged.failed / issued).toBeLessThan(0.002);
    const { hedges } = hedged.world.availability;
    expect(hedges / issued).toBeGreaterThan(0.018);
    // What a budget has saved up: ten seconds of load.
    expect(hedges).toBeLessThanOrEqual(0.05 * issued + 0.05 * 100 * 10 + 1e-6);
  });

  test("a budget of a thousandth is a thousandth", () => {
    const { world } = p99({ hedgeAfter: 400 * MILLISECOND, hedgeBudget: 0.001 });
    const issued = world.availability.issued[0]!;
    expect(world.availability.hedges).toBeLessThanOrEqual(0.001 * issued + 10 + 1e-6);
    expect(world.availability.hedges).toBeGreaterThan(0.001 * issued);
  });

  test("a guest's second request goes near where he is, on the budget of his home", () => {
    const base = alone({ hedgeAfter: 400 * MILLISECOND, hedgeBudget: 1 }, {});
    const world = new World(base, "1");
    const { network, places, regions } = base;
    const trips = new RoundTrips(
      world.engine,
      new Streams("1"),
      [...regions, ...places].map(({ name }) => name),
      network.laws,
      0,
      MINUTE,
    );
    const hedges = new Hedges({ ...base, places: places.map((place) => ({ ...place, rate: 1 })) }, trips);
    // From beside ap-southeast-1, whoever is at home beside us-east-1: ten saved up, and none of the other place's.
    const spent = Array.from({ length: 11 }, () => hedges.spend(0, 2, 2));
    expect(spent).toEqual([...new Array<number>(10).fill(1), -1]);
    expect(hedges.spend(2, 2, 2)).toBe(1);
    hedges.earn(0);
    expect(hedges.spend(0, 2, 2)).toBe(1);
  });

  test("writes are never sent twice", () => {
    const base = alone({ attempts: 1, timeout: 3 * SECOND, hedgeAfter: 400 * MILLISECOND, hedgeBudget: 1 }, {}, [
      hanging,
    ]);
    const world = new World({ ...base, places: base.places.map((place) => ({ ...place, readShare: 0 })) }, "1");
    world.run();
    expect(world.availability.hedges).toBe(0);
    expect(world.oracle.duplicateEffects).toBe(0);
  });
});
