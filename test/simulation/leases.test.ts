import { describe, expect, test } from "vitest";
import { onRegions } from "../../src/faults/region-faults.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { between, fault, singlePrimary } from "./plans.js";

const LEASE = 40 * SECOND;
const MARGIN = 4 * SECOND;
const CUT = 5 * MINUTE;

/** The clock of the primary gains so many microseconds in each second, from the start. */
const drift = (gains: number): FaultPlan => ({
  ...fault(),
  label: "drift",
  regions: [0],
  hardships: onRegions({ drift: gains }),
});
const cut = (others: readonly number[]): FaultPlan => ({ ...fault(), at: CUT, links: between([0], others) });

/** Suspicion is quick and promotion instant, so that nothing but the lease keeps two regions from leading at once. */
function plan(faults: readonly FaultPlan[], vantages: readonly number[]): Plan {
  const base = singlePrimary({ faults, duration: 8 * MINUTE });
  return {
    ...base,
    health: {
      ...base.health,
      interval: SECOND,
      timeout: 500 * MILLISECOND,
      threshold: 2,
      vantages,
      controller: 2,
    },
    failover: {
      ...base.failover,
      fencing: "lease",
      verify: SECOND,
      lease: LEASE,
      clockMargin: MARGIN,
      promotion: 0,
    },
  };
}

interface Story {
  /** When the controller granted a lease for the last time before its order to promote, and when it gave that order. */
  readonly granted: number;
  readonly ordered: number;
  readonly promotedAt: number;
  /** Writes that the old primary accepted after the new one led. */
  readonly late: readonly number[];
  readonly lastByOld: number;
  readonly byNew: number;
}

function story(of: Plan): Story {
  const accepted: { region: number; at: number }[] = [];
  const grants: number[] = [];
  const orders: number[] = [];
  let promotedAt = Number.POSITIVE_INFINITY;
  class Watch extends Observer {
    override writeAccepted(_write: number, region: number): void {
      accepted.push({ region, at: world.engine.now });
    }
    override leaderChanged(region: number): void {
      if (region === 1) promotedAt = Math.min(promotedAt, world.engine.now);
    }
  }
  const world: World = new World(of, "1", [new Watch()]);
  const post = world["control"].posts[0]!;
  const grant = post.grantLease.bind(post);
  post.grantLease = (to, requestedAt) => {
    grants.push(world.engine.now);
    grant(to, requestedAt);
  };
  const promote = post.promote.bind(post);
  post.promote = (to, term) => {
    orders.push(world.engine.now);
    promote(to, term);
  };
  world.run();
  const ordered = orders[0]!;
  const byOld = accepted.filter(({ region }) => region === 0).map(({ at }) => at);
  return {
    granted: grants.findLast((at) => at < ordered)!,
    ordered,
    promotedAt,
    late: byOld.filter((at) => at > promotedAt),
    lastByOld: byOld.at(-1)!,
    byNew: accepted.filter(({ region }) => region === 1).length,
  };
}

describe("a lease", () => {
  const isolated = cut([1, 2]);

  test("is waited out from the last grant, and the margin with it: nobody is ordered to lead before, nor later", () => {
    const { granted, ordered, promotedAt, late, lastByOld, byNew } = story(plan([isolated], [1, 2]));
    expect(granted).toBeLessThan(CUT);
    expect(granted).toBeGreaterThan(CUT - LEASE / 3);
    expect(ordered).toBe(granted + LEASE + MARGIN);
    // A handshake and the way there.
    expect(promotedAt).toBeLessThan(ordered + 600 * MILLISECOND);
    // The old one uses it to its end, which it counts from its request, half a round trip before the grant.
    expect(lastByOld).toBeLessThan(granted + LEASE);
    expect(lastByOld).toBeGreaterThan(granted + LEASE - SECOND);
    expect(late).toEqual([]);
    expect(byNew).toBeGreaterThan(1000);
  });

  test("that is being waited out is not renewed, though its holder still reaches the controller", () => {
    // Only the standby finds the primary dead; the path from the primary to the controller is well.
    const { granted, ordered, late, lastByOld, byNew } = story(plan([cut([1])], [1]));
    expect(granted).toBeGreaterThan(CUT - LEASE / 3);
    expect(granted).toBeLessThan(CUT + 5 * SECOND);
    expect(ordered).toBe(granted + LEASE + MARGIN);
    expect(lastByOld).toBeGreaterThan(granted + LEASE - SECOND);
    expect(late).toEqual([]);
    expect(byNew).toBeGreaterThan(1000);
  });

  // On a clock that loses a share s of each second, a lease lasts LEASE / (1 - s): 4 s more at 9.1 %.
  test.each([-80_000, -20_000, 80_000])("holds on a clock that gains %d µs a second, within the margin", (gains) => {
    const { granted, late, lastByOld } = story(plan([drift(gains), isolated], [1, 2]));
    const lasts = LEASE / (1 + gains / 1e6);
    expect(lastByOld).toBeLessThan(granted + lasts);
    expect(lastByOld).toBeGreaterThan(granted + lasts - SECOND);
    expect(late).toEqual([]);
  });

  test("does not hold on a clock that loses more than the margin: two regions accept at once, for as long as it is off", () => {
    const { granted, promotedAt, late } = story(plan([drift(-200_000), isolated], [1, 2]));
    const both = granted + LEASE / 0.8 - promotedAt;
    expect(both).toBeGreaterThan(5 * SECOND);
    // 27 writes a second, in a Poisson stream, while all users still ask the old primary.
    const expected = (27 * both) / SECOND;
    expect(Math.abs(late.length - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });

  test("does not mind a clock that is off by a constant: it begins and ends on the same clock", () => {
    const skewed: FaultPlan = { ...drift(0), label: "skew", hardships: onRegions({ skew: -20 * SECOND }) };
    expect(story(plan([skewed, isolated], [1, 2]))).toEqual(story(plan([isolated], [1, 2])));
  });
});
