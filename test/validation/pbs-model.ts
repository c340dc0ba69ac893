import { READ, type RunRecord } from "../../src/record/record.js";
import { Recorder } from "../../src/record/recorder.js";
import type { Plan } from "../../src/simulation/plan.js";
import { RunRecording } from "../../src/simulation/run-recording.js";
import { run } from "../../src/simulation/run.js";
import { constantLaw } from "../../src/topology/delay-law.js";
import type { TimeLaw } from "../../src/units/time-law.js";
import { HOUR, MILLISECOND, SECOND } from "../../src/units/time.js";
import type { RequestTrace } from "../../src/workload/request-trace.js";
import { NO_STORAGE, activeActive, dataClass, region } from "../simulation/plans.js";
import { leaderless } from "../simulation/quorums.js";

/**
 * The WARS model of Bailis and others (VLDB 2012) as a plan: three copies, a coordinator that holds none, datagrams with
 * the published one-way delays, users beside the coordinator whose own path costs nothing, no repair of any kind.
 */
const mixture = (...parts: readonly (readonly [number, TimeLaw])[]): TimeLaw => ({ kind: "mixture", parts });
const pareto = (milliseconds: number, shape: number): TimeLaw => ({
  kind: "pareto",
  scale: milliseconds * MILLISECOND,
  shape,
});
const exponential = (perMillisecond: number): TimeLaw => ({ kind: "exponential", mean: MILLISECOND / perMillisecond });
const SSD = mixture([0.9122, pareto(0.235, 10)], [0.0878, exponential(1.66)]);
const DISK = mixture([0.38, pareto(1.05, 1.51)], [0.62, exponential(0.183)]);
export const DELAYS = { SSD: { store: SSD, default: SSD }, DISK: { store: DISK, default: SSD } } as const;
export type Medium = keyof typeof DELAYS;

/** Far beyond every quantile that is asked for; the oracle remembers as long, so no longer than that. */
const patience = (medium: Medium, writes: number): number =>
  medium === "SSD" ? 100 * MILLISECOND : writes < 3 ? 200 * MILLISECOND : 4 * SECOND;

const NOWHERE = constantLaw(0);
const FREE = { queueLimit: 1_000_000, workersPerInstance: 100_000, instances: 1, fullInstances: 1, serviceTime: 0 };

/** `copies` copies and a coordinator apart; users of one place whose operations take nothing but what the quorum takes. */
export function apart(copies: number, options: Parameters<typeof leaderless>[0], overrides: Partial<Plan>): Plan {
  const base = activeActive();
  const names = ["coordinator", ...Array.from({ length: copies }, (_, copy) => `copy ${copy + 1}`)];
  const sites = names.length + 1;
  const laws = Array.from({ length: sites * sites }, (_, link) => {
    const [from, to] = [Math.floor(link / sites), link % sites];
    if (to === names.length) return null;
    // Users reach the coordinator at once, and nobody else.
    if (from === names.length) return to === 0 ? NOWHERE : constantLaw(1000);
    return constantLaw(from === to ? 0 : 1);
  });
  return {
    ...base,
    architecture: "coordinator apart",
    regions: names.map((name, id) => ({
      ...region(name),
      ...FREE,
      serviceLaw: "constant",
      replica: id > 0,
      coordinates: true,
    })),
    places: [
      {
        name: "users",
        rate: 1,
        hourly: new Array<number>(24).fill(1),
        readShare: 0.5,
        sessions: 1,
        think: 1,
        distances: [],
      },
    ],
    network: { ...base.network, laws, slowShare: 0 },
    client: { ...base.client, handshakes: 0, attempts: 1, pinned: 1, deadline: 60 * SECOND, timeout: 60 * SECOND },
    storage: NO_STORAGE,
    policies: leaderless({ read_repair: false, hints: 0, anti_entropy: 0, channel: "datagram", ...options }),
    health: { ...base.health, interval: 10 * HOUR, timeout: SECOND, vantages: [0], controller: 0 },
    ...overrides,
  };
}

export function record(plan: Plan, seed: string): RunRecord {
  const recorder = new Recorder();
  const recording = new RunRecording(recorder, "validation", seed);
  run(plan, seed, [recording]);
  return recorder.finish(recording.facts);
}

/** One user who writes or reads one key, and goes on as soon as he has been answered. */
export function inTurn(medium: Medium, reads: number, writes: number, operations: number): Plan {
  const base = apart(3, {}, {});
  const patient = patience(medium, writes);
  return apart(
    3,
    { read_quorum: reads, write_quorum: writes, timeout: patient },
    {
      client: { ...base.client, deadline: patient, timeout: patient },
      duration: Math.ceil(operations * (medium === "SSD" ? 0.5 : 1.5) * (writes + 1) * MILLISECOND),
      data: { ...activeActive().data, classes: [dataClass({ keys: 1 })] },
      network: { ...base.network, oneWay: DELAYS[medium] },
    },
  );
}

/** A write of each of many keys, and after it `each` reads spread evenly over a span from `after` on. */
export function atTimes(
  medium: Medium,
  reads: number,
  writes: number,
  keys: number,
  each: number,
  after: number,
  span: number,
): Plan {
  const apartBy = 400 * MILLISECOND;
  const count = keys * (each + 1);
  const trace: RequestTrace = {
    times: new Float64Array(count),
    places: new Int32Array(count),
    sessions: new Int32Array(count),
    keys: new Int32Array(count),
    kinds: new Uint8Array(count),
    amounts: new Int8Array(count).fill(1),
    keyCount: 64,
    sessionCounts: [1],
  };
  for (let key = 0; key < keys; key++) {
    for (let at = 0; at <= each; at++) {
      const row = key * (each + 1) + at;
      const offset = at === 0 ? 0 : Math.round(after + (span * (at - 0.5)) / each);
      trace.times[row] = SECOND + key * apartBy + offset;
      trace.keys[row] = key % 64;
      trace.kinds[row] = at === 0 ? 1 : READ;
    }
  }
  const base = apart(3, {}, {});
  return apart(
    3,
    { read_quorum: reads, write_quorum: writes, timeout: 2 * SECOND },
    {
      client: { ...base.client, deadline: 2 * SECOND, timeout: 2 * SECOND },
      duration: 2 * SECOND + keys * apartBy,
      trace,
      places: base.places.map((place) => ({ ...place, think: 0 })),
      data: { ...activeActive().data, classes: [dataClass({ keys: 64 })] },
      network: { ...base.network, oneWay: DELAYS[medium] },
    },
  );
}

/**
 * The value of a sorted sample at a quantile, and between which values the true quantile lies, whatever the law: ranks
 * within so many standard errors of its own, sqrt(n q (1 - q)).
 */
export function quantileOf(
  sorted: Float64Array,
  q: number,
  errors: number,
): { readonly value: number; readonly low: number; readonly high: number } {
  const { length } = sorted;
  const spread = errors * Math.sqrt(length * q * (1 - q));
  const at = (rank: number): number => sorted[Math.floor(rank)] ?? Number.POSITIVE_INFINITY;
  return { value: at(q * length), low: at(Math.max(0, q * length - spread - 1)), high: at(q * length + spread + 1) };
}
