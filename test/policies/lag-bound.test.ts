import { describe, expect, test } from "vitest";
import { OK, type RunRecord, WRITE } from "../../src/record/record.js";
import type { Plan } from "../../src/simulation/plan.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { between, fault, outage, singlePrimary } from "../simulation/plans.js";
import { recorded } from "../simulation/recorded.js";

const BOUND = 20 * SECOND;
const BATCH = 250 * MILLISECOND;
const RATE = 20;
const CUT = 2 * MINUTE;

/** One primary and a standby that is cut off for good after two minutes; two minutes later the primary loses its disk. */
function plan(options: object, overrides: Partial<Plan> = {}): Plan {
  const base = singlePrimary();
  const cut = { ...fault(), at: CUT, until: CUT + 6 * MINUTE, links: between([0], [1]) };
  return {
    ...base,
    duration: 12 * MINUTE,
    places: base.places.map((place) => ({ ...place, rate: RATE / 3, readShare: 0 })),
    faults: [cut],
    client: { ...base.client, attempts: 1 },
    ...overrides,
    policies: {
      ...base.policies,
      replication: { name: "async", options: { batch: BATCH, heartbeat: SECOND, retention: 1e6, ...options } },
      failover: { name: "none", options: {} },
    },
    failover: { ...base.failover, fencing: "none" },
  };
}

const answered = ({ operations }: RunRecord): number[] =>
  [...operations.kind.keys()]
    .filter((row) => operations.kind[row] === WRITE && operations.outcome[row] === OK)
    .map((row) => operations.return[row]!)
    .toSorted((a, b) => a - b);

describe.each(["wait", "refuse"])("beyond the bound writes %s", (beyond) => {
  const { record, outcome } = recorded(plan({ max_lag: BOUND, beyond }));
  const times = answered(record);

  test("nothing is answered from the bound on until the standby has caught up, and everything is before and after", () => {
    const last = times.findLast((at) => at < CUT + 3 * MINUTE)!;
    // The oldest write that the standby lacks was accepted within a batch and a trip before the cut.
    expect(last).toBeLessThan(CUT + BOUND + SECOND);
    expect(last).toBeGreaterThan(CUT + BOUND - BATCH - SECOND);
    const between = (from: number, until: number): number => times.filter((at) => at > from && at < until).length;
    expect(between(CUT + BOUND + SECOND, CUT + 6 * MINUTE)).toBe(0);
    expect(between(CUT - MINUTE, CUT)).toBeGreaterThan(0.8 * 60 * RATE);
    expect(between(CUT + 8 * MINUTE, CUT + 9 * MINUTE)).toBeGreaterThan(0.8 * 60 * RATE);
  });

  test("the primary's end costs what was answered within the bound, and no more", () => {
    const end = outage(0, CUT + 2 * MINUTE, 1, false);
    const lost = (options: object): number =>
      recorded(plan(options, { faults: [...plan({}).faults, end] })).outcome.summary["lost_acknowledged_writes"]!;
    const bounded = lost({ max_lag: BOUND, beyond });
    expect(bounded).toBeLessThan(((BOUND + SECOND) / SECOND) * RATE * 1.2);
    expect(bounded).toBeGreaterThan(((BOUND - SECOND) / SECOND) * RATE * 0.7);
    expect(lost({})).toBeGreaterThan(120 * RATE * 0.8);
  });

  test("and it is the standby that they lack, whether they are told so or wait until their time is up", () => {
    expect(outcome.summary["failed_no_quorum"]).toBeGreaterThan(RATE * 60);
    expect(outcome.summary["failed_overload"]).toBeLessThan(RATE * 2);
  });
});

test("a bound that is never reached costs nothing: the same writes are answered at the same moments", () => {
  const calm = (options: object): number[] => answered(recorded(plan(options, { faults: [] })).record);
  expect(calm({ max_lag: 30 * SECOND, beyond: "wait" })).toEqual(calm({}));
});
