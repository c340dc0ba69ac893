import type { Engine } from "../engine/engine.js";
import type { Keyed, Streams } from "../engine/random.js";
import { shapeAt } from "../workload/daily-shape.js";
import { ARRIVAL, THOUGHT, TRACED } from "./events.js";
import type { Intents } from "./intents.js";
import { OpenStream } from "./open-stream.js";
import type { Plan } from "./plan.js";

/** Purpose of a keyed draw. */
const THINKING = 0;

/** Begins an operation. */
export interface Beginning {
  /** `session` is -1 where any of the place may ask. */
  begin(place: number, number: number, session: number): void;
}

/**
 * When users ask. Open: a Poisson stream at each place, whatever becomes of the earlier operations. Closed: each user asks,
 * waits for the end of it, thinks for an exponential time, and asks again. Both follow the shape of the local day. Or a
 * trace says when.
 */
export class Arrivals {
  private readonly streams: OpenStream[];
  private readonly thoughts: Keyed[];
  /** Of each session of a closed place, how often it has asked. */
  private readonly asked: (Int32Array | null)[];
  users!: Beginning;

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    streams: Streams,
    private readonly intents: Intents,
  ) {
    const { places } = plan;
    this.streams = places.map(
      (facts, place) =>
        new OpenStream(
          place,
          facts,
          streams.sequence(`arrivals/${facts.name}`),
          intents,
          plan.startOfDay,
          plan.duration,
        ),
    );
    this.thoughts = places.map((place) => streams.keyed(`think/${place.name}`));
    this.asked = places.map((place) => (place.think > 0 ? new Int32Array(place.sessions) : null));
  }

  start(): void {
    if (this.plan.trace !== null) {
      this.scheduleTraced(0);
      return;
    }
    for (const [place, { sessions }] of this.plan.places.entries()) {
      if (this.asked[place] === null) this.scheduleArrival(place);
      else for (let session = 0; session < sessions; session++) this.think(place, session);
    }
  }

  /** Event: the next request of an open place. */
  arrive(place: number): void {
    this.ask(place, this.streams[place]!.number);
    this.scheduleArrival(place);
  }

  /** Event: the next request of the trace, which is the operation's number as well. */
  traced(row: number): void {
    const { places, sessions } = this.plan.trace!;
    this.intents.draw(places[row]!, row);
    this.users.begin(places[row]!, row, sessions[row]!);
    this.scheduleTraced(row + 1);
  }

  /** A new operation by its number, unless thinning takes it out. */
  offer(place: number, number: number): void {
    if (this.streams[place]!.passes(number, this.engine.now)) this.ask(place, number);
  }

  /** Event: a user has thought. */
  thought(place: number, session: number): void {
    const asked = this.asked[place]!;
    const number = asked[session]! * this.plan.places[place]!.sessions + session;
    asked[session]! += 1;
    this.intents.draw(place, number);
    this.users.begin(place, number, session);
  }

  /** The operation with this number has ended; in a closed place its user now thinks. Those of a surge have none. */
  ended(place: number, number: number): void {
    if (this.asked[place] === null || number < 0) return;
    this.think(place, number % this.plan.places[place]!.sessions);
  }

  private ask(place: number, number: number): void {
    this.intents.draw(place, number);
    this.users.begin(place, number, -1);
  }

  private think(place: number, session: number): void {
    const { think, hourly, sessions } = this.plan.places[place]!;
    const shape = shapeAt(hourly, this.plan.startOfDay + this.engine.now);
    const number = this.asked[place]![session]! * sessions + session;
    const wait = Math.round((think * this.thoughts[place]!.exponential(number, THINKING)) / shape);
    // Who is asleep wakes up in another simulation.
    if (this.engine.now + wait < this.plan.duration) this.engine.schedule(wait, THOUGHT, place, session, number);
  }

  private scheduleTraced(row: number): void {
    const { times, places } = this.plan.trace!;
    if (row === times.length || times[row]! >= this.plan.duration) return;
    this.engine.schedule(times[row]! - this.engine.now, TRACED, places[row]!, row, row);
  }

  private scheduleArrival(place: number): void {
    const stream = this.streams[place]!;
    stream.advance();
    if (stream.time < this.plan.duration)
      this.engine.schedule(stream.time - this.engine.now, ARRIVAL, place, 0, stream.number);
  }
}
