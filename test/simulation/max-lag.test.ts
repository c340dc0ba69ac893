import { describe, expect, test } from "vitest";
import { type FailoverView, NOBODY } from "../../src/policies/contract.js";
import { automatic } from "../../src/policies/failover/automatic.js";
import { NO_HARDSHIPS, NO_LINK_HARDSHIP } from "../../src/simulation/hardships.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { fault, outage, singlePrimary } from "./plans.js";

const ANY = Number.POSITIVE_INFINITY;

describe("a refusal to promote whom too much is missing", () => {
  /** Replication crawls from the third minute on: of 27 writes a second of 2 kB a tenth gets through. */
  const crawl: FaultPlan = {
    ...fault(),
    at: 3 * MINUTE,
    links: [0 * 6 + 1],
    hardships: { ...NO_HARDSHIPS, link: { ...NO_LINK_HARDSHIP, bandwidth: 6000 } },
  };
  const crash = outage(0, 6 * MINUTE, 6);
  const outcome = (maxLag: number, faults: readonly FaultPlan[], maxLagTime = ANY) => {
    const base = singlePrimary({ duration: 20 * MINUTE, faults });
    const plan: Plan = {
      ...base,
      // The controller hears from everybody by other ways than the narrow one.
      health: { ...base.health, controller: 2 },
      policies: {
        ...base.policies,
        failover: { name: "automatic", options: { max_lag: maxLag, max_lag_time: maxLagTime } },
      },
    };
    return run(plan, "1");
  };

  test("leaves the primary's place empty until it comes back, and loses nothing; without it, minutes of writes are gone", () => {
    const refused = outcome(500, [crawl, crash]);
    expect(refused.summary).toMatchObject({
      failovers: 0,
      lost_acknowledged_writes: 0,
      failover_duration_seconds: null,
    });
    // Nobody leads for the six minutes of the outage.
    expect(refused.incidents.at(-1)!.rtoSeconds ?? ANY).toBeGreaterThan(5 * 60);
    const promoted = outcome(ANY, [crawl, crash]);
    expect(promoted.summary["failovers"]).toBe(1);
    // Three minutes of 27 writes a second, but what got through.
    expect(promoted.summary["lost_acknowledged_writes"]!).toBeGreaterThan(3000);
    expect(promoted.summary["availability"]!).toBeGreaterThan(refused.summary["availability"]!);
  });

  test("by time too, which says what the crawl has come to: three minutes but what got through", () => {
    expect(outcome(ANY, [crawl, crash], 2 * MINUTE).digests.events).toBe(outcome(500, [crawl, crash]).digests.events);
    expect(outcome(ANY, [crawl, crash], 4 * MINUTE).summary["failovers"]).toBe(1);
    expect(outcome(ANY, [crash], 5 * SECOND).summary["failovers"]).toBe(1);
  });

  test("does not stand in the way of a standby that is level", () => {
    const level = outcome(500, [crash]);
    expect(level.summary["failovers"]).toBe(1);
    expect(level.digests.events).toBe(outcome(ANY, [crash]).digests.events);
  });
});

describe("how far a standby is behind", () => {
  const view = (standby: { term: number; position: number }, behind = 0): FailoverView => ({
    now: SECOND,
    timeOfDay: 0,
    leader: 0,
    standbys: [1],
    healthy: (region) => region === 1,
    unhealthySince: () => 0,
    position: (region) => (region === 0 ? 1000 : standby.position),
    logTerm: (region) => (region === 0 ? 3 : standby.term),
    behindFor: () => behind,
  });
  const heir = (maxLag: number, standby: { term: number; position: number }): number =>
    automatic.on({ max_lag: maxLag, max_lag_time: ANY }).leader(view(standby));

  test("is the difference of the positions last heard, to the write", () => {
    expect(heir(100, { term: 3, position: 900 })).toBe(1);
    expect(heir(100, { term: 3, position: 899 })).toBe(NOBODY);
    expect(heir(ANY, { term: 3, position: -1 })).toBe(1);
  });

  test("cannot be told by the length of a log of an older term, which is refused: its end may be what the leader never had", () => {
    expect(heir(100, { term: 2, position: 1000 })).toBe(NOBODY);
    expect(heir(ANY, { term: 2, position: 1000 })).toBe(1);
  });
});
