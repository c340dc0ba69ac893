import { type Dispatcher, Engine } from "../src/engine/engine.js";
import { type Sequence, Streams } from "../src/engine/random.js";
import { collections, contest, millions } from "./measure.js";
import { NaiveEngine } from "./naive.js";

/** A second of PHOLD's time in microseconds. */
const UNIT = 1_000_000;

/** PHOLD: N processes with one event each; an event draws a process and schedules it at now + 0.1 + Exp(0.9). */
class Phold implements Dispatcher {
  readonly engine: Engine;
  private readonly luck: Sequence;
  private left = 0;

  constructor(
    private readonly processes: number,
    queue: "adaptive" | "heap",
  ) {
    this.engine = new Engine({ queue });
    this.luck = new Streams("phold").sequence("phold");
    for (let process = 0; process < processes; process++) this.next(process);
  }

  run(events: number): number {
    this.left = events;
    this.engine.run(Number.POSITIVE_INFINITY, this);
    return events;
  }

  dispatch(_kind: number, _owner: number, _payload: number, id: number): void {
    this.next((this.luck.uniform() * this.processes) | 0);
    if (--this.left <= 0 && id >= 0) this.engine.stop();
  }

  private next(process: number): void {
    this.engine.schedule((UNIT * (0.1 + 0.9 * this.luck.exponential())) | 0, 1, process, process, process);
  }
}

function naivePhold(processes: number): (events: number) => number {
  const engine = new NaiveEngine();
  const luck = new Streams("phold").sequence("phold");
  const handled = new Int32Array(processes);
  // An event carries the process that it belongs to, in its closure.
  const next = (process: number): void => {
    engine.schedule(0.1 + 0.9 * luck.exponential(), () => {
      handled[process]! += 1;
      next((luck.uniform() * processes) | 0);
    });
  };
  for (let process = 0; process < processes; process++) next(process);
  return (events) => {
    engine.run(engine.dispatched + events);
    return events;
  };
}

export async function benchPhold(): Promise<void> {
  console.log("PHOLD, million events/s through the public engine, digest on; medians of five interleaved rounds");
  for (const processes of [1000, 100_000]) {
    const adaptive = new Phold(processes, "adaptive");
    const heap = new Phold(processes, "heap");
    const naive = naivePhold(processes);
    adaptive.run(1_000_000);
    heap.run(1_000_000);
    naive(300_000);
    const rates = contest(5, {
      adaptive: () => adaptive.run(2_000_000),
      heap: () => heap.run(1_000_000),
      naive: () => naive(300_000),
    });
    const gcs = await collections(() => adaptive.run(10_000_000));
    const ratio = (other: string): string => (rates["adaptive"]! / rates[other]!).toFixed(1);
    console.log(
      `  N = ${processes}: adaptive ${millions(rates["adaptive"]!)}, 4-ary heap ${millions(rates["heap"]!)}, naive ${millions(rates["naive"]!)}; ` +
        `${ratio("naive")} times the naive, ${ratio("heap")} times the heap; ${gcs} collections in 10 million events`,
    );
  }
}
