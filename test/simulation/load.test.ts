import { describe, expect, test } from "vitest";
import { Observer } from "../../src/simulation/observer.js";
import type { Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { World } from "../../src/simulation/world.js";
import { constantLaw } from "../../src/topology/delay-law.js";
import { HOUR, MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { mean, standardError } from "../statistics.js";
import { activeActive, region, requestType } from "./plans.js";

/** N users who think for Z and are served by one worker in S: exact mean value analysis (Reiser and Lavenberg 1980). */
function repairman(users: number, think: number, service: number): { throughput: number; response: number } {
  let queue = 0;
  let response = 0;
  let throughput = 0;
  for (let each = 1; each <= users; each++) {
    response = service * (1 + queue);
    throughput = each / (think + response);
    queue = throughput * response;
  }
  return { throughput, response };
}

/** One region of one worker, users at a millisecond's distance who never give up. */
function closed(users: number, think: number, duration: number): Plan {
  const base = activeActive();
  return activeActive({
    duration,
    regions: [{ ...region("us-east-1"), instances: 1, workersPerInstance: 1, queueLimit: 1_000_000 }],
    places: [{ ...base.places[0]!, rate: (users * 1e6) / think, sessions: users, think }],
    network: { ...base.network, laws: [base.network.laws[0]!, null, constantLaw(1), null], slowShare: 0 },
    client: { ...base.client, deadline: HOUR, timeout: HOUR, attempts: 1, handshakes: 0, keepAlive: HOUR, pinned: 0 },
    health: { ...base.health, vantages: [0], controller: 0 },
  });
}

describe("a closed loop is the machine repairman's model", () => {
  test.each([
    { users: 5, think: SECOND },
    { users: 25, think: SECOND },
    { users: 60, think: SECOND },
  ])("$users users who think for a second", ({ users, think }) => {
    const service = 40 * MILLISECOND;
    const exact = repairman(users, think + MILLISECOND, service);
    const duration = 2 * HOUR;
    const found = ["1", "2", "3", "4"].map((seed) => {
      const world = new World(closed(users, think, duration), seed);
      world.run();
      const throughput = world.availability.succeeded[0]! / duration;
      // The law of interactive response time holds in every run: R = N / X - Z.
      return { throughput, response: users / throughput - think - MILLISECOND };
    });
    const throughputs = found.map((each) => each.throughput);
    expect(Math.abs(mean(throughputs) - exact.throughput)).toBeLessThan(5 * standardError(throughputs));
    expect(standardError(throughputs) / exact.throughput).toBeLessThan(0.01);
    console.log(
      `${users} users: MVA ${(exact.throughput * 1e6).toFixed(3)}/s, simulated ${(mean(throughputs) * 1e6).toFixed(3)}/s`,
    );
  });

  test("no user asks while waiting for an answer", () => {
    const open = new Map<number, number>();
    class Watch extends Observer {
      override operationIssued(): void {
        for (const count of open.values()) expect(count).toBeLessThanOrEqual(1);
      }
    }
    const world: World = new World(closed(30, SECOND, 5 * MINUTE), "1", [new Watch()]);
    const { operations } = world;
    const take = operations.take.bind(operations);
    operations.take = () => {
      open.clear();
      for (let at = 0; at < operations.awaited.length; at++)
        if (operations.awaited[at] === 1)
          open.set(operations.session[at]!, (open.get(operations.session[at]!) ?? 0) + 1);
      return take();
    };
    world.run();
    expect(world.availability.issued[0]).toBeGreaterThan(5000);
  });
});

test("types of requests: each has its share, its work and its own patience", () => {
  const base = activeActive({ duration: 20 * MINUTE });
  const plan: Plan = {
    ...base,
    requests: [
      requestType({ share: 0.9 }),
      requestType({ name: "batch", share: 0.08, work: 20, deadline: MINUTE, timeout: MINUTE, reads: 0 }),
      requestType({ name: "static", share: 0.02, work: 0.1, reads: 1, answerBytes: 100_000 }),
    ],
  };
  const counts = [0, 0, 0];
  const work = [0, 0, 0];
  const writes = [0, 0, 0];
  class Watch extends Observer {
    override requestLeft(): void {
      const { operations } = world;
      const { attempts } = world.replicas.hosts[0]!["around"];
      for (let id = 0; id < attempts.bound; id++) {
        if (attempts.operation[id] === -1 || seen.has(`${attempts.place[id]}/${attempts.number[id]}`)) continue;
        seen.add(`${attempts.place[id]}/${attempts.number[id]}`);
        const type = operations.type[attempts.operation[id]!]!;
        counts[type]! += 1;
        work[type]! += attempts.work[id]!;
        if (attempts.kind[id] !== 0) writes[type]! += 1;
      }
    }
  }
  const seen = new Set<string>();
  const world: World = new World(plan, "1", [new Watch()]);
  world.run();
  const total = counts.reduce((sum, count) => sum + count, 0);
  expect(total).toBeGreaterThan(100_000);
  for (const [type, share] of [0.9, 0.08, 0.02].entries())
    expect(Math.abs(counts[type]! - share * total)).toBeLessThan(4 * Math.sqrt(total * share * (1 - share)));
  const serviceTime = plan.regions[0]!.serviceTime;
  for (const [type, times] of [1, 20, 0.1].entries()) {
    const expected = serviceTime * times;
    expect(Math.abs(work[type]! / counts[type]! - expected)).toBeLessThan((4 * expected) / Math.sqrt(counts[type]!));
  }
  expect(writes[1]).toBe(counts[1]);
  expect(writes[2]).toBe(0);
});

test("who roams asks from another place, with the luck and in the name of home", () => {
  const base = activeActive({ duration: 10 * MINUTE });
  const share = 0.2;
  let away = 0;
  let all = 0;
  class Watch extends Observer {
    override operationIssued(): void {
      const { operations } = world;
      all++;
      const newest = operations.issuedAt.findIndex(
        (at, id) => at === world.engine.now && operations.awaited[id] === 1 && operations.attempts[id] === 0,
      );
      if (operations.at[newest] !== operations.place[newest]) away++;
    }
  }
  const world: World = new World({ ...base, client: { ...base.client, roaming: share } }, "1", [new Watch()]);
  world.run();
  expect(Math.abs(away - share * all)).toBeLessThan(4 * Math.sqrt(all * share * (1 - share)));
  // The same operations come, and the far ones take longer.
  const home = run(base, "1").summary;
  expect(world.availability.issued.reduce((sum, count) => sum + count, 0)).toBe(home["operations"]);
  expect(world.availability.latency.quantile(0.99)! / 1000).toBeGreaterThan(home["user_request_latency_ms_p99"]!);
});
