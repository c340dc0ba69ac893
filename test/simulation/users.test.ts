import { describe, expect, test } from "vitest";
import { Engine } from "../../src/engine/engine.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { Links } from "../../src/network/links.js";
import { Narrows } from "../../src/network/narrows.js";
import { NO_HARDSHIPS, NO_LINK_HARDSHIP } from "../../src/simulation/hardships.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { World } from "../../src/simulation/world.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, fault, outage, singlePrimary } from "./plans.js";

/** Users beside us-east-1 only, who open a connection for each request. */
function alone(faults: readonly FaultPlan[], client: Partial<Plan["client"]> = {}): Plan {
  const plan = activeActive({ duration: 10 * MINUTE, faults });
  return {
    ...plan,
    places: plan.places.map((place, index) => ({ ...place, rate: index === 0 ? place.rate : 0 })),
    client: { ...plan.client, keepAlive: 0, pinned: 0, deadline: 20 * SECOND, timeout: 20 * SECOND, ...client },
  };
}
const THERE = 3 * 6;
const BACK = 3;
const slow = (link: number): FaultPlan => ({
  ...fault(),
  links: [link],
  hardships: { ...NO_HARDSHIPS, link: { ...NO_LINK_HARDSHIP, extra: 500 * MILLISECOND } },
});
const p50 = (plan: Plan): number => run(plan, "1").summary["user_request_latency_ms_p50"]!;

describe("a path between users and a region", () => {
  test.each([
    ["there", THERE],
    ["back", BACK],
  ])("slower %s: a new connection feels it in both handshakes and in the request, a kept one once", (_way, link) => {
    expect(p50(alone([slow(link)])) - p50(alone([]))).toBeCloseTo(1500, -1);
    const kept = { keepAlive: MINUTE };
    expect(p50(alone([slow(link)], kept)) - p50(alone([], kept))).toBeCloseTo(500, -1);
  });

  test("cut on the way back, a new connection asks nothing; a kept one is executed without an answer", () => {
    const accepted = (client: Partial<Plan["client"]>): number => {
      let count = 0;
      class Watch extends Observer {
        override writeAccepted(): void {
          const { now } = world.engine;
          if (now > 3 * MINUTE + SECOND && now < 5 * MINUTE) count++;
        }
      }
      const cut: FaultPlan = { ...fault(), at: 3 * MINUTE, until: 5 * MINUTE, links: [BACK] };
      const world = new World(alone([cut], { attempts: 1, ...client }), "1", [new Watch()]);
      world.run();
      return count;
    };
    expect(accepted({})).toBe(0);
    expect(accepted({ keepAlive: 10 * MINUTE, timeout: 2 * SECOND })).toBeGreaterThan(50);
  });

  test("made narrow, it is a queue, first come first served; healed, nothing waits", () => {
    const engine = new Engine({ pendingLimit: 10, kinds: [] });
    const links = new Links(2, 0, 1e9);
    const narrows = new Narrows(engine, links);
    expect(narrows.passes(1, 1000)).toBe(0);
    const hardship = { ...NO_LINK_HARDSHIP, bandwidth: 1000 };
    links.begin(1, hardship);
    expect([narrows.passes(1, 1000), narrows.passes(1, 500), narrows.passes(1, 250)]).toEqual([
      1_000_000, 1_500_000, 1_750_000,
    ]);
    expect(narrows.passes(2, 1000)).toBe(0);
    links.end(1, hardship);
    expect(narrows.passes(1, 1000)).toBe(0);
  });

  test("made narrow, it delays answers by their bytes over what is left, and more when loaded: M/D/1", () => {
    const narrow = (limit: number): FaultPlan => ({
      ...fault(),
      links: [BACK],
      hardships: { ...NO_HARDSHIPS, link: { ...NO_LINK_HARDSHIP, bandwidth: limit } },
    });
    // Reads only: 30 answers a second of 3,000 bytes each, at 60 % of the bandwidth.
    const reads = (faults: readonly FaultPlan[]): Plan => {
      const plan = alone(faults, { keepAlive: MINUTE });
      return { ...plan, duration: 40 * MINUTE, places: plan.places.map((place) => ({ ...place, readShare: 1 })) };
    };
    const mean = (plan: Plan): number => {
      const metric = run(plan, "1").metrics.find(({ name }) => name === "user_request_latency")!;
      return metric.values["sum"]! / metric.values["count"]!;
    };
    const load = 0.6;
    const service = (load / 30) * 1000;
    const expected = service * (1 + load / (2 * (1 - load)));
    const measured = mean(reads([narrow((30 * 3000) / load)])) - mean(reads([]));
    expect(Math.abs(measured - expected)).toBeLessThan(0.04 * expected);
  });
});

describe("what an answer that came too late, or led astray, is called", () => {
  test("users who keep to a region that the name has left fail by stale DNS, not by the region's refusal", () => {
    const plan = singlePrimary({ faults: [outage(0, 5 * MINUTE, 4)] });
    const { summary } = run({ ...plan, client: { ...plan.client, pinned: 0.5 } }, "1");
    // Half of the users go on asking the old primary, which answers again after nine minutes and leads no more.
    expect(summary["failed_stale_dns"]!).toBeGreaterThan(0.3 * summary["operations"]! * 0.5);
    expect(summary["failed_not_primary"]!).toBeLessThan(0.01 * summary["failed_stale_dns"]!);
  });

  test("users who still wait for a worker when their time is up fail by overload, not by a time-out", () => {
    const slow: FaultPlan = { ...fault(), at: 3 * MINUTE, regions: [0], hardships: onRegions({ service: 200 }) };
    const plan = alone([slow], { deadline: 3 * SECOND, timeout: SECOND, attempts: 1 });
    const { summary } = run(plan, "1");
    expect(summary["failed_operations"]!).toBeGreaterThan(5000);
    expect(summary["failed_overload"]).toBe(summary["failed_operations"]);
  });

  test("a refusal by the region that the name still leads to keeps its own cause", () => {
    const plan = singlePrimary({ faults: [{ ...outage(0, 5 * MINUTE, 4), hardships: onRegions({ hostDead: true }) }] });
    const none = { ...plan.policies, failover: { name: "none", options: {} } };
    const { summary } = run({ ...plan, policies: none }, "1");
    expect(summary["failed_error"]!).toBeGreaterThan(1000);
    expect(summary["failed_stale_dns"]).toBe(0);
  });
});

test("a region that was scaled up and dies comes back as large as it was meant to be", () => {
  const plan = singlePrimary({ faults: [outage(0, 3 * MINUTE, 60), outage(1, 12 * MINUTE, 1)], duration: 25 * MINUTE });
  const heavy: Plan = {
    ...plan,
    health: { ...plan.health, controller: 2 },
    client: { ...plan.client, pinned: 0 },
    places: plan.places.map((place) => ({ ...place, rate: 150 })),
  };
  let failed = 0;
  class Watch extends Observer {
    override operationEnded(_place: number, _region: number, _write: boolean, issuedAt: number, cause: number): void {
      if (cause !== 0 && issuedAt > 16 * MINUTE) failed++;
    }
  }
  new World(heavy, "1", [new Watch()]).run();
  // With the one instance of the start, two thirds of 450 a second would be turned away for nine minutes.
  expect(failed).toBeLessThan(100);
});
