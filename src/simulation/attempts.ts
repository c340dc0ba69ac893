import { lengthened, lengthenedBytes, lengthenedDoubles } from "../engine/columns.js";

const NONE = -1;

/** Where an attempt is on its way from a user to a region and back. */
export const ON_THE_WAY = 0;
export const QUEUED = 1;
export const AT_REPLICA = 2;
export const ANSWERED = 3;
/** Its region died while a worker held it; only the worker's event still refers to it. */
export const ORPHANED = 4;
/** Nowhere any more, but its client does not know and still waits. */
export const LOST = 5;
/** A worker holds it. */
export const IN_SERVICE = 6;
/** The region will never answer it. */
export const HUNG = 7;
/** The copy has done it, and the answer waits for nothing but the disk there. */
export const AT_DISK = 8;

/** In place of a region: no region has handed it on. */
export const NOT_FORWARDED = -1;

/** Travels on the connection that its session has. */
export const POOLED = 0;
/** Opens a new one, which its session then has. */
export const FRESH = 1;
/** Travels on one that the client keeps beside, to another region than the session's. */
export const APART = 2;
/** Sent over a connection whose packets the network leads to another region by now, which does not know it. */
export const ASTRAY = 3;

/**
 * One try of an operation, as columns. It outlives the client's patience: a region works on what it has received
 * whether or not anyone still waits for it.
 */
export class Attempts {
  /** The operation it tries for, and which try it is. */
  operation = new Int32Array(1024);
  attempt = new Int32Array(1024);
  place = new Int32Array(1024);
  /** Where it is served: the region that its user has contacted, or the one that it was handed on to. */
  region = new Int32Array(1024);
  /** The region that has handed it on, and how often that had died by then. */
  via = new Int32Array(1024);
  viaLife = new Int32Array(1024);
  /** Place from which it is asked; `place` is whose luck it has. */
  at = new Int32Array(1024);
  /** Number of the operation in its place's own stream: names its luck. */
  number = new Int32Array(1024);
  key = new Int32Array(1024);
  kind = new Uint8Array(1024);
  /** Of a compare-and-set: serial of the write that it expects, -1 for nothing. */
  expected = new Int32Array(1024);
  /** Serial of the write that answered a read, -1 if nothing did. */
  shown = new Int32Array(1024);
  /** Round trip of the exchange, microseconds. */
  trip = new Float64Array(1024);
  /** Microseconds that it keeps a worker: a rare exponential draw is many times the mean, beyond 32 bits. */
  work = new Float64Array(1024);
  state = new Uint8Array(1024);
  /** Whether it opens a connection: POOLED, FRESH, APART or ASTRAY. */
  fresh = new Uint8Array(1024);
  /** Number of the connection of its session. */
  port = new Int32Array(1024);
  resends = new Int32Array(1024);
  status = new Uint8Array(1024);
  /** The write that the region accepted for it, -1 if none. */
  write = new Int32Array(1024);
  issuedAt = new Float64Array(1024);
  enqueuedAt = new Float64Array(1024);
  /** How long its client waits for it from when it is sent, and when the region takes it to be given up. */
  patience = new Float64Array(1024);
  expires = new Float64Array(1024);
  /** May wait half as long as others before it is shed. */
  yields = new Uint8Array(1024);
  private next = new Int32Array(1024);
  private free = NONE;
  private used = 0;

  take(): number {
    const attempt = this.free;
    if (attempt !== NONE) {
      this.free = this.next[attempt]!;
      return attempt;
    }
    if (this.used === this.operation.length) this.grow();
    return this.used++;
  }

  give(attempt: number): void {
    this.state[attempt] = ANSWERED;
    this.operation[attempt] = NONE;
    this.next[attempt] = this.free;
    this.free = attempt;
  }

  isAtCopy(attempt: number): boolean {
    const state = this.state[attempt];
    return state === AT_REPLICA || state === AT_DISK;
  }

  /** Ids below this bound may be in use; those that are have an operation. */
  get bound(): number {
    return this.used;
  }

  private grow(): void {
    const length = this.operation.length * 2;
    this.operation = lengthened(this.operation, length);
    this.attempt = lengthened(this.attempt, length);
    this.place = lengthened(this.place, length);
    this.region = lengthened(this.region, length);
    this.via = lengthened(this.via, length);
    this.viaLife = lengthened(this.viaLife, length);
    this.at = lengthened(this.at, length);
    this.number = lengthened(this.number, length);
    this.key = lengthened(this.key, length);
    this.trip = lengthenedDoubles(this.trip, length);
    this.work = lengthenedDoubles(this.work, length);
    this.resends = lengthened(this.resends, length);
    this.port = lengthened(this.port, length);
    this.write = lengthened(this.write, length);
    this.next = lengthened(this.next, length);
    this.expected = lengthened(this.expected, length);
    this.shown = lengthened(this.shown, length);
    this.kind = lengthenedBytes(this.kind, length);
    this.yields = lengthenedBytes(this.yields, length);
    this.patience = lengthenedDoubles(this.patience, length);
    this.expires = lengthenedDoubles(this.expires, length);
    this.state = lengthenedBytes(this.state, length);
    this.fresh = lengthenedBytes(this.fresh, length);
    this.status = lengthenedBytes(this.status, length);
    this.issuedAt = lengthenedDoubles(this.issuedAt, length);
    this.enqueuedAt = lengthenedDoubles(this.enqueuedAt, length);
  }
}
