import { expect, test } from "vitest";
import { onRegions } from "../../src/faults/region-faults.js";
import { Observer } from "../../src/simulation/observer.js";
import type { Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MINUTE } from "../../src/units/time.js";
import { activeActive, between, dataClass, fault } from "../simulation/plans.js";

/**
 * A region's clock is three minutes ahead, and it is cut off from the others, and then dark: its users go on elsewhere,
 * where nothing of what they have seen has come.
 */
function roaming(carriedBy: "regions" | "sessions"): Plan {
  const base = activeActive();
  const alone = { ...fault(), at: MINUTE, until: 6 * MINUTE, links: between([0], [1, 2]) };
  const dark = { ...fault(), at: 3 * MINUTE, until: 6 * MINUTE, regions: [0], hardships: onRegions({ dark: true }) };
  const ahead = { ...fault(), regions: [0], hardships: onRegions({ skew: 3 * MINUTE }) };
  return {
    ...base,
    duration: 8 * MINUTE,
    faults: [alone, dark, ahead],
    data: { ...base.data, classes: [dataClass({ keys: 30 })] },
    places: base.places.map((place) => ({ ...place, rate: 10, readShare: 0.5, sessions: 20 })),
    policies: {
      ...base.policies,
      conflict: { name: "hybrid-logical-clocks", options: { carried_by: carriedBy } },
    },
  };
}

/** Whether a write lost to a version that its session had written or been shown before it asked. */
class LostToWhatWasSeen extends Observer {
  world!: World;
  lost = 0;
  /** By session: what it has met, by serial, with how many it had met before that. */
  private readonly met = new Map<string, Map<number, number>>();
  /** By operation: whose it is, and how many he had met when he asked. By serial, the same of its write. */
  private readonly asked = new Map<number, readonly [met: ReadonlyMap<number, number>, count: number]>();
  private readonly past = new Map<number, readonly [met: ReadonlyMap<number, number>, count: number]>();
  private readonly shown = new Map<number, number>();
  /** Of an id that has just been let go of too. */
  private readonly serials = new Map<number, number>();

  override operationIssued(_place: number, operation: number): void {
    const met = this.sessionOf(operation);
    this.asked.set(operation, [met, met.size]);
  }

  override readServed(_region: number, _key: number, shown: number, _issued: number, attempt: number): void {
    this.shown.set(attempt, shown < 0 ? -1 : this.world.writes.serial[shown]!);
  }

  override answerTaken(operation: number, attempt: number): void {
    const write = this.world.attempts.write[attempt]!;
    const serial = write >= 0 ? this.world.writes.serial[write]! : (this.shown.get(attempt) ?? -1);
    const met = this.sessionOf(operation);
    if (serial >= 0 && !met.has(serial)) met.set(serial, met.size);
  }

  override writeAccepted(
    write: number,
    _region: number,
    before: number,
    after: number,
    _repeated: boolean,
    operation: number,
  ): void {
    this.serials.set(write, this.world.writes.serial[write]!);
    this.past.set(this.serials.get(write)!, this.asked.get(operation)!);
    this.meet(write, before, after);
  }

  override writeApplied(write: number, _region: number, before: number, after: number): void {
    this.meet(write, before, after);
  }

  /** One of the two has lost to the other here. */
  private meet(write: number, before: number, after: number): void {
    if (before < 0 || before === write) return;
    const [winner, loser] = after === write ? [write, before] : [before, write];
    const [met, count] = this.past.get(this.serials.get(loser)!)!;
    if ((met.get(this.serials.get(winner)!) ?? count) < count) this.lost++;
  }

  private sessionOf(operation: number): Map<number, number> {
    const { place, session } = this.world.operations;
    const name = `${place[operation]} ${session[operation]}`;
    const known = this.met.get(name) ?? new Map<number, number>();
    this.met.set(name, known);
    return known;
  }
}

function lostUnder(carriedBy: "regions" | "sessions"): number {
  const observer = new LostToWhatWasSeen();
  const world = new World(roaming(carriedBy), "1", [observer]);
  observer.world = world;
  world.run();
  expect(world.oracle.acknowledged).toBeGreaterThan(5000);
  return observer.lost;
}

test("a write loses to what its session had seen elsewhere, where only regions carry stamps", () => {
  expect(lostUnder("regions")).toBeGreaterThan(50);
});

test("no write loses to what its session had seen, where sessions carry stamps, whatever the clocks say", () => {
  expect(lostUnder("sessions")).toBe(0);
});
