import { expect, test } from "vitest";
import { Streams } from "../../src/engine/random.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan } from "../../src/simulation/plan.js";
import { Resolvers } from "../../src/simulation/resolvers.js";
import { World } from "../../src/simulation/world.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, fault, outage } from "../simulation/plans.js";
import { ksCritical, ksDistance, uniformCdf } from "../statistics.js";

test("detection is uniform on [(k-1)i + o, k i + o] after the fault, one checker, silent server", () => {
  const [interval, timeout, threshold, strikes] = [10, 4, 3, 600];
  const luck = new Streams("faults").sequence("moments");
  const starts = Array.from({ length: strikes }, (_, strike) =>
    Math.round((strike * 200 + 20 + luck.uniform() * 60) * SECOND),
  );
  const detected: number[] = [];
  class Watch extends Observer {
    override regionBelieved(region: number, healthy: boolean): void {
      if (region === 0 && !healthy) detected.push(world.engine.now - starts[detected.length]!);
    }
  }
  const base = activeActive();
  const world = new World(
    activeActive({
      duration: (strikes * 200 + 100) * SECOND,
      places: base.places.map((place) => ({ ...place, rate: 0.01 })),
      health: {
        ...base.health,
        interval: interval * SECOND,
        timeout: timeout * SECOND,
        threshold,
        vantages: [1],
        controller: 1,
      },
      faults: starts.map((at) => outage(0, at, 1)),
    }),
    "1",
    [new Watch()],
  );
  world.run();
  expect(detected).toHaveLength(strikes);
  // The probe is under way for half a round trip before the fault can hit it, and the opinion is reported over 1 ms.
  const oneWay = 34 * MILLISECOND;
  const samples = detected.map((delay) => delay + oneWay);
  const low = ((threshold - 1) * interval + timeout) * SECOND;
  expect(ksDistance(samples, uniformCdf(low, low + interval * SECOND))).toBeLessThan(ksCritical(strikes));
});

test("the old answer dies out evenly over one TTL", () => {
  const ttl = 60 * SECOND;
  const clock = { now: 0 };
  const resolvers = new Resolvers(
    { ttl, update: 0, resolvers: 2000, names: 1, anycast: null },
    clock,
    new Streams("1"),
    ["London"],
  );
  resolvers.publish(0, [7]);
  const change = 1000 * SECOND;
  clock.now = change;
  resolvers.publish(0, [8]);
  const tails = Array.from({ length: 2000 }, (_, session) => {
    let [before, after] = [change, change + ttl];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      clock.now = middle;
      if (resolvers.resolve(0, session) === 8) after = middle;
      else before = middle;
    }
    return after - change;
  });
  expect(ksDistance(tails, uniformCdf(0, ttl))).toBeLessThan(ksCritical(tails.length));
});

test("users go over to the new answer evenly over one TTL, each as the cache in front of them expires", () => {
  const plan = activeActive({
    duration: 5 * MINUTE,
    dns: { ttl: MINUTE, update: 5 * SECOND, resolvers: 4000, names: 1, anycast: null },
  });
  // Both regions serve; only the probes of the first one fail, so that its users are led away.
  const lie: FaultPlan = { ...fault(), at: MINUTE, regions: [0], hardships: onRegions({ probes: "fail" }) };
  let change = Number.POSITIVE_INFINITY;
  const moved: number[] = [];
  class Watch extends Observer {
    override regionBelieved(region: number, healthy: boolean): void {
      if (region === 0 && !healthy) change = Math.min(change, world.engine.now + 5 * SECOND);
    }
    override operationEnded(place: number, region: number, _write: boolean, issuedAt: number): void {
      if (place === 0 && region !== 0 && issuedAt >= change && issuedAt < change + MINUTE)
        moved.push(issuedAt - change);
    }
  }
  const places = plan.places.map((place) => ({ ...place, rate: 100, sessions: 4000 }));
  const client = { ...plan.client, keepAlive: 0, pinned: 0 };
  const world: World = new World({ ...plan, places, client, faults: [lie] }, "1", [new Watch()]);
  world.run();
  // A share t / TTL of all requests at t: their moments are distributed as the square of that.
  expect(moved.length).toBeGreaterThan(2500);
  const squared = moved.map((after) => (after / MINUTE) * (after / MINUTE));
  expect(ksDistance(squared, uniformCdf(0, 1))).toBeLessThan(ksCritical(squared.length));
});
