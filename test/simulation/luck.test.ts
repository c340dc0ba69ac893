import { describe, expect, test } from "vitest";
import { Observer } from "../../src/simulation/observer.js";
import type { Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MINUTE } from "../../src/units/time.js";
import { activeActive, dataClass, outage, singlePrimary } from "./plans.js";

interface Lives {
  /** Every operation: place, number, when, key, kind and session. */
  readonly operations: string[];
  /** Every request that came to a worker: place, number and how long it keeps it. */
  readonly work: Set<string>;
}

function lives(plan: Plan, seed = "1"): Lives {
  const operations: string[] = [];
  const work = new Set<string>();
  let latest = -1;
  class Watch extends Observer {
    override operationIssued(place: number): void {
      const { number, issuedAt, key, kind, session } = world.operations;
      operations.push([place, number[latest], issuedAt[latest], key[latest], kind[latest], session[latest]].join(" "));
    }
  }
  const world: World = new World(plan, seed, [new Watch()]);
  const take = world.operations.take.bind(world.operations);
  world.operations.take = () => {
    latest = take();
    return latest;
  };
  for (const servers of world.servers) {
    const offer = servers.offer.bind(servers);
    servers.offer = (attempt) => {
      const { place, number, work: takes } = world["requests"]["attempts"];
      work.add([place[attempt], number[attempt], takes[attempt]].join(" "));
      return offer(attempt);
    };
  }
  world.run();
  // Of the same moment, which place comes first says nothing.
  return { operations: operations.toSorted(), work };
}

describe("an architecture does not change the luck of another's users", () => {
  const duration = 5 * MINUTE;

  test("they want the same at the same moments, and it costs the same work wherever it is done", () => {
    const [everywhere, primary] = [lives(activeActive({ duration })), lives(singlePrimary({ duration }))];
    expect(everywhere.operations.length).toBeGreaterThan(20_000);
    expect(primary.operations).toEqual(everywhere.operations);
    // One for each operation: a retry is the same work.
    expect(everywhere.work.size).toBe(everywhere.operations.length);
    expect([...primary.work].toSorted()).toEqual([...everywhere.work].toSorted());
  });

  test("nor do faults, policies, clients and how much else happens", () => {
    const calm = lives(activeActive({ duration }));
    const struck = singlePrimary({ duration, faults: [outage(0, MINUTE, 2), outage(1, 2 * MINUTE, 1, false)] });
    const other: Plan = {
      ...struck,
      client: { ...struck.client, attempts: 5, timeout: 300_000, keepAlive: 0, pinned: 0.4 },
      dns: { ttl: 0, update: MINUTE, resolvers: 3, names: 1, anycast: null },
      health: { ...struck.health, interval: 3_000_000, vantages: [2] },
      data: {
        ...struck.data,
        classes: [dataClass({ valueBytes: 9 })],
        shards: 3,
      },
      failover: { ...struck.failover, fencing: "epoch", verify: 0 },
    };
    const { operations, work } = lives(other);
    expect(operations).toEqual(calm.operations);
    // Not all of them came to a worker, but none found another amount of work there.
    expect(work.size).toBeLessThan(calm.work.size);
    expect([...work].filter((each) => !calm.work.has(each))).toEqual([]);
  });

  test("another seed does", () => {
    const [one, two] = [lives(activeActive({ duration })), lives(activeActive({ duration }), "2")];
    const known = new Set(one.operations);
    expect(two.operations.filter((each) => known.has(each))).toEqual([]);
  });
});
