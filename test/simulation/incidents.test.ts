import { describe, expect, test } from "vitest";
import { onRegions } from "../../src/faults/region-faults.js";
import { incidentReports } from "../../src/simulation/incident-reports.js";
import { incidentsOf } from "../../src/simulation/incidents.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { Recovery } from "../../src/simulation/recovery.js";
import { run } from "../../src/simulation/run.js";
import { World } from "../../src/simulation/world.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { between, fault, outage, singlePrimary } from "./plans.js";

const crash = outage(0, 5 * MINUTE, 3);
/** Changes nothing that anyone could notice. */
const harmless = (at: number): FaultPlan => ({
  ...fault(),
  label: "skew",
  at,
  regions: [1],
  hardships: onRegions({ skew: MILLISECOND }),
});
const slowShipping = (faults: readonly FaultPlan[], more: Partial<Plan> = {}): Plan => {
  const plan = singlePrimary({ faults, ...more });
  const { replication } = plan.policies;
  const options = { ...replication.options, batch: 10 * SECOND };
  return { ...plan, policies: { ...plan.policies, replication: { ...replication, options } } };
};

describe("what an incident answers for", () => {
  const alone = run(slowShipping([crash]), "1").incidents[0]!;

  test("a crash has its recovery point, recovery time and failover", () => {
    expect(alone.rpoSeconds).toBeGreaterThan(1);
    expect(alone.rpoSeconds).toBeLessThan(11);
    expect(alone.rtoSeconds).toBeGreaterThan(60);
    expect(alone.failoverSeconds).toBeGreaterThan(15);
  });

  test.each([
    ["long before", MINUTE],
    ["just before", crash.at - 2 * SECOND],
    ["between the crash and its detection", crash.at + 12 * SECOND],
    ["after the failover", crash.at + 2 * MINUTE],
    ["after the return", crash.until + MINUTE],
  ])("a harmless fault %s takes none of it, and answers for nothing itself", (_when, at) => {
    const { incidents } = run(slowShipping([crash, harmless(at)]), "1");
    expect(incidents).toHaveLength(2);
    const struck = incidents.find(({ start }) => start === crash.at)!;
    const other = incidents.find(({ start }) => start === at)!;
    expect(struck.rpoSeconds).toBe(alone.rpoSeconds);
    expect(struck.rtoSeconds).toBe(alone.rtoSeconds);
    expect(struck.failoverSeconds).toBe(alone.failoverSeconds);
    expect(other.rpoSeconds).toBe(0);
    expect(other.phases).toEqual([]);
  });

  test("two crashes of the same kind, each with the tail that it cost", () => {
    const second = outage(1, 14 * MINUTE, 3);
    const plan = slowShipping([crash, second], { duration: 22 * MINUTE });
    const { incidents, summary } = run({ ...plan, health: { ...plan.health, controller: 2 } }, "1");
    expect(incidents.map(({ rpoSeconds }) => rpoSeconds > 1 && rpoSeconds < 11)).toEqual([true, true]);
    expect(summary["rpo_seconds"]).toBe(Math.max(...incidents.map(({ rpoSeconds }) => rpoSeconds)));
  });

  test.each([
    ["a cut that healed before", { at: MINUTE, until: MINUTE + 15 * SECOND }],
    ["a cut between the crash and its detection, to a region that is dark already", { at: crash.at + 12 * SECOND }],
  ])("%s takes nothing of the crash's tail, whether its disks are kept or lost", (_which, when) => {
    const cut: FaultPlan = { ...fault(), links: between([0], [1]), ...when };
    for (const disksKept of [true, false]) {
      const struck = outage(0, crash.at, 3, disksKept);
      const { incidents } = run(slowShipping([struck, { ...cut, until: Math.min(cut.until, struck.until) }]), "1");
      const rpoOf = (start: number): number => incidents.find((each) => each.start === start)!.rpoSeconds;
      // What the crash took is at most as old as a batch; what the cut held back came later.
      expect(rpoOf(crash.at)).toBeGreaterThan(1);
      expect(rpoOf(crash.at)).toBeLessThan(11);
      expect(rpoOf(cut.at)).toBe(0);
    }
  });

  test("what a return loses that a cut delays is charged to what made it a return", () => {
    const cut: FaultPlan = {
      ...fault(),
      at: crash.until + 10 * MILLISECOND,
      until: crash.until + MINUTE,
      links: between([0], [1]),
    };
    const { incidents } = run(slowShipping([crash, cut]), "1");
    expect(incidents.map(({ rpoSeconds }) => rpoSeconds)).toEqual([alone.rpoSeconds, 0]);
  });

  test("a planned switchover answers no incident", () => {
    const cut: FaultPlan = {
      ...fault(),
      at: crash.until + 30 * SECOND,
      until: crash.until + 32 * SECOND,
      links: between([0], [1]),
    };
    const plan = singlePrimary({ faults: [crash, cut] });
    let planned = 0;
    class Watch extends Observer {
      override failoverEnded(_from: number, _to: number, _start: number, isPlanned: boolean): void {
        if (isPlanned) planned++;
      }
    }
    const world = new World({ ...plan, failover: { ...plan.failover, failback: MINUTE } }, "1", [new Watch()]);
    world.run();
    expect(planned).toBe(1);
    const reports = incidentReports(world);
    expect(reports[0]!.failoverSeconds).toBeGreaterThan(15);
    expect([reports[1]!.failoverSeconds, reports[1]!.phases]).toEqual([null, []]);
  });

  test("faults that begin together are one incident, which ends with the last of them", () => {
    const [long, short] = [outage(0, MINUTE, 5), outage(1, MINUTE, 2)];
    for (const faults of [
      [long, short],
      [short, long],
    ])
      expect(incidentsOf(faults)).toEqual([{ start: MINUTE, end: 6 * MINUTE, faults: [0, 1] }]);
  });

  test("two primaries that never come back, each with what only it had", () => {
    const plan = slowShipping([outage(0, crash.at, 60), outage(1, 14 * MINUTE, 60)], { duration: 22 * MINUTE });
    const { incidents, summary } = run(plan, "1");
    expect(incidents.map(({ rpoSeconds }) => rpoSeconds > 1)).toEqual([true, true]);
    // With the second one the last copy of everything is gone.
    expect(incidents[0]!.rpoSeconds).toBeLessThan(11);
    expect(incidents[1]!.rpoSeconds).toBeGreaterThan(13.9 * 60);
    expect(summary["unavailable_writes"]!).toBeGreaterThan(1000);
  });

  test("a primary that was deposed and leads again answers for a later loss by the later incident", () => {
    const again = outage(0, 14 * MINUTE, 60, false);
    const plan = slowShipping([crash, again]);
    const { incidents } = run({ ...plan, failover: { ...plan.failover, failback: MINUTE } }, "1");
    expect(incidents[0]!.rpoSeconds).toBe(alone.rpoSeconds);
    expect(incidents[1]!.rpoSeconds).toBeGreaterThan(1);
    expect(incidents[1]!.rpoSeconds).toBeLessThan(11);
  });

  test("answers that were on their way at the crash are lost writes of the crash, and no split brain", () => {
    const { summary } = run(slowShipping([crash]), "1");
    expect(summary["lost_acknowledged_writes"]!).toBeGreaterThan(5);
    expect(summary["split_brain_writes"]).toBe(0);
  });
});

/** Drives the judge of windows by itself: `rate` operations a second and place, with the given chance of success. */
function recoveryOf(
  faults: readonly FaultPlan[],
  minutes: number,
  places: readonly number[],
  fails: (place: number, second: number, number: number) => boolean,
): (number | null)[] {
  const incidents = incidentsOf(faults);
  const recovery = new Recovery(places.length, incidents, 3 * SECOND);
  for (let second = 0; second < minutes * 60; second++) {
    for (const [place, rate] of places.entries()) {
      for (let number = 0; number < rate; number++) {
        const at = second * SECOND + Math.floor((number * SECOND) / rate);
        recovery.issued(place, at);
        if (!fails(place, second, number)) recovery.succeeded(place, at);
      }
    }
  }
  recovery.conclude(minutes * MINUTE);
  return incidents.map((_, incident) => {
    const micros = recovery.recoveryTime(incident);
    return micros === null ? null : micros / SECOND;
  });
}
const at = (seconds: number): FaultPlan => ({ ...fault(), at: seconds * SECOND });

describe("recovery time", () => {
  test("one failure in ten operations is chance, an outage is not", () => {
    expect(recoveryOf([at(120)], 20, [1, 100], (place, second) => place === 0 && second % 97 === 0)).toEqual([0]);
    expect(
      recoveryOf([at(120)], 20, [1, 100], (place, second) => place === 0 && second >= 120 && second < 203),
    ).toEqual([90]);
  });

  test("a small loss that stays is not recovered: windows are judged together too", () => {
    expect(recoveryOf([at(120)], 20, [100], (_place, second, number) => second > 120 && number < 3)).toEqual([null]);
    expect(recoveryOf([at(120)], 20, [100], (_place, second, number) => second > 120 && number < 0)).toEqual([0]);
  });

  test("a bad time earlier lowers no level: what is recovered is as good as before all faults", () => {
    const fails = (_place: number, second: number, number: number): boolean =>
      (second >= 120 && second < 300) || (second >= 600 && second < 900 && number < 5);
    expect(recoveryOf([at(120), at(600)], 20, [100], fails)).toEqual([180, 300]);
  });

  test("incidents that begin in the same bad window share the outage; one that begins in it, its rest", () => {
    const fails = (_place: number, second: number): boolean => second >= 121 && second < 240;
    expect(recoveryOf([at(121), at(125), at(180), at(500)], 20, [50], fails)).toEqual([119, 115, 60, 0]);
  });

  test("what an incident strikes on its way is the incident's, though it was asked in the window before", () => {
    const asked = (from: number, to: number) => (_place: number, second: number, number: number) =>
      (second >= 120 && second < 150) ||
      (second >= 600 && second < 630) ||
      (second >= from && second < to && number < 9);
    expect(recoveryOf([at(120), at(600)], 20, [20], asked(598, 600))).toEqual([30, 30]);
    // Nothing begins while those are under way: the earlier incident has come back.
    expect(recoveryOf([at(120), at(600)], 20, [20], asked(580, 588))).toEqual([470, 30]);
  });

  test("nobody can tell it when no whole window follows the start", () => {
    expect(recoveryOf([at(1195)], 20, [50], () => false)).toEqual([0]);
    expect(recoveryOf([at(1201)], 20, [50], () => false)).toEqual([null]);
  });

  test("an outage to the end has no recovery time", () => {
    expect(recoveryOf([at(120)], 20, [50], (_place, second) => second >= 125)).toEqual([null]);
  });
});

describe("the end of a run", () => {
  test("every operation ends, and the last five minutes are judged", () => {
    const dark = outage(0, 16 * MINUTE, 30);
    const { summary } = run(singlePrimary({ faults: [dark] }), "1");
    expect(summary["operations"]).toBe(
      summary["failed_operations"]! + Math.round(summary["operations"]! * summary["availability"]!),
    );
    expect(summary["windows_under_target"]).toBe(0.25);
  });

  test("a recovery time that nobody knows is no number, though another incident has one", () => {
    const none = { ...singlePrimary().policies, failover: { name: "none", options: {} } };
    const blink = outage(0, 5 * MINUTE, 1);
    const summaryOf = (faults: readonly FaultPlan[]): Readonly<Record<string, number | null>> =>
      run(singlePrimary({ faults, policies: none }), "1").summary;
    expect(summaryOf([blink])["rto_seconds"]!).toBeGreaterThan(50);
    expect(summaryOf([blink, outage(0, 12 * MINUTE, 60)])["rto_seconds"]).toBeNull();
    expect(summaryOf([])["rto_seconds"]).toBeNull();
  });

  test("writes that a cut keeps from a copy to the end are told", () => {
    const cut: FaultPlan = { ...fault(), at: 15 * MINUTE, links: between([0], [1]) };
    const { summary } = run(
      singlePrimary({
        faults: [cut],
        failover: { ...singlePrimary().failover, fencing: "epoch" },
        policies: { ...singlePrimary().policies, failover: { name: "none", options: {} } },
      }),
      "1",
    );
    // 3 places of 30 operations a second, 30 % writes, over five minutes.
    expect(summary["unreplicated_writes"]!).toBeGreaterThan(7000);
    expect(summary["unreplicated_writes"]!).toBeLessThan(9000);
  });
});
