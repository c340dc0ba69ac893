import { describe, expect, test } from "vitest";
import { onRegions } from "../../src/faults/region-faults.js";
import { ERROR } from "../../src/simulation/causes.js";
import { Observer } from "../../src/simulation/observer.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { run } from "../../src/simulation/run.js";
import { World } from "../../src/simulation/world.js";
import { constantLaw } from "../../src/topology/delay-law.js";
import { MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import { activeActive, fault, outage } from "./plans.js";

const RATE = 30;
const SESSIONS = 400;
const THERE = 3 * 6;
const BACK = 3;

/** Users beside us-east-1 only, who try once. */
function alone(faults: readonly FaultPlan[], client: Partial<Plan["client"]> = {}): Plan {
  const plan = activeActive({ duration: 20 * MINUTE, faults });
  return {
    ...plan,
    places: plan.places.map((place, index) => ({ ...place, rate: index === 0 ? RATE : 0 })),
    client: { ...plan.client, attempts: 1, pinned: 0, ...client },
  };
}

describe("a session's connection", () => {
  test.each([
    { keep: 5, workers: 32 },
    { keep: 20, workers: 32 },
    { keep: 40, workers: 32 },
    // Fewer than the load needs: an answer that there is no room is an answer, and the connection is kept.
    { keep: 20, workers: 1 },
  ])(
    "is kept for $keep s after each use, so a new one is opened with probability exp(-keep * rate) ($workers workers)",
    ({ keep, workers }) => {
      const plan = alone([], { keepAlive: keep * SECOND });
      const regions = plan.regions.map((each) => ({
        ...each,
        instances: 1,
        workersPerInstance: workers,
        queueLimit: 3,
      }));
      const world = new World({ ...plan, regions }, "1");
      let [fresh, requests] = [0, 0];
      for (const servers of world.servers) {
        const offer = servers.offer.bind(servers);
        servers.offer = (attempt) => {
          // Once every session has been used for a while.
          if (world.engine.now > 5 * MINUTE) {
            requests++;
            fresh += world["requests"]["attempts"].fresh[attempt]!;
          }
          return offer(attempt);
        };
      }
      world.run();
      const expected = Math.exp((-keep * RATE) / SESSIONS);
      expect(requests).toBeGreaterThan(25_000);
      expect(Math.abs(fresh / requests - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / requests));
    },
  );

  test("does not survive its region's restart: every one that was not given up meanwhile is refused once", () => {
    const blink = { ...outage(0, 10 * MINUTE, 1), until: 10 * MINUTE + 2 * SECOND };
    const { summary } = run(alone([blink], { keepAlive: 10 * MINUTE }), "1");
    // Those who asked within its first second gave theirs up; those of the second one, perhaps: a retransmission may
    // still find the region back. Of each session, the probability that it did not ask for so long is exponential.
    const unused = (seconds: number): number => SESSIONS * Math.exp((-seconds * RATE) / SESSIONS);
    expect(summary["failed_refused"]!).toBeGreaterThan(unused(2) - 15);
    expect(summary["failed_refused"]!).toBeLessThan(unused(1) + 15);
    expect(summary["failed_operations"]! - summary["failed_refused"]!).toBeLessThan(2 * RATE + 30);
  });
});

describe("what passes between users and a region", () => {
  test("takes a round trip and the work, and on a new connection its handshakes before: to the microsecond", () => {
    // Odd, so that its halves are not equal; less than to any other region.
    const trip = 51_001;
    const plan = alone([], { keepAlive: 20 * MINUTE, handshakes: 2 });
    const laws = plan.network.laws.map((law, link) => (link === THERE ? constantLaw(trip / MILLISECOND) : law));
    const regions = plan.regions.map((each) => ({ ...each, serviceLaw: "constant" as const, instances: 50 }));
    const took = new Map<number, number>();
    class Watch extends Observer {
      override operationEnded(_place: number, _region: number, _write: boolean, issuedAt: number): void {
        const each = world.engine.now - issuedAt;
        took.set(each, (took.get(each) ?? 0) + 1);
      }
    }
    const world: World = new World({ ...plan, regions, network: { ...plan.network, laws } }, "1", [new Watch()]);
    world.run();
    const kept = trip + 40 * MILLISECOND;
    expect([...took.keys()].toSorted((a, b) => a - b)).toEqual([kept, kept + 2 * trip]);
    // Each session's first; and those that it asked while that was being opened.
    expect(took.get(kept + 2 * trip)!).toBeGreaterThanOrEqual(SESSIONS);
    expect(took.get(kept + 2 * trip)!).toBeLessThan(SESSIONS * 1.1);
  });

  test("is lost in each direction by its own luck: both pass with the product of the two probabilities", () => {
    const loss = 0.2;
    const lossy = alone([], { keepAlive: 20 * MINUTE });
    // What is lost once comes after the client's patience: an operation succeeds if neither message is.
    const plan = { ...lossy, network: { ...lossy.network, loss, retransmit: 10 * SECOND } };
    const { summary } = run(plan, "1");
    const expected = (1 - loss) ** 2;
    const error = Math.sqrt((expected * (1 - expected)) / summary["operations"]!);
    expect(Math.abs(summary["availability"]! - expected)).toBeLessThan(4 * error);
  });

  test("held by a cut is sent again after time-outs that double, and answered at the first one after the heal", () => {
    const cut: FaultPlan = { ...fault(), at: 10 * MINUTE, until: 10 * MINUTE + 8 * SECOND, links: [THERE] };
    const held: { wait: number; took: number }[] = [];
    class Watch extends Observer {
      override operationEnded(_place: number, _region: number, _write: boolean, issuedAt: number): void {
        const wait = cut.until - issuedAt;
        if (wait > 0 && issuedAt > cut.at) held.push({ wait, took: world.engine.now - issuedAt });
      }
    }
    const patient = { timeout: 30 * SECOND, deadline: 30 * SECOND, keepAlive: 20 * MINUTE };
    const plan = alone([cut], patient);
    const world: World = new World({ ...plan, health: { ...plan.health, vantages: [1] } }, "1", [new Watch()]);
    world.run();
    expect(held.length).toBeGreaterThan(200);
    const resends = [0.2, 0.6, 1.4, 3, 6.2, 12.6].map((seconds) => seconds * SECOND);
    for (const { wait, took } of held) {
      const sent = resends.find((after) => after >= wait)!;
      // A round trip and the work on it, however long its luck makes that.
      expect(took).toBeGreaterThan(sent);
      expect(took).toBeLessThan(sent + 600 * MILLISECOND);
    }
  });

  test("is counted in bytes: every answer is a message, and only a read that was answered carries a value", () => {
    let [reads, writes] = [0, 0];
    class Watch extends Observer {
      override operationEnded(_place: number, _region: number, write: boolean, _issued: number, cause: number): void {
        if (cause === 0 && !write) reads++;
        else writes++;
      }
    }
    const grey = { ...outage(0, 5 * MINUTE, 5), hardships: onRegions({ failing: 0.3 }) };
    const plan = alone([grey]);
    const world = new World(plan, "1", [new Watch()]);
    world.run();
    const { requestBytes, classes } = plan.data;
    expect(world.availability.failedBy[ERROR]).toBeGreaterThan(2000);
    expect(world.users.paths.bytesToUsers[0]).toBe(
      reads * (requestBytes + classes[0]!.valueBytes) + writes * requestBytes,
    );
  });

  test("an answer that a cut holds dies with its region: the heal brings none of a dead one", () => {
    const cut: FaultPlan = { ...fault(), at: 10 * MINUTE, until: 10 * MINUTE + SECOND, links: [BACK] };
    const dark = { ...outage(0, 0, 1), at: 10 * MINUTE + SECOND / 2, until: 12 * MINUTE };
    let answered = 0;
    class Watch extends Observer {
      override operationEnded(_place: number, region: number, _write: boolean, _issued: number, cause: number): void {
        const { now } = world.engine;
        if (cause === 0 && region === 0 && now > cut.until && now < dark.until) answered++;
      }
    }
    const patient = alone([cut, dark], { timeout: 20 * SECOND, deadline: 20 * SECOND, keepAlive: 20 * MINUTE });
    const world = new World(patient, "1", [new Watch()]);
    world.run();
    expect(answered).toBe(0);
  });
});
