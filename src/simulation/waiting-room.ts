import { lengthened, lengthenedDoubles } from "../engine/columns.js";
import type { Engine } from "../engine/engine.js";
import { WAIT_OVER } from "./events.js";
import type { Serving } from "./requests.js";

const NOWHERE = -1;

/** Attempts that wait at one region's copy until it knows more, in the order in which they came. */
class Room {
  attempts = new Int32Array(64);
  count = 0;

  push(attempt: number): void {
    if (this.count === this.attempts.length) this.attempts = lengthened(this.attempts, this.count * 2);
    this.attempts[this.count++] = attempt;
  }
}

/** Attempts that wait at the copies, each with the timer that ends its wait. */
export class WaitingRoom {
  private readonly rooms: readonly Room[];
  /** Those that are looked at anew. */
  private called = new Int32Array(64);
  /** By attempt: since when it waits, -1 where it does not, and its timer. */
  private since = new Float64Array(1024).fill(NOWHERE);
  private timers = new Float64Array(1024);

  constructor(
    regions: number,
    private readonly engine: Engine,
  ) {
    this.rooms = Array.from({ length: regions }, () => new Room());
  }

  /** Microseconds since it was first told to wait here; 0 for one that has just come. */
  waited(attempt: number): number {
    return this.isWaiting(attempt) ? this.engine.now - this.since[attempt]! : 0;
  }

  isWaiting(attempt: number): boolean {
    return attempt < this.since.length && this.since[attempt] !== NOWHERE;
  }

  enter(attempt: number, region: number, patience: number, number: number): void {
    while (attempt >= this.since.length) this.grow();
    this.rooms[region]!.push(attempt);
    if (this.since[attempt] !== NOWHERE) return;
    this.since[attempt] = this.engine.now;
    this.engine.arm(this.timers, attempt, patience, WAIT_OVER, region, attempt, number);
  }

  /** It is served, or goes elsewhere; harmless for one that has not waited. */
  leave(attempt: number): void {
    if (!this.isWaiting(attempt)) return;
    this.since[attempt] = NOWHERE;
    this.engine.disarm(this.timers, attempt);
  }

  /** Event: the wait of this one is over. */
  over(attempt: number, region: number): void {
    this.timers[attempt] = 0;
    const room = this.rooms[region]!;
    let kept = 0;
    for (let index = 0; index < room.count; index++)
      if (room.attempts[index] !== attempt) room.attempts[kept++] = room.attempts[index]!;
    room.count = kept;
  }

  /** Calls all that wait at this region to be looked at; whoever has to goes on waiting enters again. */
  call(region: number, copies: Serving): void {
    const room = this.rooms[region]!;
    const { count } = room;
    if (count === 0) return;
    if (this.called.length < count) this.called = new Int32Array(count * 2);
    const { called } = this;
    for (let index = 0; index < count; index++) called[index] = room.attempts[index]!;
    room.count = 0;
    for (let index = 0; index < count; index++) copies.serve(called[index]!);
  }

  /** The region has died, or the host of its copy; `regions` is where each attempt is. */
  empty(region: number, regions: Int32Array): void {
    this.rooms[region]!.count = 0;
    for (let attempt = 0; attempt < this.since.length; attempt++)
      if (this.since[attempt] !== NOWHERE && regions[attempt] === region) this.leave(attempt);
  }

  private grow(): void {
    const { length } = this.since;
    this.since = lengthenedDoubles(this.since, length * 2).fill(NOWHERE, length);
    this.timers = lengthenedDoubles(this.timers, length * 2);
  }
}
