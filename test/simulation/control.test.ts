import { describe, expect, test } from "vitest";
import { onRegions } from "../../src/faults/region-faults.js";
import { NO_HARDSHIPS, NO_LINK_HARDSHIP } from "../../src/simulation/hardships.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { World } from "../../src/simulation/world.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { between, dataClass, fault, outage, singlePrimary } from "./plans.js";

const crash = outage(0, 5 * MINUTE, 10);
const fenced = (fencing: Plan["failover"]["fencing"], more: Partial<Plan["failover"]> = {}): Plan["failover"] => ({
  ...singlePrimary().failover,
  fencing,
  ...more,
});

test("a promoted primary has its lease as soon as the controller knows of it", () => {
  // The name changes at once and everywhere; the controller is a long way off.
  const plan = singlePrimary({
    faults: [crash],
    dns: { ttl: SECOND, update: 0, resolvers: 50, names: 1, anycast: null },
  });
  const { summary } = run({ ...plan, health: { ...plan.health, controller: 2 }, failover: fenced("lease") }, "1");
  expect(summary["failovers"]).toBe(1);
  // 27 writes a second; a third of a lease, 3.3 s, would fail about 60.
  expect(summary["failed_fenced"]!).toBeLessThan(10);
});

test("an update of the name that is on its way arrives though its sender has died", () => {
  const available = (faults: readonly FaultPlan[]): number => {
    const plan = singlePrimary({ faults, failover: fenced("epoch") });
    return run({ ...plan, health: { ...plan.health, controller: 2 } }, "1").summary["availability"]!;
  };
  // Promotion at about 5:46; the name servers take an update five seconds later.
  const promotedAt = run(singlePrimary({ faults: [crash], failover: fenced("epoch") }), "1").incidents[0]!.phases.find(
    ({ name }) => name === "promote",
  )!.end;
  const dark = { ...outage(2, 0, 1), at: promotedAt + 2 * SECOND, until: promotedAt + 5 * MINUTE };
  expect(available([crash, dark])).toBeGreaterThan(available([crash]) - 0.01);
});

describe("fencing by an order", () => {
  test.each([
    ["is dead", onRegions({ hostDead: true })],
    ["hangs", onRegions({ hostPaused: true, probes: "fail" })],
  ])("stops a host that %s: what manages its machine answers, so nobody need wait", (_how, hardships) => {
    const struck: FaultPlan = { ...crash, hardships, until: 12 * MINUTE };
    const { summary } = run(
      singlePrimary({ faults: [struck], failover: fenced("stonith", { onUnknown: "wait" }) }),
      "1",
    );
    expect(summary).toMatchObject({ failovers: 1, split_brain_writes: 0 });
    // Long before the host is back: detection, verification, a round trip, promotion, and its update of the name.
    expect(summary["failover_duration_seconds"]!).toBeLessThan(30);
  });

  test("kept from a region that is dark, waits until it comes back, or promotes", () => {
    const failovers = (onUnknown: "wait" | "promote"): number =>
      run(
        singlePrimary({ faults: [crash], failover: fenced("stonith", { onUnknown }), duration: crash.until - 1 }),
        "1",
      ).summary["failovers"]!;
    expect([failovers("wait"), failovers("promote")]).toEqual([0, 1]);
  });
});

/** A primary that nobody replaces, and that keeps so many writes for whoever is away. */
function shortLog(faults: readonly FaultPlan[], retention = 500): Plan {
  const plan = singlePrimary({ faults, failover: fenced("epoch") });
  const { replication } = plan.policies;
  const policies = {
    ...plan.policies,
    failover: { name: "none", options: {} },
    replication: { ...replication, options: { ...replication.options, retention } },
  };
  return { ...plan, policies };
}

describe("a log", () => {
  test("is kept no longer than for so many writes, though nobody acknowledges", () => {
    const cut: FaultPlan = { ...fault(), at: 2 * MINUTE, links: between([0], [1]) };
    const plan = shortLog([cut]);
    const world = new World({ ...plan, data: { ...plan.data, classes: [dataClass({ keys: 100 })] } }, "1");
    world.run();
    const [home] = world.replicas.hosts;
    expect(home!.log.end).toBeGreaterThan(20_000);
    // A second of writes more than what is kept, until the next heartbeat lets go of them.
    expect(home!.log.end - home!.log.begin).toBeLessThan(600);
    expect(world.writes.live).toBeLessThan(1200);
  });

  test("that was cut short brings a whole copy to the peer that comes back, and old writes count no lag again", () => {
    const cut: FaultPlan = { ...fault(), at: 4 * MINUTE, until: 8 * MINUTE, links: between([0], [1]) };
    const plan = shortLog([cut]);
    // The copy is sent within less time than what is kept covers.
    const world = new World({ ...plan, data: { ...plan.data, size: 200e6 } }, "1");
    world.run();
    const [home, standby] = world.replicas.hosts;
    expect(standby!.log.end).toBe(home!.log.end);
    expect([...standby!.registers]).toEqual([...home!.registers]);
    // The oldest that the standby had not had was accepted when the cut began; what it had before is older.
    expect(world.telemetry.lag.quantile(1)!).toBeLessThan(4.5 * MINUTE);
    expect(world.telemetry.lag.quantile(1)!).toBeGreaterThan(3.5 * MINUTE);
  });

  test("that a slow path leaves behind what is kept is given up for a whole copy, though nothing ever broke", () => {
    // A fifth of what is written, for ten minutes: more waits than may be on its way, and more than is kept.
    const narrow: FaultPlan = {
      ...fault(),
      at: MINUTE,
      until: 11 * MINUTE,
      links: [0 * 6 + 1],
      hardships: { ...NO_HARDSHIPS, link: { ...NO_LINK_HARDSHIP, bandwidth: 11_000 } },
    };
    const plan = shortLog([narrow]);
    let copies = 0;
    class Watch extends Observer {
      override copyInstalled(): void {
        copies++;
      }
    }
    const world = new World({ ...plan, data: { ...plan.data, size: 200e6 } }, "1", [new Watch()]);
    world.run();
    const [home, standby] = world.replicas.hosts;
    expect(copies).toBeGreaterThan(0);
    expect(standby!.log.end).toBe(home!.log.end);
    expect([...standby!.registers]).toEqual([...home!.registers]);
  });

  test("whose whole copy is cut short gets another one after the heal", () => {
    const cut = (at: number, until: number): FaultPlan => ({ ...fault(), at, until, links: between([0], [1]) });
    // Too long for what is kept; and again while the copy is on its way, for longer than a stream lasts.
    const plan = shortLog([cut(4 * MINUTE, 8 * MINUTE), cut(9 * MINUTE, 11 * MINUTE)], 4000);
    const installed: number[] = [];
    class Watch extends Observer {
      override copyInstalled(): void {
        installed.push(world.engine.now);
      }
    }
    // At a window of 4 MB in 68 ms, 6 GB take 102 s.
    const world: World = new World({ ...plan, data: { ...plan.data, size: 6e9 } }, "1", [new Watch()]);
    world.run();
    const [home, standby] = world.replicas.hosts;
    expect(installed[0]!).toBeGreaterThan(11 * MINUTE + 100 * SECOND);
    expect(standby!.log.end).toBe(home!.log.end);
    expect([...standby!.registers]).toEqual([...home!.registers]);
  });

  test("that comes as a whole copy brings all its terms: whoever was away is then as complete as the new primary", () => {
    // Region 2 has missed the end of the first term, region 0 only what came after it.
    const cut: FaultPlan = { ...fault(), at: 3 * MINUTE, until: 11 * MINUTE, links: between([2], [0, 1]) };
    const plan = singlePrimary({ faults: [cut, outage(0, 5 * MINUTE, 6)], failover: fenced("epoch") });
    const { replication } = plan.policies;
    const policies = {
      ...plan.policies,
      standbys: [1, 2],
      replication: { ...replication, options: { ...replication.options, retention: 500 } },
    };
    const regions = plan.regions.map((each) => ({ ...each, replica: true }));
    const installed: number[] = [];
    class Watch extends Observer {
      override copyInstalled(region: number): void {
        installed.push(region);
      }
    }
    const world = new World({ ...plan, regions, policies, data: { ...plan.data, size: 200e6 } }, "1", [new Watch()]);
    world.run();
    expect(installed.toSorted()).toEqual([0, 2]);
    const copies = world.replicas.hosts.map(({ replica, registers }) => [
      replica.logTerm(),
      replica.position(),
      registers.join(),
    ]);
    expect(copies[1]![0]).toBe(2);
    expect(copies[0]).toEqual(copies[1]);
    expect(copies[2]).toEqual(copies[1]);
  });
});
