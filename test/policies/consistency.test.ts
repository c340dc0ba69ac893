import { describe, expect, test } from "vitest";
import { onRegions } from "../../src/faults/region-faults.js";
import { OK, READ, type RunRecord, WRITE } from "../../src/record/record.js";
import type { Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { constantLaw, roundTrip } from "../../src/topology/delay-law.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { between, dataClass, fault, outage, requestType } from "../simulation/plans.js";
import { recorded } from "../simulation/recorded.js";
import { chosen, everywhere, onePrimary } from "./consistency-plans.js";

/** Constant delays and services, enough workers that nobody waits, everybody at home: what is left can be added up. */
function exact(plan: Plan): Plan {
  const laws = plan.network.laws.map((law) => (law === null ? null : constantLaw(roundTrip(law, 0.5) / MILLISECOND)));
  return {
    ...plan,
    duration: 3 * MINUTE,
    faults: [],
    storage: { ...plan.storage, fsync: 0, bandwidth: Number.POSITIVE_INFINITY },
    network: { ...plan.network, laws, slowShare: 0 },
    client: { ...plan.client, roaming: 0, keepAlive: 10 * MINUTE },
    regions: plan.regions.map((region) => ({ ...region, serviceLaw: "constant" as const, workersPerInstance: 100 })),
  };
}

/** Microseconds from call to return of what a place asked for after the first minute, sorted. */
function latencies(plan: Plan, { operations }: RunRecord, place: number, kind: number): number[] {
  const first = plan.places.slice(0, place).reduce((sum, { sessions }) => sum + sessions, 0);
  const last = first + plan.places[place]!.sessions;
  return [...operations.call.keys()]
    .filter((row) => {
      const session = operations.session[row]!;
      return session >= first && session < last && operations.kind[row] === kind && operations.call[row]! > MINUTE;
    })
    .filter((row) => operations.outcome[row] === OK)
    .map((row) => operations.return[row]! - operations.call[row]!)
    .toSorted((a, b) => a - b);
}
const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)]!;

describe("what a read that asks the leader costs", () => {
  test("one round trip between the two regions and one service more; nothing beside the leader", () => {
    const plan = (name: string): Plan => exact(onePrimary(1, chosen(name), "harmless", "none"));
    const [nearest, leader] = [recorded(plan("local")).record, recorded(plan("leader")).record];
    const sites = 6;
    const { laws } = plan("local").network;
    for (const place of [1, 2]) {
      const extra =
        median(latencies(plan("local"), leader, place, READ)) - median(latencies(plan("local"), nearest, place, READ));
      const expected = roundTrip(laws[place * sites]!, 0.5) + plan("local").regions[0]!.serviceTime;
      // The rest is the time that some kilobytes take on the link.
      expect(extra).toBeGreaterThanOrEqual(expected);
      expect(extra).toBeLessThan(expected + MILLISECOND);
    }
    expect(median(latencies(plan("local"), leader, 0, READ))).toBe(median(latencies(plan("local"), nearest, 0, READ)));
  });

  test("a session pays it only where the copy is behind: less than a read at the leader, more than one at hand", () => {
    const plan = (name: string, options = {}): Plan => exact(onePrimary(1, chosen(name, options), "harmless", "none"));
    const mean = (given: Plan): number => {
      const all = latencies(given, recorded(given).record, 1, READ);
      return all.reduce((sum, each) => sum + each, 0) / all.length;
    };
    const session = mean(plan("session", { wait: 0 }));
    expect(session).toBeGreaterThan(mean(plan("local")));
    expect(session).toBeLessThan(mean(plan("leader")));
  });
});

describe("a wait", () => {
  /** Nothing comes from the primary after the first minute and a half; everybody who has written waits in vain. */
  const cut = { ...fault(), at: 90 * SECOND, links: between([0], [1, 2]) };
  const plan = (options: object): Plan => {
    const still = exact(onePrimary(1, chosen("session", { monotonic_reads: false, ...options }), "harmless", "none"));
    return { ...still, client: { ...still.client, roaming: 0.5 }, faults: [cut] };
  };

  test("ends after its time, as a refusal of its own cause", () => {
    const { summary } = run(plan({ wait: 300 * MILLISECOND, otherwise: "refuse" }), "1");
    expect(summary["failed_too_stale"]).toBeGreaterThan(0);
  });

  test("that ends in an answer all the same has lasted so long, to the microsecond", () => {
    const shown = (wait: number): number[] => {
      const given = plan({ wait, otherwise: "serve" });
      return latencies(given, recorded(given).record, 1, READ);
    };
    const [patient, hasty] = [shown(300 * MILLISECOND), shown(0)];
    // Each of them as one of a user who waits for nothing, and the whole wait.
    const usual = median(hasty);
    const waited = patient.filter((latency) => latency > usual + 250 * MILLISECOND);
    expect(waited.length).toBeGreaterThan(20);
    expect(waited.filter((latency) => hasty.includes(latency - 300 * MILLISECOND)).length).toBe(waited.length);
  });

  test("ends as soon as what was missing has come", () => {
    const given = exact(
      onePrimary(1, chosen("session", { wait: 900 * MILLISECOND, otherwise: "refuse" }), "harmless", "none"),
    );
    const roaming = { ...given, client: { ...given.client, roaming: 0.5 } };
    const { outcome, record } = recorded(roaming);
    expect(outcome.summary["failed_too_stale"]).toBe(0);
    const slowest = latencies(roaming, record, 1, READ).at(-1)!;
    // Writes are shipped every 300 ms and take half a round trip: nobody waits for longer.
    expect(slowest).toBeLessThan(median(latencies(roaming, record, 1, READ)) + 700 * MILLISECOND);
  });
});

describe("a miss under eventual", () => {
  const lost = outage(1, 60 * SECOND, 0.2, false);
  const plan = (name: string, options = {}): Plan => ({
    ...exact(everywhere(1, chosen(name, options), "harmless", "as-it-comes")),
    data: { ...everywhere(1, chosen(name), "harmless", "as-it-comes").data, size: 2e9 },
    faults: [lost],
  });

  test("of a copy that has lost its data goes to another region, where others refuse", () => {
    const refused = run(plan("local"), "1").summary["failed_operations"]!;
    const reads = run(plan("eventual"), "1").summary["failed_operations"]!;
    // Writes are refused there as before: only reads have somewhere to go.
    expect(reads).toBeLessThan(refused * 0.75);
  });

  test("of a key that no copy has costs a round trip to the nearest of them, and that is all", () => {
    const fresh = (absent: boolean): Plan => {
      const given = exact(everywhere(1, chosen("eventual", { absent }), "harmless", "as-it-comes"));
      const places = given.places.map((place) => ({ ...place, readShare: 1 }));
      return { ...given, places };
    };
    const [there, here] = [fresh(true), fresh(false)].map((given) =>
      median(latencies(given, recorded(given).record, 0, READ)),
    );
    const trip = roundTrip(fresh(true).network.laws[1]!, 0.5);
    expect(there! - here!).toBeGreaterThanOrEqual(trip + fresh(true).regions[0]!.serviceTime);
    expect(there! - here!).toBeLessThan(trip + fresh(true).regions[0]!.serviceTime + MILLISECOND);
  });
});

describe("consistency by type of request and class of data", () => {
  const base = exact(onePrimary(1, chosen("local"), "harmless", "none"));
  const [weak, strong] = [chosen("local"), chosen("leader")];
  const typed = (consistencies: Plan["policies"]["consistencies"]): Plan => ({
    ...base,
    requests: [requestType({ share: 0.5 }), requestType({ name: "batch", share: 0.5 })],
    data: {
      ...base.data,
      classes: [dataClass({ name: "carts", keys: 20, share: 0.5 }), dataClass({ name: "views", keys: 20, share: 0.5 })],
    },
    policies: { ...base.policies, ...(consistencies === undefined ? {} : { consistencies }) },
  });
  /** Share of the reads beside eu-west-1 that took the way to the leader. */
  const farShare = (plan: Plan): number => {
    const all = latencies(plan, recorded(plan).record, 1, READ);
    const atHand = roundTrip(plan.network.laws[4 * 6 + 1]!, 0.5) + plan.regions[1]!.serviceTime;
    const limit = atHand + roundTrip(plan.network.laws[6]!, 0.5);
    return all.filter((latency) => latency > limit).length / all.length;
  };

  test("each operation is judged by that of its own kind", () => {
    expect(farShare(typed([weak, weak, weak, weak]))).toBe(0);
    expect(farShare(typed([strong, strong, strong, strong]))).toBe(1);
    const carts = farShare(typed([strong, weak, strong, weak]));
    const batch = farShare(typed([weak, weak, strong, strong]));
    const both = farShare(typed([weak, weak, strong, weak]));
    for (const share of [carts, batch]) expect(share).toBeCloseTo(0.5, 1);
    expect(both).toBeCloseTo(0.25, 1);
  });
});

describe("causal delivery", () => {
  /** For two minutes nothing passes between regions 0 and 2; both reach region 1. */
  const triangle = { ...fault(), at: 60 * SECOND, until: 180 * SECOND, links: between([0], [2]) };
  const plan = (hold: number): Plan => {
    const given = everywhere(1, chosen("session"), "harmless", "causal");
    return {
      ...given,
      duration: 6 * MINUTE,
      storage: exact(given).storage,
      faults: [triangle],
      policies: {
        ...given.policies,
        replication: {
          name: "multi-primary",
          options: { heartbeat: SECOND, retention: 1e6, delivery: "causal", hold },
        },
      },
    };
  };
  const versions = ({ versions: rows }: RunRecord, region: number, from: number, until: number): number =>
    [...rows.time.keys()].filter(
      (row) => rows.region[row] === region && rows.time[row]! > from * SECOND && rows.time[row]! < until * SECOND,
    ).length;

  test("holds what depends on writes behind a cut, until it heals or a whole copy brings both", () => {
    const [patient, hasty] = [recorded(plan(10 * MINUTE)), recorded(plan(20 * SECOND))];
    const accepted = (record: RunRecord): number =>
      [...record.operations.kind.keys()].filter(
        (row) => record.operations.kind[row] === WRITE && record.operations.region[row] === 1,
      ).length;
    expect(accepted(patient.record)).toBeGreaterThan(200);
    // Region 1 goes on writing, and has what region 0 writes: hardly any of it is shown in region 2 before the heal.
    const before = versions(patient.record, 2, 10, 50) / 40;
    expect(versions(patient.record, 2, 80, 175) / 95).toBeLessThan(0.6 * before);
    expect(versions(hasty.record, 2, 80, 175)).toBeGreaterThan(versions(patient.record, 2, 80, 175));
    const bulk = ({ outcome }: typeof patient): number => outcome.summary["cross_region_transfer_bytes"]!;
    expect(bulk(hasty)).toBeGreaterThan(bulk(patient) + 10_000_000);
  });
});

test("a host that freezes while operations wait at its copy answers each of them once", () => {
  const given = onePrimary(1, chosen("session", { wait: 800 * MILLISECOND }), "harmless", "automatic");
  const frozen = [1, 2].flatMap((region) =>
    [40, 80, 120, 160].map((at) => ({
      ...fault(),
      at: at * SECOND,
      until: (at + 12) * SECOND,
      regions: [region],
      hardships: onRegions({ hostPaused: true }),
    })),
  );
  const slow = { ...given.storage, apply: { rate: 20, workers: 1 } };
  const { summary } = run({ ...given, storage: slow, faults: frozen }, "1");
  expect(summary["operations"]).toBeGreaterThan(5000);
});
