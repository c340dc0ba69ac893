import { expect, test } from "vitest";
import { Streams } from "../../src/engine/random.js";
import { Observer } from "../../src/simulation/observer.js";
import { Resolvers } from "../../src/simulation/resolvers.js";
import { World } from "../../src/simulation/world.js";
import { MILLISECOND, SECOND } from "../../src/units/time.js";
import { activeActive, outage } from "../simulation/plans.js";
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
  const resolvers = new Resolvers({ ttl, update: 0, resolvers: 2000 }, new Streams("1"), ["London"]);
  resolvers.publish(0, 7, 0);
  const change = 1000 * SECOND;
  resolvers.publish(0, 8, change);
  const tails = Array.from({ length: 2000 }, (_, session) => {
    let [before, after] = [change, change + ttl];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (resolvers.resolve(0, session, middle) === 8) after = middle;
      else before = middle;
    }
    return after - change;
  });
  expect(ksDistance(tails, uniformCdf(0, ttl))).toBeLessThan(ksCritical(tails.length));
});
