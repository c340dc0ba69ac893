import { test } from "vitest";
import type { Plan } from "../../src/simulation/plan.js";
import { HOUR, MILLISECOND, SECOND } from "../../src/units/time.js";
import { RAFT, between, consensus, fault, outage, singlePrimary } from "../simulation/plans.js";
import { type Deed, type Scene, expectPage, stage } from "./script.js";

/** The protocols of one log: who orders it, who has it, and what becomes of its end. */
const BY = "log-scripts.test.ts";

const alone = (from: number, until: number) => ({
  ...fault(),
  at: from * SECOND,
  until: until * SECOND,
  links: between([0], [1, 2]),
});

const raft = (deeds: readonly Deed[], seconds: number, options: object, overrides: Partial<Plan> = {}): Plan => {
  const { policies, failover } = consensus();
  const given = { name: "raft", options: { ...RAFT, ...options } };
  return stage(deeds, seconds, {
    failover,
    forwards: true,
    policies: { ...policies, replication: given },
    ...overrides,
  });
};
const still = { heartbeat: HOUR, election_timeout: 3 * HOUR };
const brisk = { heartbeat: SECOND, election_timeout: 2 * SECOND, election_spread: SECOND };

const RAFT_SCENES: readonly Scene[] = [
  {
    title: "The normal case",
    says: "Paris leads by appointment. It puts the write at the end of its log and sends it to both; with Oslo, the nearer one, a majority has it, so it is committed, shown and answered. Word of that goes out with the next letter. A read that must be the latest asks who still takes Paris for the leader.",
    plan: raft(
      [
        [1, 0, "put", 7],
        [2, 0, "get", 7],
      ],
      3,
      still,
    ),
  },
  {
    title: "A witness",
    says: "Rome votes and keeps no data: what comes to it is the word that the log is longer now.",
    plan: (() => {
      const plan = raft([[1, 0, "put", 7]], 2, { ...still, witnesses: [2] });
      return {
        ...plan,
        regions: plan.regions.map((each, id) => (id === 2 ? { ...each, replica: false, takesPart: true } : each)),
      };
    })(),
  },
  {
    title: "The loss of the leader",
    says: "Paris goes dark. Whoever loses patience first asks whether it would be elected before it begins a new term, is elected, and opens its log to the others. When Paris is back it hears of the newer term and follows.",
    plan: raft([[5, 1, "put", 7]], 9, brisk, { faults: [outage(0, SECOND, 0.1)] }),
  },
  {
    title: "A partition and its heal",
    says: "Paris is cut off with its user. The write there reaches nobody, and its user gives up; Paris, which hears from nobody, gives up its lead. The others elect a leader and go on. After the heal Paris gives up the end of its log, which nobody else has, and takes theirs.",
    plan: raft(
      [
        [2, 0, "put", 7],
        [6, 1, "put", 7],
        [9, 0, "get", 7],
      ],
      10,
      brisk,
      { faults: [alone(1.5, 7)] },
    ),
  },
];

test("consensus, message by message", () => {
  expectPage("raft", "Consensus on one log: raft with three regions", RAFT_SCENES, BY);
});

/** The controller is in Oslo, looks every half second, and promotes soon. */
const single = (
  name: string,
  options: object,
  deeds: readonly Deed[],
  seconds: number,
  overrides: Partial<Plan> = {},
): Plan => {
  const { policies, failover, health } = singlePrimary();
  const watch = { interval: SECOND / 2, timeout: 400 * MILLISECOND, threshold: 2, recovery: 1, vantages: [1] };
  return stage(deeds, seconds, {
    health: { ...health, ...watch, controller: 1 },
    failover: { ...failover, fencing: "none", verify: SECOND / 2, promotion: SECOND / 2, failback: HOUR },
    forwards: true,
    ...overrides,
    policies: {
      ...policies,
      replication: { name, options: { heartbeat: 3 * SECOND, retention: 1000, ...options } },
      routing: { name: "latency", options: { when_none_healthy: "open" } },
      standbys: [1, 2],
    },
  });
};
const asynchronous = single.bind(null, "async", { batch: 200 * MILLISECOND });
const synchronous = single.bind(null, "sync", { acknowledge: "received" });
const semiSync = single.bind(null, "semi-sync", {
  acknowledgements: 1,
  fall_back: SECOND / 2,
  acknowledge: "received",
});

test("one primary that waits for nobody, message by message", () => {
  expectPage(
    "async",
    "One primary and two standbys: async",
    [
      {
        title: "The normal case",
        says: "Paris answers by itself and ships what it has collected 200 ms later. A read in Rome before that shows nothing, and afterwards the write.",
        plan: asynchronous(
          [
            [1, 0, "put", 7],
            [1.1, 2, "get", 7],
            [1.5, 2, "get", 7],
          ],
          2,
        ),
      },
      {
        title: "The loss of the primary",
        says: "Paris goes dark before it has shipped the write that it has answered. The controller in Oslo sees it, looks again, and promotes Oslo; the next write stands where the lost one stood. When Paris is back it gives up the end of its log: the write is gone.",
        plan: asynchronous(
          [
            [1, 0, "put", 7],
            [5, 1, "put", 7],
          ],
          9,
          { faults: [outage(0, 1.1 * SECOND, 0.1)] },
        ),
      },
      {
        title: "A partition and its heal, without a fence",
        says: "Paris is cut off with its user and goes on answering; the controller promotes Oslo, and there are two primaries. After the heal Paris hears of the newer term, and gives up what it has answered meanwhile.",
        plan: asynchronous(
          [
            [4, 0, "put", 7],
            [5, 1, "put", 7],
          ],
          10,
          { faults: [alone(1, 7)] },
        ),
      },
    ],
    BY,
  );
});

test("one primary that waits for a standby, message by message", () => {
  expectPage(
    "semi-sync",
    "One primary that waits for one of two standbys: semi-sync",
    [
      {
        title: "The normal case",
        says: "Paris shows and answers the write once Oslo, the nearer standby, has it.",
        plan: semiSync(
          [
            [1, 0, "put", 7],
            [2, 2, "get", 7],
          ],
          3,
        ),
      },
      {
        title: "The loss of the primary",
        says: "Paris goes dark as soon as it has answered. Oslo has acknowledged the write, so it is there when Oslo is promoted.",
        plan: semiSync(
          [
            [1, 0, "put", 7],
            [5, 1, "get", 7],
          ],
          9,
          { faults: [outage(0, 1.1 * SECOND, 0.1)] },
        ),
      },
      {
        title: "A partition, and the fall back",
        says: "Nobody is promoted here. The write waits for a standby in vain; after half a second Paris falls back to answering by itself, and the next one is answered at once. After the heal the standbys catch up, and Paris waits for them again.",
        plan: semiSync(
          [
            [2, 0, "put", 7],
            [4, 0, "put", 8],
            [9, 0, "put", 9],
          ],
          10,
          {
            faults: [alone(1, 5)],
            health: { ...singlePrimary().health, interval: HOUR, timeout: SECOND, vantages: [0], controller: 0 },
          },
        ),
      },
    ],
    BY,
  );
});

test("one primary that waits for every standby, message by message", () => {
  expectPage(
    "sync",
    "One primary that waits for both standbys: sync",
    [
      {
        title: "The normal case",
        says: "Paris shows and answers the write once Rome, the farther standby, has it too. A read in Rome finds it.",
        plan: synchronous(
          [
            [1, 0, "put", 7],
            [2, 2, "get", 7],
          ],
          3,
        ),
      },
      {
        title: "The loss of the primary",
        says: "Paris goes dark as soon as it has answered. Both standbys have acknowledged the write, so it is there when Oslo is promoted. Oslo in its turn waits for both others, of whom Paris is silent: the next write is answered when Paris is back and has it.",
        plan: synchronous(
          [
            [1, 0, "put", 7],
            [5, 1, "get", 7],
            [8.5, 1, "put", 7],
          ],
          13,
          { faults: [outage(0, 1.1 * SECOND, 0.1)] },
        ),
      },
      {
        title: "The loss of a standby",
        says: "Rome goes dark. Paris takes the write and does not answer it: its user gives up, and a read there does not show it, though one in Oslo does. The write stands in the log; Rome takes it when it is back, and Paris shows it.",
        plan: synchronous(
          [
            [2, 0, "put", 7],
            [3, 0, "get", 7],
            [4, 1, "get", 7],
            [13, 0, "get", 7],
          ],
          14,
          { faults: [outage(2, SECOND, 0.1)] },
        ),
      },
      {
        title: "A partition and its heal",
        says: "Nobody is promoted here. Cut off from both, Paris answers no write for as long as that lasts; there is no fall back. After the heal the standbys take what has waited, and the next write is answered as ever.",
        plan: synchronous(
          [
            [2, 0, "put", 7],
            [9, 0, "put", 8],
          ],
          10,
          {
            faults: [alone(1, 5)],
            health: { ...singlePrimary().health, interval: HOUR, timeout: SECOND, vantages: [0], controller: 0 },
          },
        ),
      },
    ],
    BY,
  );
});
