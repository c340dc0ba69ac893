import type { Streams } from "../engine/random.js";
import type { DnsPlan } from "./plan.js";

/** Whatever tells the time. */
export interface Clock {
  readonly now: number;
}

/** One region for every resolver of a place, or one for each. */
export type Answers = ArrayLike<number>;

/** Answers remembered for one place: enough for all that a cache may still hold. */
interface History {
  readonly times: number[];
  readonly answers: Answers[];
}

/** Purposes of the keyed draws of a place. */
const PHASE = 0;
const SHARE = 1;

/**
 * The names of the service, of which there is mostly one: what the authoritative servers answer for each place, and the caching resolvers between
 * them and the users. A resolver refreshes exactly when its entry expires, each in its own phase, so the old answer
 * dies out evenly over one TTL; what it holds is therefore the authoritative answer as of its last expiry.
 */
export class Resolvers {
  private readonly histories: History[];
  private readonly phases: Float64Array;
  private readonly offsets: Float64Array;

  constructor(
    private readonly plan: DnsPlan,
    private readonly clock: Clock,
    streams: Streams,
    places: readonly string[],
    /** Of each place; who asks for another name than the first is numbered on beyond them. */
    private readonly sessions: readonly number[] = [],
  ) {
    this.histories = Array.from({ length: places.length * plan.names }, () => ({ times: [], answers: [] }));
    this.phases = new Float64Array(places.length * plan.resolvers);
    this.offsets = new Float64Array(places.length);
    places.forEach((place, index) => {
      const luck = streams.keyed(`resolver/${place}`);
      this.offsets[index] = luck.uniform(0, SHARE);
      for (let resolver = 0; resolver < plan.resolvers; resolver++) {
        this.phases[index * plan.resolvers + resolver] = Math.floor(luck.uniform(resolver, PHASE) * plan.ttl);
      }
    });
  }

  /** Resolvers of each place. */
  get count(): number {
    return this.plan.resolvers;
  }

  /** Spreads the resolvers of a place evenly over [0, 1); from place to place by luck, so that rounding favours nobody. */
  share(place: number, resolver: number): number {
    return (resolver + this.offsets[place]!) / this.plan.resolvers;
  }

  /** The authoritative servers answer so from now on. */
  publish(place: number, answer: Answers, name = 0): void {
    const { now } = this.clock;
    const { times, answers } = this.histories[place * this.plan.names + name]!;
    if (answers.length > 0 && areEqual(answers[answers.length - 1]!, answer)) return;
    while (times.length > 1 && times[1]! <= now - this.plan.ttl) {
      times.shift();
      answers.shift();
    }
    times.push(now);
    answers.push(answer);
  }

  /** What the resolver of this session would be answered now. */
  authoritative(place: number, session: number): number {
    const { answers } = this.historyOf(place, session);
    return this.of(answers[answers.length - 1]!, session);
  }

  /** What the resolver of this session answers now. */
  resolve(place: number, session: number): number {
    const { times, answers } = this.historyOf(place, session);
    let last = answers.length - 1;
    if (last === 0 || this.plan.ttl === 0) return this.of(answers[last]!, session);
    const phase = this.phases[place * this.plan.resolvers + (session % this.plan.resolvers)]!;
    const refreshed = Math.floor((this.clock.now - phase) / this.plan.ttl) * this.plan.ttl + phase;
    while (last > 0 && times[last]! > refreshed) last--;
    return this.of(answers[last]!, session);
  }

  private historyOf(place: number, session: number): History {
    const { names } = this.plan;
    if (names === 1) return this.histories[place]!;
    return this.histories[place * names + Math.floor(session / this.sessions[place]!)]!;
  }

  private of(answers: Answers, session: number): number {
    return answers.length === 1 ? answers[0]! : answers[session % this.plan.resolvers]!;
  }
}

function areEqual(one: Answers, other: Answers): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}
