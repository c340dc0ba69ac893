import { Recorder } from "../src/record/recorder.js";
import type { Plan } from "../src/simulation/plan.js";
import { RunRecording } from "../src/simulation/run-recording.js";
import { run } from "../src/simulation/run.js";
import type { RequestTrace } from "../src/workload/request-trace.js";
import { MILD_KINDS, withMild } from "./costly-faults.js";
import { plans } from "./model.js";
import { isWithin, paired, shown } from "./paired.js";

const ROUNDS = 7;
const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;

type Change = (plan: Plan) => Partial<Plan>;

/** What can be asked for beyond gets and puts of one kind, and a disk that takes its time. */
const FEATURES: Readonly<Record<string, Change>> = {
  "every kind of operation on four classes of data": ({ data }) => ({
    data: {
      ...data,
      classes: (["register", "counter", "set", "list"] as const).map((holds) => ({
        ...data.classes[0]!,
        name: holds,
        holds,
        share: 0.25,
        keys: 25_000,
        deletes: 0.05,
      })),
    },
  }),
  "a tenth of the writes compare and set": ({ data }) => ({
    data: { ...data, classes: data.classes.map((each) => ({ ...each, swaps: 0.1 })) },
  }),
  "three types of requests": ({ requests }) => ({
    requests: [
      { ...requests[0]!, share: 0.8 },
      { ...requests[0]!, name: "batch", share: 0.01, work: 10, yields: true },
      { ...requests[0]!, name: "static", share: 0.19, work: 0.2, reads: 1 },
    ],
  }),
  "closed loops": ({ places }) => ({
    places: places.map((place) => ({ ...place, think: (place.sessions * SECOND) / place.rate })),
  }),
  "roaming users": ({ client }) => ({ client: { ...client, roaming: 0.1 } }),
  "hedged reads": ({ client }) => ({ client: { ...client, hedgeAfter: 0.4 * SECOND } }),
  "circuit breakers": ({ client }) => ({
    client: { ...client, breaker: { failures: 0.5, window: 20, openFor: 10 * SECOND } },
  }),
  "deadlines that travel, and shedding": ({ overload }) => ({
    overload: { ...overload, propagateDeadlines: true, shedAfter: 0.5 * SECOND },
  }),
  "a disk with 2 ms of fsync": ({ storage }) => ({ storage: { ...storage, fsync: 2000, bandwidth: 250e6 } }),
  "apply workers": ({ storage }) => ({ storage: { ...storage, apply: { rate: 20_000, workers: 4 } } }),
  "backups every 5 min, the log archived every minute": ({ regions }) => ({
    backups: {
      interval: 5 * MINUTE,
      pointInTime: MINUTE,
      retention: 10 * MINUTE,
      respond: MINUTE,
      bandwidth: 250e6,
      replay: 10_000,
      regions: [regions.findIndex(({ replica }) => replica)],
    },
  }),
  "cold caches": () => ({ coldCache: { slowdown: 3, warmUp: 10 * MINUTE } }),
};

/** The requests that a run of this plan makes, as a trace of them. */
function traced(plan: Plan): Plan {
  const recorder = new Recorder();
  const recording = new RunRecording(recorder, "benchmark", "0");
  run(plan, "0", [recording]);
  const { operations } = recorder.finish(recording.facts);
  const ends: number[] = [];
  for (const { sessions } of plan.places) ends.push((ends[ends.length - 1] ?? 0) + sessions);
  const places = Int32Array.from(operations.session, (session) => ends.findIndex((end) => session < end));
  const trace: RequestTrace = {
    times: operations.call,
    places,
    sessions: operations.session.map((session, row) => session - (ends[places[row]! - 1] ?? 0)),
    keys: operations.key,
    kinds: operations.kind,
    amounts: new Int8Array(operations.kind.length).fill(1),
    keyCount: plan.data.classes.reduce((sum, { keys }) => sum + keys, 0),
    sessionCounts: plan.places.map(({ sessions }) => sessions),
  };
  return { ...plan, trace };
}

/** What each feature costs when it is on: runs of the same plan with and without it, in pairs. */
export function benchFeatures(): void {
  console.log(
    `Features when on, against the same plan without: active-active, no faults, 5 simulated minutes; median and quartiles of ${ROUNDS} pairs, processor time of an event and of a request`,
  );
  const plain: Plan = { ...plans()[0]!, duration: 5 * MINUTE, faults: [] };
  const noise = paired(ROUNDS, plain, plain).event;
  console.log(`  nothing at all, which tells the noise: ${shown(noise)} an event`);
  const row = (name: string, base: Plan, other: Plan): void => {
    const { event, request } = paired(ROUNDS, base, other);
    const isNoise = isWithin(event, noise) && isWithin(request, noise);
    console.log(
      `  ${name}: ${shown(event)} an event, ${shown(request)} a request${isNoise ? "; within the noise" : ""}`,
    );
  };
  for (const [name, change] of Object.entries(FEATURES)) row(name, plain, { ...plain, ...change(plain) });
  row("the same requests from a trace", plain, traced(plain));
  const slow = { ...plain, storage: { ...plain.storage, fsync: 2000, bandwidth: 250e6 } };
  for (const kind of MILD_KINDS) {
    // A slow disk needs a disk.
    const base = kind === "slow_disk" ? slow : plain;
    row(`a mild ${kind.replaceAll("_", " ")}`, base, withMild(base, kind));
  }
}
