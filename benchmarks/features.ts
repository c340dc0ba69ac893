import type { Plan } from "../src/simulation/plan.js";
import { run } from "../src/simulation/run.js";
import { contest } from "./measure.js";
import { plans } from "./model.js";

const ROUNDS = 5;
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
  "cold caches": () => ({ coldCache: { slowdown: 3, warmUp: 10 * MINUTE } }),
};

/** What each feature costs when it is on, a request: runs of the same plan with and without it by turns. */
export function benchFeatures(): void {
  console.log("Features when on, time of a request against the same plan without: active-active, 30 simulated minutes");
  const plain: Plan = { ...plans()[0]!, duration: 30 * MINUTE };
  const requests = (plan: Plan) => (): number => run(plan, "1").work.requests;
  const rates = contest(ROUNDS, {
    plain: requests(plain),
    ...Object.fromEntries(
      Object.entries(FEATURES).map(([name, change]) => [name, requests({ ...plain, ...change(plain) })]),
    ),
  });
  for (const name of Object.keys(FEATURES)) {
    const more = (rates["plain"]! / rates[name]! - 1) * 100;
    console.log(`  ${name}: ${more < 0 ? "" : "+"}${more.toFixed(0)} %`);
  }
}
