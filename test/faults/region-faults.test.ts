import { describe, expect, test } from "vitest";
import { onRegions } from "../../src/faults/region-faults.js";
import type { RegionHardship } from "../../src/simulation/hardships.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { World } from "../../src/simulation/world.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, fault, outage, singlePrimary } from "../simulation/plans.js";

const strike = (hardship: Partial<RegionHardship>, at: number, until: number, regions = [0]): FaultPlan => ({
  ...fault(),
  at,
  until,
  regions,
  hardships: onRegions(hardship),
});

/** One region with users beside it, no retries, constant service: what a fault adds can be computed by hand. */
function alone(faults: readonly FaultPlan[], overrides: Partial<Plan> = {}): Plan {
  const plan = activeActive();
  return {
    ...plan,
    duration: 10 * MINUTE,
    regions: plan.regions.map((region, index) => ({
      ...region,
      replica: index === 0,
      instances: 6,
      fullInstances: 6,
      serviceLaw: "constant" as const,
    })),
    places: plan.places.map((place, index) => ({ ...place, rate: index === 0 ? 100 : 0.001 })),
    client: { ...plan.client, attempts: 1, deadline: 10 * SECOND, timeout: 10 * SECOND },
    health: { ...plan.health, vantages: [0], controller: 0 },
    faults,
    ...overrides,
  };
}
const availabilityOf = (plan: Plan, seed = "1"): number => run(plan, seed).summary["availability"]!;
const always = (hardship: Partial<RegionHardship>): FaultPlan => strike(hardship, 0, Number.POSITIVE_INFINITY);

describe("a slow region", () => {
  test("adds (slowdown - 1) service times to every request while its workers suffice", () => {
    const before = run(alone([]), "1").summary["user_request_latency_ms_p50"]!;
    const slow = run(alone([always({ service: 3 })]), "1").summary["user_request_latency_ms_p50"]!;
    // Constant service of 40 ms, 4 of 48 workers busy: no queue. Histograms are exact to 0.8 %.
    expect(Math.abs(slow - before - 80)).toBeLessThan(2);
  });

  test("is believed healthy, since probes do not wait for workers", () => {
    const { metrics } = run(alone([always({ service: 100 })]), "1");
    expect(metrics.find(({ name }) => name === "region_health")!.values["value"]).toBe(1);
  });
});

describe("lost capacity", () => {
  test("overloads what is left: the excess over c / S is what fails", () => {
    // 100 requests/s of 400 ms each need 40 workers; half of 48 carry 60 a second.
    const plan = alone([always({ capacity: 0.5 })]);
    const busy = plan.regions.map((region) => ({ ...region, serviceTime: 400 * MILLISECOND, queueLimit: 10 }));
    expect(Math.abs(availabilityOf({ ...plan, regions: busy }) - 0.6)).toBeLessThan(0.01);
  });

  test("that is drained while it works finishes what it has, and takes up no more than what is left carries", () => {
    // As above, from the middle of the run: all of the first half, 60 of 100 in the second.
    const plan = alone([strike({ capacity: 0.5 }, 5 * MINUTE, Number.POSITIVE_INFINITY)]);
    const busy = plan.regions.map((region) => ({ ...region, serviceTime: 400 * MILLISECOND, queueLimit: 10 }));
    const { summary } = run({ ...plan, regions: busy }, "1");
    expect(Math.abs(summary["availability"]! - 0.8)).toBeLessThan(0.012);
    expect(summary["failed_unreachable"]).toBe(0);
  });

  test("a zone takes its instances with what they were working on, and gives them back", () => {
    const duration = 10 * MINUTE;
    const slow = alone([strike({ zones: 0b001, abrupt: true }, 5 * MINUTE, 5 * MINUTE + 20 * SECOND)]);
    const regions = slow.regions.map((region) => ({ ...region, serviceTime: 400 * MILLISECOND }));
    const { summary } = run({ ...slow, regions, duration }, "1");
    // Of 40 requests in service a third dies, 13.3 on average, and nothing else: 32 workers are less than the 40 needed,
    // so a queue of 400 forms, but it is not full, and no one waits as long as ten seconds.
    expect(summary["failed_operations"]).toBeGreaterThan(4);
    expect(summary["failed_operations"]).toBeLessThan(26);
    expect(summary["failed_unreachable"]).toBe(summary["failed_operations"]);
  });

  test("two faults that take the same zone take it once", () => {
    const twice = alone([always({ zones: 0b001 }), always({ zones: 0b001 })]);
    const once = alone([always({ zones: 0b001 })]);
    const two = alone([always({ zones: 0b001 }), always({ zones: 0b010 })]);
    const busy = (plan: Plan): number =>
      availabilityOf({
        ...plan,
        regions: plan.regions.map((region) => ({ ...region, serviceTime: 400 * MILLISECOND, queueLimit: 10 })),
      });
    expect(busy(twice)).toBe(busy(once));
    expect(Math.abs(busy(once) - 0.8)).toBeLessThan(0.01);
    expect(Math.abs(busy(two) - 0.4)).toBeLessThan(0.01);
  });

  test("the copy dies with its zone if one zone holds it, else it does not", () => {
    const lost = always({ zones: 0b010 });
    const inZone = (copyZone: number): Plan => {
      const plan = alone([lost]);
      return { ...plan, regions: plan.regions.map((region) => ({ ...region, copyZone })) };
    };
    expect(availabilityOf(inZone(-1))).toBe(1);
    expect(availabilityOf(inZone(0))).toBe(1);
    const { summary } = run(inZone(1), "1");
    expect(summary["availability"]).toBe(0);
    expect(summary["failed_error"]).toBe(summary["failed_operations"]);
  });
});

describe("grey failures", () => {
  test.each([
    [{ failing: 0.2 }, "failed_error"],
    [{ hanging: 0.2 }, "failed_timeout"],
  ])("%j fails its share of the requests, and the probes pass", (share, cause) => {
    const { summary, metrics } = run(alone([always({ ...share, probes: "pass" })]), "1");
    // 60,000 requests: three standard errors of a share of 20 % are 0.5 points.
    expect(Math.abs(summary["availability"]! - 0.8)).toBeLessThan(0.005);
    expect(summary[cause]).toBe(summary["failed_operations"]);
    expect(metrics.find(({ name }) => name === "region_health")!.values["value"]).toBe(1);
  });

  test("two grey failures meet as independent ones do: 1 - (1 - f)(1 - g)", () => {
    const both = alone([always({ failing: 0.2 }), always({ failing: 0.5 })]);
    expect(Math.abs(availabilityOf(both) - 0.4)).toBeLessThan(0.006);
  });

  test("a failure that answers and one that does not meet as independent ones do", () => {
    const { summary } = run(alone([always({ failing: 0.5, hanging: 0.4, probes: "pass" })]), "1");
    // 60,000 requests: three standard errors are 0.6 points.
    expect(Math.abs(summary["availability"]! - 0.5 * 0.6)).toBeLessThan(0.006);
    expect(Math.abs(summary["failed_timeout"]! / summary["operations"]! - 0.5 * 0.4)).toBeLessThan(0.006);
  });

  test("a false alarm makes the controller fail over from a primary that serves", () => {
    const { summary } = run(singlePrimary({ faults: [strike({ probes: "fail" }, 5 * MINUTE, 10 * MINUTE)] }), "1");
    expect(summary["failovers"]).toBe(1);
  });
});

describe("the host of a copy", () => {
  test("crashes: its instances answer by errors, the controller fails over, and it follows after its restart", () => {
    const { summary } = run(singlePrimary({ faults: [strike({ hostDead: true }, 5 * MINUTE, 8 * MINUTE)] }), "1");
    expect(summary["failovers"]).toBe(1);
    expect(summary["failed_error"]).toBeGreaterThan(100);
    expect(summary["split_brain_writes"]).toBe(0);
    expect(summary["unavailable_writes"]).toBe(0);
  });

  test("crashes for a moment: nobody fails over, and nothing that was acknowledged is lost", () => {
    const crash = strike({ hostDead: true }, 5 * MINUTE, 5 * MINUTE + 2 * SECOND);
    const { summary } = run(singlePrimary({ faults: [crash] }), "1");
    expect(summary).toMatchObject({ failovers: 0, lost_acknowledged_writes: 0, unavailable_writes: 0 });
    expect(summary["failed_error"]! + summary["retries"]!).toBeGreaterThan(10);
  });

  test("a paused primary that was replaced finds the news in its letters when it wakes, in their order, and splits no brain", () => {
    const pause = strike({ hostPaused: true, probes: "fail" }, 5 * MINUTE, 7 * MINUTE);
    const plan = singlePrimary({ faults: [pause] });
    for (const fencing of ["none", "lease"] as const) {
      const { summary } = run({ ...plan, failover: { ...plan.failover, fencing } }, "1");
      expect(summary).toMatchObject({ failovers: 1, split_brain_writes: 0, unavailable_writes: 0 });
    }
  });

  test("dies while it stands still: what waited for it is answered by an error, not left to wait", () => {
    const [pause, crash] = [
      strike({ hostPaused: true }, 5 * MINUTE, 5 * MINUTE + 8 * SECOND),
      strike({ hostDead: true }, 5 * MINUTE + 4 * SECOND, 5 * MINUTE + 6 * SECOND),
    ];
    const { summary } = run(alone([pause, crash]), "1");
    // 100 requests a second: four seconds of them waited, and two came while the host was dead.
    expect(Math.abs(summary["failed_error"]! - 600)).toBeLessThan(4 * Math.sqrt(600));
    expect(summary["failed_operations"]).toBe(summary["failed_error"]);
  });

  test("a pause delays what waits for it by what is left of it", () => {
    const pauses = Array.from({ length: 60 }, (_, index) =>
      strike({ hostPaused: true }, index * 10 * SECOND, index * 10 * SECOND + SECOND),
    );
    const { summary } = run(alone(pauses), "1");
    expect(summary["availability"]).toBe(1);
    // A tenth of the requests meets a pause, and waits half a second on average; so p99 waits 0.9 of a second.
    const usual = run(alone([]), "1").summary["user_request_latency_ms_p50"]!;
    expect(Math.abs(summary["user_request_latency_ms_p50"]! - usual)).toBeLessThan(4);
    expect(Math.abs(summary["user_request_latency_ms_p99"]! - usual - 900)).toBeLessThan(60);
  });
});

test("what was to be launched while nothing could be is launched as soon as it can", () => {
  const crash = outage(0, 5 * MINUTE, 30);
  const refused = strike({ noLaunches: true }, 0, 12 * MINUTE, [1]);
  const plan = singlePrimary({ faults: [crash, refused] });
  const regions = plan.regions.map((region) => ({ ...region, bootMedian: MINUTE, bootP99: 1.1 * MINUTE }));
  const sizes: { at: number; workers: number }[] = [];
  class Watch extends Observer {
    override sampled(): void {
      sizes.push({ at: world.engine.now, workers: world.servers[1]!["workers"] });
    }
  }
  const world: World = new World({ ...plan, regions }, "1", [new Watch()]);
  world.run();
  // One instance of 8 workers, then four.
  expect(sizes.filter(({ at, workers }) => at < 12.9 * MINUTE && workers !== 8)).toEqual([]);
  expect(sizes.filter(({ at, workers }) => at > 13.2 * MINUTE && workers !== 32)).toEqual([]);
});

test("while no instance can be launched, a pilot light stays as small as it was", () => {
  const crash = outage(0, 5 * MINUTE, 30);
  const refused = strike({ noLaunches: true }, 0, 12 * MINUTE, [1]);
  const small = singlePrimary();
  // One instance of 8 workers carries 53 requests/s of the 90.
  const plan = { ...small, regions: small.regions.map((region) => ({ ...region, serviceTime: 150 * MILLISECOND })) };
  const shed = (faults: readonly FaultPlan[]): number => run({ ...plan, faults }, "1").summary["failed_overload"]!;
  expect(shed([crash, refused])).toBeGreaterThan(1.3 * shed([crash]));
});

describe("clocks", () => {
  test("a drift beyond the margin of the lease lets two primaries acknowledge at once; one within it does not", () => {
    // A lease of 10 s on a clock that loses 200 ms in a second lasts 12.5 s of true time: the margin of 1 s is too small.
    const cut = { ...fault(), at: 5 * MINUTE, until: 11 * MINUTE, links: [1, 6, 2, 12].map((link) => link) };
    const lost = (drift: number): number =>
      run(singlePrimary({ faults: [cut, always({ drift })], duration: 12 * MINUTE }), "1").summary[
        "split_brain_writes"
      ]!;
    expect(lost(-200_000)).toBeGreaterThan(lost(-50_000));
  });
});

test("faults on one region compose, and each heals only itself", () => {
  const plan = alone([
    strike({ hostDead: true }, 1 * MINUTE, 3 * MINUTE),
    strike({ dark: true }, 2 * MINUTE, 4 * MINUTE),
    strike({ failing: 1 }, 6 * MINUTE, 7 * MINUTE),
    strike({ failing: 1 }, 6.5 * MINUTE, 8 * MINUTE),
  ]);
  // Down from 1 to 4 and from 6 to 8: half of ten minutes, but for the ten seconds that a request waits for a dark region.
  expect(Math.abs(availabilityOf(plan) - 0.5)).toBeLessThan(0.02);
});
