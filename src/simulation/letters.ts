import { lengthened } from "../engine/columns.js";
import { Letter, type WriteList } from "../policies/contract.js";

/** Traffic classes between regions; a link's bandwidth is shared fairly between them. */
export const REPLICATION_LANE = 0;
export const CONTROL_LANE = 1;
export const BULK_LANE = 2;
export const FORWARD_LANE = 3;
export const LANES = 4;
/** In place of a lane: a letter of replication that came as a datagram. */
export const DATAGRAM = 4;

/** Ids in a column that grows and is reused with its letter. */
export class Ids implements WriteList {
  private ids = new Int32Array(4);
  private count = 0;

  get length(): number {
    return this.count;
  }

  at(index: number): number {
    return this.ids[index]!;
  }

  push(write: number): void {
    if (this.count === this.ids.length) this.ids = lengthened(this.ids, this.count * 2);
    this.ids[this.count++] = write;
  }

  clear(): void {
    this.count = 0;
  }
}

/** Letters of one class, used again and again: a letter goes back after its last reader, never before. */
export class Drawer<L extends Letter> {
  private readonly letters: L[] = [];

  constructor(private readonly make: () => L) {}

  take(verb: number, from: number, to: number, term: number, group = 0): L {
    let letter = this.letters.pop();
    if (letter === undefined) {
      letter = this.make();
      letter.writes = new Ids();
    }
    letter.group = group;
    letter.verb = verb;
    letter.from = from;
    letter.to = to;
    letter.term = term;
    letter.extra = 0;
    return letter;
  }

  give(letter: L): void {
    (letter.writes as Ids).clear();
    this.letters.push(letter);
  }
}

/** What the control plane says; `position` also carries a local clock for leases. */
export class ControlLetter extends Letter {
  leader = -1;
  position = 0;
  /** Term of the last entry up to `position`. */
  logTerm = 0;
  /** The sender has been told to write no more. */
  fenced = false;
  /** An operator has paused the replication of the sender's copy. */
  paused = false;
  /** Nothing of the sender's copy is still to come in a whole one. */
  whole = true;
  /** Bit r: this vantage point believes region r healthy. */
  healthy = 0;
  /** Of a lock service: which of its sender's rounds it belongs to or answers, and whether it gives the lock. */
  round = 0;
  granted = false;
}

/** A part of a whole copy; the last one installs it. */
export class BulkLetter extends Letter {
  /** Which copy it belongs to: parts of one that was given up mean nothing to the next. */
  copy = 0;
  last = false;
  bytes = 0;
}

/** A request that one region hands on to another, or its answer. */
export class ForwardLetter extends Letter {
  attempt = 0;
  isAnswer = false;
  /** In place of a request: the key of which a site is told that it has changed, -1 where it is a request. */
  key = -1;
}

/** The traffic class in which a letter travels. */
export function laneOf(letter: Letter): number {
  if (letter instanceof ControlLetter) return CONTROL_LANE;
  if (letter instanceof BulkLetter) return BULK_LANE;
  return letter instanceof ForwardLetter ? FORWARD_LANE : REPLICATION_LANE;
}
