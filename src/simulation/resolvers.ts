import type { Streams } from "../engine/random.js";
import type { DnsPlan } from "./plan.js";

/** Whatever tells the time. */
export interface Clock {
  readonly now: number;
}

/** Answers remembered for one place: enough for all that a cache may still hold. */
interface History {
  readonly times: number[];
  readonly answers: number[];
}

/**
 * The name of the service: what the authoritative servers answer for each place, and the caching resolvers between
 * them and the users. A resolver refreshes exactly when its entry expires, each in its own phase, so the old answer
 * dies out evenly over one TTL; what it holds is therefore the authoritative answer as of its last expiry.
 */
export class Resolvers {
  private readonly histories: History[];
  private readonly phases: Float64Array;

  constructor(
    private readonly plan: DnsPlan,
    private readonly clock: Clock,
    streams: Streams,
    places: readonly string[],
  ) {
    this.histories = places.map(() => ({ times: [], answers: [] }));
    this.phases = new Float64Array(places.length * plan.resolvers);
    places.forEach((place, index) => {
      const luck = streams.keyed(`resolver/${place}`);
      for (let resolver = 0; resolver < plan.resolvers; resolver++) {
        this.phases[index * plan.resolvers + resolver] = Math.floor(luck.uniform(resolver, 0) * plan.ttl);
      }
    });
  }

  /** The authoritative servers answer `region` from now on. */
  publish(place: number, region: number): void {
    const { now } = this.clock;
    const { times, answers } = this.histories[place]!;
    if (answers.length > 0 && answers[answers.length - 1] === region) return;
    while (times.length > 1 && times[1]! <= now - this.plan.ttl) {
      times.shift();
      answers.shift();
    }
    times.push(now);
    answers.push(region);
  }

  authoritative(place: number): number {
    const { answers } = this.histories[place]!;
    return answers[answers.length - 1]!;
  }

  /** What the resolver of this session answers now. */
  resolve(place: number, session: number): number {
    const { times, answers } = this.histories[place]!;
    let last = answers.length - 1;
    if (last === 0 || this.plan.ttl === 0) return answers[last]!;
    const phase = this.phases[place * this.plan.resolvers + (session % this.plan.resolvers)]!;
    const refreshed = Math.floor((this.clock.now - phase) / this.plan.ttl) * this.plan.ttl + phase;
    while (last > 0 && times[last]! > refreshed) last--;
    return answers[last]!;
  }
}
