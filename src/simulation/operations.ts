import { lengthened, lengthenedBytes, lengthenedDoubles } from "../engine/columns.js";

const NONE = -1;

/** One user operation with all its tries, as columns; retries are one operation. */
export class Operations {
  place = new Int32Array(1024);
  number = new Int32Array(1024);
  session = new Int32Array(1024);
  /** Where its user is: the place it is asked from, and the user's connection there. */
  at = new Int32Array(1024);
  slot = new Int32Array(1024);
  /** Of the plan's types of requests. */
  type = new Uint8Array(1024);
  key = new Int32Array(1024);
  /** What the request at hand does: one of the record's kinds. */
  kind = new Uint8Array(1024);
  /** 1 while the read runs that a compare-and-set begins with. */
  reading = new Uint8Array(1024);
  /** Of a compare-and-set: serial of the write that its read has shown, -1 for nothing. */
  expected = new Int32Array(1024);
  /** Records that a read returns. */
  records = new Int32Array(1024);
  /** What an increment adds: 1 or -1. */
  amount = new Int32Array(1024);
  issuedAt = new Float64Array(1024);
  attempts = new Int32Array(1024);
  /** Those of a request that came before the one at hand. */
  earlier = new Int32Array(1024);
  /** The try that the client waits for, -1 while it backs off. */
  current = new Int32Array(1024);
  /** The second request of the try, -1 where there is none. */
  hedge = new Int32Array(1024);
  /** When the try is given up. */
  patience = new Float64Array(1024);
  lastRegion = new Int32Array(1024);
  /** How often a region has accepted it as a write. */
  accepted = new Int32Array(1024);
  /** 1 once a command of it has been carried out, whatever it did. */
  settled = new Uint8Array(1024);
  /** The writes that it was accepted as: a list of acceptances.ts. */
  writes = new Int32Array(1024).fill(NONE);
  /** The time-out or the back-off that is running. */
  timer = new Float64Array(1024);
  /** The client still waits for an answer. */
  awaited = new Uint8Array(1024);
  /** The client, and every attempt still somewhere in the system. */
  private references = new Int32Array(1024);
  /** Clears `writes`. */
  forget!: (operation: number) => void;
  private next = new Int32Array(1024);
  private free = NONE;
  private used = 0;

  /** A new operation with one reference, the client's. */
  take(): number {
    let operation = this.free;
    if (operation !== NONE) this.free = this.next[operation]!;
    else {
      operation = this.used++;
      if (operation === this.place.length) this.grow();
    }
    this.attempts[operation] = 0;
    this.earlier[operation] = 0;
    this.reading[operation] = 0;
    this.current[operation] = NONE;
    this.hedge[operation] = NONE;
    this.lastRegion[operation] = NONE;
    this.accepted[operation] = 0;
    this.settled[operation] = 0;
    this.timer[operation] = 0;
    this.references[operation] = 1;
    this.awaited[operation] = 1;
    return operation;
  }

  retain(operation: number): void {
    this.references[operation]! += 1;
  }

  release(operation: number): void {
    if (--this.references[operation]! > 0) return;
    if (this.writes[operation] !== NONE) this.forget(operation);
    this.next[operation] = this.free;
    this.free = operation;
  }

  /** Whether, after its client is done with it, an attempt is still somewhere in the system. */
  isUnderWay(operation: number): boolean {
    return this.references[operation]! > 0;
  }

  /** Operations whose client still waits. */
  open(): number {
    return this.awaited.reduce((sum, awaited) => sum + awaited, 0);
  }

  private grow(): void {
    const length = this.place.length * 2;
    this.place = lengthened(this.place, length);
    this.number = lengthened(this.number, length);
    this.session = lengthened(this.session, length);
    this.at = lengthened(this.at, length);
    this.slot = lengthened(this.slot, length);
    this.hedge = lengthened(this.hedge, length);
    this.type = lengthenedBytes(this.type, length);
    this.patience = lengthenedDoubles(this.patience, length);
    this.key = lengthened(this.key, length);
    this.attempts = lengthened(this.attempts, length);
    this.current = lengthened(this.current, length);
    this.lastRegion = lengthened(this.lastRegion, length);
    this.accepted = lengthened(this.accepted, length);
    this.settled = lengthenedBytes(this.settled, length);
    this.writes = lengthened(this.writes, length).fill(NONE, this.used - 1);
    this.references = lengthened(this.references, length);
    this.next = lengthened(this.next, length);
    this.awaited = lengthenedBytes(this.awaited, length);
    this.earlier = lengthened(this.earlier, length);
    this.expected = lengthened(this.expected, length);
    this.records = lengthened(this.records, length);
    this.amount = lengthened(this.amount, length);
    this.kind = lengthenedBytes(this.kind, length);
    this.reading = lengthenedBytes(this.reading, length);
    this.issuedAt = lengthenedDoubles(this.issuedAt, length);
    this.timer = lengthenedDoubles(this.timer, length);
  }
}
