import { describe, expect, test } from "vitest";
import { surge } from "../../src/faults/place-faults.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { NO_STORAGE, dataClass, fault, outage, singlePrimary } from "../simulation/plans.js";

const STANDBY = 1;
const CALM = 50;
const TIMES = 4;
const AT = MINUTE;
const LASTS = MINUTE;

const surged: FaultPlan = {
  ...fault(),
  at: AT,
  until: AT + LASTS,
  places: [0],
  hardships: surge.hardships({ times: TIMES }),
};

/** Writes only, at 50 a second, and a standby that applies so many. */
function plan(rate: number, workers: number, faults: readonly FaultPlan[], minutes = 6): Plan {
  const base = singlePrimary({ duration: minutes * MINUTE, faults });
  return {
    ...base,
    storage: { ...NO_STORAGE, apply: { rate, workers } },
    data: { ...base.data, classes: [dataClass({ keys: 1000 })] },
    regions: base.regions.map((region) => ({ ...region, instances: 10, serviceTime: MILLISECOND })),
    places: base.places.map((place, index) => ({ ...place, rate: index === 0 ? CALM : 0.001, readShare: 0 })),
  };
}

/** When the standby received and showed each write, in order. */
class Watch extends Observer {
  readonly received: number[] = [];
  readonly applied: number[] = [];
  readonly lags: number[] = [];
  /** What it accepts itself once it leads. */
  readonly accepted: number[] = [];
  promotedAt = 0;
  world!: World;

  override leaderChanged(): void {
    this.promotedAt = this.world.engine.now;
  }
  override writeAccepted(_write: number, region: number): void {
    if (region === STANDBY) this.accepted.push(this.world.engine.now);
  }
  override writeReceived(_write: number, region: number): void {
    if (region === STANDBY) this.received.push(this.world.engine.now);
  }
  override writeApplied(write: number, region: number): void {
    if (region !== STANDBY) return;
    this.applied.push(this.world.engine.now);
    this.lags.push(this.world.engine.now - this.world.writes.acceptedAt[write]!);
  }
}

function watched(plan: Plan): Watch & { world: World } {
  const watch = new Watch();
  watch.world = new World(plan, "1", [watch]);
  watch.world.run();
  return watch;
}

describe("a standby that applies more slowly than its primary writes", () => {
  test.each([
    [100, 1],
    [25, 4],
    // A third of a microsecond too much for each write would show.
    [300, 1],
  ])("applies at %d/s with %d workers when the recursion of such a queue says, to the microsecond", (rate, workers) => {
    const { received, applied } = watched(plan(rate, workers, [surged]));
    expect(received.length).toBeGreaterThan(20_000);
    const left: number[] = [];
    for (const [index, cameAt] of received.entries())
      left.push(Math.max(cameAt, left[index - workers] ?? 0) + 1e6 / rate);
    const wrong = left.filter((moment, index) => index < applied.length && Math.abs(applied[index]! - moment) > 1);
    expect(wrong).toEqual([]);
    expect(applied.length).toBeGreaterThan(received.length - 10);
  });

  test("lags behind by (1 - r/w) t in a surge, and drains in Q / (r - w') after it", () => {
    const rate = 100;
    const { applied, lags } = watched(plan(rate, 1, [surged]));
    const lagAt = (moment: number): number => lags[applied.findIndex((time) => time >= moment)]! / SECOND;
    for (const seconds of [20, 40, 60]) {
      const expected = (1 - rate / (CALM * TIMES)) * seconds;
      expect(Math.abs(lagAt(AT + seconds * SECOND) - expected)).toBeLessThan(0.06 * 60);
    }
    const drained = applied.find((time, index) => time > AT + LASTS && lags[index]! < 0.3 * SECOND)!;
    const queued = (CALM * TIMES - rate) * (LASTS / SECOND);
    const expected = queued / (rate - CALM);
    expect(expected).toBe(120);
    // Poisson: the surge brings 12000 writes give or take 110, each worth a fiftieth of a second.
    expect(Math.abs((drained - AT - LASTS) / SECOND - expected)).toBeLessThan(9);
  });

  test("loses nothing that it received when it is promoted: it first applies its backlog", () => {
    const at = AT + LASTS;
    const lost = outage(0, at, 20, false);
    const { world, received, applied, promotedAt, accepted } = watched(plan(30, 1, [surged, lost], 9));
    // Only what was on the wire.
    expect(world.oracle.lost).toBeLessThan(CALM * TIMES * 0.2);
    // Some 9000 writes waited, at 30 a second.
    const shown = applied[received.length - 1]!;
    expect(shown - promotedAt).toBeGreaterThan(3 * MINUTE);
    expect(accepted[0]! - shown).toBeGreaterThan(0);
    expect(accepted[0]! - shown).toBeLessThan(5 * SECOND);
  });

  test("begins anew with what it had in hand when its host dies or stands still, and loses none of it", () => {
    const crash: FaultPlan = {
      ...fault(),
      at: 2 * MINUTE,
      until: 2 * MINUTE + 10 * SECOND,
      regions: [STANDBY],
      hardships: onRegions({ hostDead: true }),
    };
    const pause: FaultPlan = { ...crash, hardships: onRegions({ hostPaused: true }) };
    const calm = watched(plan(0.5, 1, []));
    for (const trouble of [crash, pause]) {
      const { applied } = watched(plan(0.5, 1, [trouble]));
      // One write in two seconds, always busy: ten seconds are five writes, less what was in hand.
      expect(applied.filter((time) => time > trouble.at && time < trouble.until)).toEqual([]);
      expect(calm.applied.length - applied.length).toBeGreaterThanOrEqual(5);
      expect(calm.applied.length - applied.length).toBeLessThanOrEqual(6);
    }
  });

  test("takes longer on a slow disk", () => {
    const slow: FaultPlan = { ...fault(), regions: [STANDBY], hardships: onRegions({ disk: 4 }) };
    expect(watched(plan(100, 1, [slow], 2)).applied.length / (2 * 60 * 25)).toBeCloseTo(1, 1);
  });
});
