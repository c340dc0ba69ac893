import type { Sequence } from "../engine/random.js";
import type { Micros } from "../units/time.js";
import { shapeAt, shapePeak } from "../workload/daily-shape.js";
import type { PlacePlan } from "./plan.js";

const MICROS_PER_SECOND = 1_000_000;
/** Requests foreseen at a time: so many reads of memory wait for it side by side. */
const BLOCK = 16;

/** Knows what requests are about, by their numbers. */
export interface Foreseeing {
  thinning(place: number, number: number): number;
  foresee(place: number, numbers: Int32Array): void;
}

/**
 * When the users of an open place ask: a Poisson stream at its peak rate, which thinning gives the shape of the local day.
 * Nothing that happens changes it, so it is foreseen block by block, and what thinning takes out is no event.
 */
export class OpenStream {
  private readonly times = new Float64Array(BLOCK);
  private readonly numbers = new Int32Array(BLOCK);
  private at = BLOCK - 1;
  private candidates = 0;
  /** Exact time of the last candidate: rounding each gap would bias the rate. */
  private last = 0;
  private readonly peak: number;

  constructor(
    private readonly place: number,
    private readonly facts: PlacePlan,
    private readonly arrivals: Sequence,
    private readonly intents: Foreseeing,
    private readonly startOfDay: Micros,
    private readonly end: Micros,
  ) {
    this.peak = shapePeak(facts.hourly);
  }

  /** When the next request is due; the end of the run, or later, where there is none. */
  get time(): Micros {
    return this.times[this.at]!;
  }

  /** Its number among the candidates, those included that thinning has taken out. */
  get number(): number {
    return this.numbers[this.at]!;
  }

  /** Goes on to the next request. */
  advance(): void {
    if (++this.at < BLOCK) return;
    this.foresee();
    this.at = 0;
  }

  private foresee(): void {
    const { arrivals, times, numbers, end } = this;
    const rate = this.facts.rate * this.peak;
    let { last, candidates } = this;
    for (let at = 0; at < BLOCK; at++) {
      let time: Micros;
      do {
        last += (arrivals.exponential() * MICROS_PER_SECOND) / rate;
        time = Math.round(last);
        candidates++;
      } while (time < end && !this.passes(candidates - 1, time));
      times[at] = time;
      numbers[at] = candidates - 1;
    }
    this.last = last;
    this.candidates = candidates;
    this.intents.foresee(this.place, numbers);
  }

  /** Whether thinning lets the request with this number pass, at that time. */
  passes(number: number, time: Micros): boolean {
    const shape = shapeAt(this.facts.hourly, this.startOfDay + time);
    return this.intents.thinning(this.place, number) * this.peak < shape;
  }
}
