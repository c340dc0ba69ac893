import { expect, test } from "vitest";
import { OK, READ } from "../../src/record/record.js";
import type { Plan } from "../../src/simulation/plan.js";
import { constantLaw } from "../../src/topology/delay-law.js";
import { bundledTable, pairOf } from "../../src/topology/latency-table.js";
import { HOUR, MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, dataClass, region } from "../simulation/plans.js";
import { leaderless } from "../simulation/quorums.js";
import { record } from "./pbs-model.js";

/** Measured means of 2020, truncated to whole milliseconds as the assertions of their source are. */
const { rows } = bundledTable("gcp-2020-06")!;
const trip = (a: string, b: string): number => (a === b ? 0 : Math.floor(rows.get(pairOf(a, b))!.p50));

/** Copies in all `regions`; the users of `user` talk to `contacted`, at the round trip that a path of theirs takes. */
function among(
  regions: readonly string[],
  user: string,
  contacted: string,
  levels: Record<string, number>,
  half: (trip: number) => number = (trip) => trip,
): Plan {
  const base = activeActive();
  const first = [contacted, ...regions.filter((each) => each !== contacted)];
  const sites = [...first, user];
  const laws = sites.flatMap((from, f) =>
    sites.map((to, t) => {
      if (t === first.length) return null;
      if (f === first.length) return constantLaw(t === 0 ? half(trip(user, contacted)) : 2000);
      // An exchange takes half of the row of each of its ends: that of the coordinator shall hold for both.
      return constantLaw(half(f === 0 ? trip(from, to) : trip(to, from)));
    }),
  );
  return {
    ...base,
    duration: MINUTE,
    regions: first.map((name) => ({ ...region(name), serviceTime: 0, serviceLaw: "constant", queueLimit: 1000 })),
    places: [
      {
        name: `users ${user}`,
        rate: 5,
        hourly: new Array<number>(24).fill(1),
        readShare: 0.5,
        sessions: 1,
        think: 0,
        distances: [],
      },
    ],
    network: { ...base.network, laws, slowShare: 0 },
    client: { ...base.client, handshakes: 0, pinned: 1 },
    data: { ...base.data, classes: [dataClass()] },
    // Datagrams: streams would add the microseconds that a letter takes to leave.
    policies: leaderless({ anti_entropy: 0, channel: "datagram", ...levels }),
    health: { ...base.health, interval: HOUR, timeout: SECOND, vantages: [0], controller: 0 },
  };
}

/** Every read, or every write, of the run took so many milliseconds. */
function tookAlways(plan: Plan, reads: boolean): number {
  const { kind, call, return: returned, outcome } = record(plan, "1").operations;
  const times = new Set<number>();
  let count = 0;
  for (let at = 0; at < call.length; at++) {
    if ((kind[at] === READ) !== reads) continue;
    expect(outcome[at]).toBe(OK);
    times.add((returned[at]! - call[at]!) / 1000);
    count++;
  }
  expect(count).toBeGreaterThan(50);
  expect([...times]).toHaveLength(1);
  return [...times][0]!;
}

const EUROPE = ["europe-west1", "europe-west2", "europe-west3", "europe-west4", "europe-west6"];

test.each([
  [2, [7, 9, 7, 7, 7]],
  [3, [8, 10, 7, 7, 14]],
] as const)(
  "the closest quorum of %d of five European regions is so far, the own one included",
  (quorum, published) => {
    for (const reads of [true, false]) {
      const levels = { read_quorum: quorum, write_quorum: quorum };
      const simulated = EUROPE.map((each) => tookAlways(among(EUROPE, each, each, levels), reads));
      console.log(`quorum ${quorum}, ${reads ? "reads" : "writes"}: published ${published}, simulated ${simulated}`);
      expect(simulated).toEqual([...published]);
    }
  },
);

test.each([
  [0, "us-west1", 0],
  [0, "us-west2", 24],
  [1, "us-west1", 34],
  [1, "us-west2", 58],
] as const)("leaderless over three regions, f=%d: clients at %s wait %d ms", (f, user, published) => {
  // One way is floor(RTT / 2) of the truncated round trip.
  const evened = (trip: number): number => 2 * Math.floor(trip / 2);
  const regions = ["asia-east1", "us-central1", "us-west1"];
  const simulated = tookAlways(among(regions, user, "us-west1", { write_quorum: f + 1 }, evened), false);
  console.log(`f=${f}, ${user}: published ${published}, simulated ${simulated}`);
  expect(simulated).toBe(published);
});
