import { Letter, type WriteId } from "../../contract.js";

/** A region that was asked to write has all others know of it. */
export const REQUEST = 0;
/** The three phases: the primary proposes a place in the order, and each tells all that it has heard so, and that enough have. */
export const PRE_PREPARE = 1;
export const PREPARE = 2;
export const COMMIT = 3;
/** So much has been carried out here. */
export const CHECKPOINT = 4;
/** The next view is asked for, and begun. */
export const VIEW_CHANGE = 5;
export const NEW_VIEW = 6;
/** Signs of life; what somebody lacks is asked for, and sent as entries of the order or as a whole copy. */
export const STATUS = 7;
export const FETCH = 8;
export const ENTRIES = 9;
export const COPY = 10;
/** What may have been committed by now, for a read that must be the latest. */
export const READ = 11;
export const FOUND = 12;

export const VERBS: readonly string[] = [
  ...["request", "pre-prepare", "prepare", "commit", "checkpoint", "view change", "new view", "status"],
  ...["fetch", "entries", "copy", "read", "found"],
];

/** In place of a write: a place in the order that is left empty, no proposal yet, and what a liar says to everybody's liking. */
export const EMPTY = -1;
export const UNSET = -2;
export const ANYTHING = -3;

/** A request: the write, who was asked for it, and its number among those that were asked there. */
export interface Entry {
  readonly write: WriteId;
  readonly origin: number;
  readonly stamp: number;
}
export const NO_ENTRY: Entry = { write: EMPTY, origin: EMPTY, stamp: 0 };

export class PbftLetter extends Letter {
  view = 0;
  /** The place in the order; of NEW_VIEW and ENTRIES the last one; of READ and FOUND the number of the read. */
  sequence = 0;
  /** PREPARE, COMMIT: the write that is voted for. */
  digest = EMPTY;
  /** Of the sender: how much it has carried out, how much it knows to be stable, and the furthest place that it has prepared. */
  executed = 0;
  stable = 0;
  prepared = 0;
  /** REQUEST, PRE_PREPARE: who was asked for the write that goes with it, and its number there. */
  origin = EMPTY;
  stamp = 0;
  /** VIEW_CHANGE, NEW_VIEW, ENTRIES: places, the view in which each was prepared, and what stands there. */
  readonly places: number[] = [];
  readonly views: number[] = [];
  readonly origins: number[] = [];
  readonly stamps: number[] = [];

  clear(): void {
    for (const column of [this.places, this.views, this.origins, this.stamps]) column.length = 0;
  }

  /** The one entry of a REQUEST or a PRE_PREPARE. */
  put({ write, origin, stamp }: Entry): void {
    this.origin = origin;
    this.stamp = stamp;
    if (write !== EMPTY) this.writes.push(write);
  }

  add(place: number, view: number, { write, origin, stamp }: Entry): void {
    this.places.push(place);
    this.views.push(view);
    this.origins.push(origin);
    this.stamps.push(stamp);
    if (write !== EMPTY) this.writes.push(write);
  }

  /** What stands at each of the places, in their order. */
  each(take: (place: number, entry: Entry, view: number) => void): void {
    let next = 0;
    for (let at = 0; at < this.places.length; at++) {
      const origin = this.origins[at]!;
      const write = origin === EMPTY ? EMPTY : this.writes.at(next++);
      take(this.places[at]!, { write, origin, stamp: this.stamps[at]! }, this.views[at]!);
    }
  }
}
