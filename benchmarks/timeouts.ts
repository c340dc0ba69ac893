import { type Dispatcher, Engine } from "../src/engine/engine.js";
import { Streams } from "../src/engine/random.js";
import { contest, millions } from "./measure.js";
import { NaiveEngine, type NaiveEvent } from "./naive.js";

/** Requests in flight, each answered after about 100 ms, each with a 1 s time-out that is cancelled by its answer. */
const FLIGHT = 1000;
const TIMEOUT = 1_000_000;
const ANSWER = 200_000;

class Requests implements Dispatcher {
  private readonly engine = new Engine();
  private readonly luck = new Streams("timeouts").sequence("answers");
  private readonly timers = new Float64Array(FLIGHT);
  private left = 0;

  constructor() {
    for (let request = 0; request < FLIGHT; request++) this.send(request);
  }

  run(requests: number): number {
    this.left = requests;
    this.engine.run(Number.POSITIVE_INFINITY, this);
    return requests;
  }

  dispatch(_kind: number, owner: number, _payload: number, _id: number): void {
    this.engine.disarm(this.timers, owner);
    this.send(owner);
    if (--this.left <= 0) this.engine.stop();
  }

  private send(request: number): void {
    this.engine.arm(this.timers, request, TIMEOUT, 2, request, 0, request);
    this.engine.schedule((this.luck.uniform() * ANSWER) | 0, 1, request, 0, request);
  }
}

function naiveRequests(): (requests: number) => number {
  const engine = new NaiveEngine();
  const luck = new Streams("timeouts").sequence("answers");
  const timers: NaiveEvent[] = [];
  const send = (request: number): void => {
    timers[request] = engine.schedule(TIMEOUT, () => {});
    engine.schedule((luck.uniform() * ANSWER) | 0, () => {
      timers[request]!.cancelled = true;
      send(request);
    });
  };
  for (let request = 0; request < FLIGHT; request++) send(request);
  return (requests) => {
    engine.run(engine.dispatched + requests);
    return requests;
  };
}

export function benchTimeouts(): void {
  const engine = new Requests();
  const naive = naiveRequests();
  engine.run(500_000);
  naive(200_000);
  const rates = contest(5, { engine: () => engine.run(1_000_000), naive: () => naive(200_000) });
  console.log("Requests with a 1 s time-out that is cancelled, million requests/s");
  console.log(
    `  engine ${millions(rates["engine"]!)}, naive ${millions(rates["naive"]!)}; ${(rates["engine"]! / rates["naive"]!).toFixed(1)} times the naive`,
  );
}
