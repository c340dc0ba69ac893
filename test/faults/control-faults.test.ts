import { describe, expect, test } from "vitest";
import { onControl } from "../../src/faults/control-faults.js";
import { badPath } from "../../src/faults/link-faults.js";
import { surge } from "../../src/faults/place-faults.js";
import type { ControlHardship } from "../../src/simulation/hardships.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { World } from "../../src/simulation/world.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, between, fault, outage, singlePrimary } from "../simulation/plans.js";

const control = (hardship: Partial<ControlHardship>, at: number, until: number): FaultPlan => ({
  ...fault(),
  at,
  until,
  hardships: onControl(hardship),
});
const END = Number.POSITIVE_INFINITY;

/** No retries, a connection for each request: every attempt has its own luck. */
function fresh(faults: readonly FaultPlan[], overrides: Partial<Plan> = {}): Plan {
  const plan = activeActive({ duration: 10 * MINUTE, faults });
  return { ...plan, client: { ...plan.client, attempts: 1, keepAlive: 0, pinned: 0 }, ...overrides };
}
const secondsOfFailover = (faults: readonly FaultPlan[]): number => {
  const { incidents } = run(singlePrimary({ faults }), "1");
  return incidents.flatMap(({ phases }) => phases).find(({ name }) => name === "promote")!.end / SECOND;
};

describe("a bad path", () => {
  const bad = (share: number, at = 0, until = END): FaultPlan => ({
    ...fault(),
    at,
    until,
    links: between([3, 4, 5], [0, 1, 2]),
    hardships: badPath.hardships({ share }),
  });

  test("stops its share of the connections, each in both directions, and no other", () => {
    const { summary } = run(fresh([bad(0.3)]), "1");
    // 54,000 operations, each on a connection of its own: three standard errors are 0.6 points.
    expect(Math.abs(summary["availability"]! - 0.7)).toBeLessThan(0.006);
  });

  test("two of them compose as independent ones: 1 - (1 - a)(1 - b)", () => {
    const one = run(fresh([bad(0.3)]), "1").summary["availability"]!;
    const two = run(fresh([bad(0.3), bad(0.5)]), "1").summary["availability"]!;
    expect(Math.abs(two - one * 0.5)).toBeLessThan(0.006);
  });

  test("a client that tries again on a new connection gets through more often", () => {
    const plan = fresh([bad(0.3)]);
    const patient = { ...plan, client: { ...plan.client, attempts: 3, retryBudget: 1, deadline: 10 * SECOND } };
    const { summary } = run(patient, "1");
    expect(Math.abs(summary["availability"]! - (1 - 0.3 * 0.3 * 0.3))).toBeLessThan(0.003);
  });
});

test("a surge adds its arrivals to the usual ones and shifts none of them", () => {
  class Issued extends Observer {
    readonly times: number[] = [];
    constructor(private readonly now: () => number) {
      super();
    }
    override operationIssued(place: number): void {
      if (place === 0) this.times.push(this.now());
    }
  }
  const arrivals = (faults: readonly FaultPlan[]): number[] => {
    const issued = new Issued(() => world.engine.now);
    const world: World = new World(fresh(faults), "4", [issued]);
    world.run();
    return issued.times;
  };
  const trebled = {
    ...fault(),
    at: 2 * MINUTE,
    until: 4 * MINUTE,
    places: [0],
    hardships: surge.hardships({ times: 3 }),
  };
  const usual = arrivals([]);
  const more = arrivals([trebled]);
  const extra = more.length - usual.length;
  // Poisson with mean 2 * 30/s * 120 s.
  expect(Math.abs(extra - 7200)).toBeLessThan(3.3 * Math.sqrt(7200));
  const set = new Set(more);
  expect(usual.filter((time) => !set.has(time))).toEqual([]);
  const inside = (times: readonly number[]): number => times.filter((t) => t >= 2 * MINUTE && t < 4 * MINUTE).length;
  expect(inside(more) - inside(usual)).toBe(extra);
});

describe("the name service", () => {
  test("a record that is gone for L costs L of requests: caches hide its loss, and its return, for half a TTL each", () => {
    const plan = fresh([control({ dnsGone: true }, 2 * MINUTE, 5 * MINUTE)]);
    const { summary } = run(plan, "1");
    const rate = 90;
    // The caches' phases are 50 a place: the standard error of their mean is TTL / sqrt(12 * 150) = 1.4 s each way.
    expect(Math.abs(summary["failed_unresolved"]! / rate - 180)).toBeLessThan(8);
  });

  test("while updates are refused, users are still led to a dead region", () => {
    const dead = outage(0, 2 * MINUTE, 30);
    const refused = control({ dnsRefused: true }, 0, 6 * MINUTE);
    const failed = (faults: readonly FaultPlan[]): number => run(fresh(faults), "1").summary["failed_operations"]!;
    // Until the update is taken, everybody beside the dead region fails: from about 2:30 to 6:00 instead.
    const usual = failed([dead]);
    const more = failed([dead, refused]);
    expect(Math.abs((more - usual) / 30 - 205)).toBeLessThan(15);
  });

  test("delayed updates delay the way to the living by just as much", () => {
    const dead = outage(0, 2 * MINUTE, 30);
    const late = control({ dnsDelay: MINUTE }, 0, END);
    const failed = (faults: readonly FaultPlan[]): number => run(fresh(faults), "1").summary["failed_operations"]!;
    expect(Math.abs((failed([dead, late]) - failed([dead])) / 30 - 60)).toBeLessThan(5);
  });
});

describe("failover", () => {
  const dead = outage(0, 5 * MINUTE, 10);
  test("waits while the call that promotes is refused", () => {
    const usual = secondsOfFailover([dead]);
    const refused = secondsOfFailover([dead, control({ promotionsRefused: true }, 0, 9 * MINUTE)]);
    expect(usual).toBeLessThan(6 * 60);
    // A call that failed is tried again after patience: 30 s and the time a promotion takes.
    expect(refused).toBeGreaterThan(9 * 60);
    expect(refused).toBeLessThan(9 * 60 + 65);
  });

  test("waits while automation is paused", () => {
    const paused = secondsOfFailover([dead, control({ automationPaused: true }, 0, 9 * MINUTE)]);
    expect(paused).toBeGreaterThan(9 * 60);
    expect(paused).toBeLessThan(9 * 60 + 40);
  });
});

describe("health probes", () => {
  class FirstAlarm extends Observer {
    at = Number.POSITIVE_INFINITY;
    constructor(private readonly now: () => number) {
      super();
    }
    override regionBelieved(region: number, healthy: boolean): void {
      if (region === 0 && !healthy) this.at = Math.min(this.at, this.now());
    }
  }
  const firstAlarm = (seed: string, hardship: Partial<ControlHardship>): number => {
    const plan = fresh([control(hardship, 0, END)], { duration: 60 * MINUTE });
    const quiet: Plan = {
      ...plan,
      places: plan.places.map((place) => ({ ...place, rate: 0.001 })),
      health: { ...plan.health, vantages: [1] },
    };
    const alarm = new FirstAlarm(() => world.engine.now);
    const world: World = new World(quiet, seed, [alarm]);
    world.run();
    return alarm.at;
  };

  test("lost with probability p raise a false alarm after (1 - p^k) / (p^k (1 - p)) probes on average", () => {
    // p = 1/2, k = 3: fourteen probes of 10 s; the law of runs has a standard deviation of about 12 probes.
    const seeds = 60;
    let sum = 0;
    for (let seed = 0; seed < seeds; seed++) sum += firstAlarm(String(seed), { probesLost: 0.5 });
    const probes = sum / seeds / (10 * SECOND);
    expect(Math.abs(probes - 14)).toBeLessThan((3.3 * 12) / Math.sqrt(seeds));
  });

  test("that all tell the opposite make every healthy region look dead after k probes", () => {
    const at = firstAlarm("1", { probesWrong: 1 });
    expect(at).toBeGreaterThan(20 * SECOND);
    expect(at).toBeLessThan(31 * SECOND);
  });
});

test("users whose link is cut are unreachable, every one of them, and none is taken for overload", () => {
  const cut: FaultPlan = { ...fault(), at: 2 * MINUTE, until: 7 * MINUTE, links: between([3], [0, 1, 2]) };
  const { summary } = run(fresh([cut]), "1");
  // Requests in the last seconds before the heal are sent again after it, within their deadline.
  expect(summary["failed_unreachable"]).toBe(summary["failed_operations"]);
  expect(Math.abs(summary["failed_operations"]! / 30 - 300)).toBeLessThan(12);
});
