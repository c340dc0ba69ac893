import type { Engine } from "../engine/engine.js";
import type { Sequence, Streams } from "../engine/random.js";
import { shapePeak } from "../workload/daily-shape.js";
import { SURGE_ARRIVAL } from "./events.js";
import type { PlaceHardship } from "./hardships.js";
import type { Plan } from "./plan.js";

const MICROS_PER_SECOND = 1_000_000;

/** Brings an operation in, if the hour of the day lets it pass. */
export interface Issuing {
  offer(place: number, number: number): void;
}

/**
 * What users ask for beyond their usual, while surges hold: a Poisson stream of its own on top of theirs, so that a surge
 * shifts none of the arrivals that would have come anyway. Its operations are numbered downwards from -1.
 */
export class Surges {
  private readonly hardships: PlaceHardship[][];
  private readonly extra: Float64Array;
  private readonly arrivals: Sequence[];
  private readonly peaks: Float64Array;
  private readonly numbers: Int32Array;
  /** Arrivals ordered before the surge changed mean nothing: the stream has no memory. */
  private readonly generations: Int32Array;

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    streams: Streams,
    private readonly users: Issuing,
  ) {
    const places = plan.places.length;
    this.hardships = plan.places.map(() => []);
    this.extra = new Float64Array(places);
    this.arrivals = plan.places.map((place) => streams.sequence(`surge/${place.name}`));
    this.peaks = Float64Array.from(plan.places, (place) => shapePeak(place.hourly));
    this.numbers = new Int32Array(places);
    this.generations = new Int32Array(places);
  }

  begin(place: number, hardship: PlaceHardship): void {
    this.hardships[place]!.push(hardship);
    this.compose(place);
  }

  /** Ends exactly this hardship; one that never began is a mistake of the caller. */
  end(place: number, hardship: PlaceHardship): void {
    const index = this.hardships[place]!.indexOf(hardship);
    if (index < 0) throw new Error(`place ${place}: a surge ends that never began`);
    this.hardships[place]!.splice(index, 1);
    this.compose(place);
  }

  /** Event: perhaps one operation more. */
  arrive(place: number, generation: number): void {
    if (generation !== this.generations[place]) return;
    this.users.offer(place, --this.numbers[place]!);
    this.schedule(place);
  }

  private compose(place: number): void {
    let times = 1;
    for (const { surge } of this.hardships[place]!) times *= surge;
    this.extra[place] = times - 1;
    this.generations[place]! += 1;
    this.schedule(place);
  }

  private schedule(place: number): void {
    const rate = this.extra[place]! * this.plan.places[place]!.rate * this.peaks[place]!;
    if (rate <= 0) return;
    const gap = Math.round((this.arrivals[place]!.exponential() * MICROS_PER_SECOND) / rate);
    if (this.engine.now + gap >= this.plan.duration) return;
    this.engine.schedule(gap, SURGE_ARRIVAL, place, this.generations[place]!, this.numbers[place]!);
  }
}
