import { lengthened } from "../engine/columns.js";
import type { Groups } from "./groups.js";
import { WIDTH, clearMarks, covers, see } from "./marks.js";
import type { Operations } from "./operations.js";
import type { PlacePlan } from "./plan.js";
import { SessionNumbers } from "./session-numbers.js";
import type { Writes } from "./writes.js";

const NONE = -1;

/** What sessions carry along: with each request, and back with its answer. */
export interface Carried {
  /** An operation begins, or the second half of a compare-and-set. */
  issued(operation: number): void;
  /** Whether its session has ended since: what belonged to that is asked for no more. */
  isOver(operation: number): boolean;
  /** A request is sent. */
  attach(operation: number, attempt: number): void;
  /** A read is answered with this version, -1 for none. */
  shown(attempt: number, write: number): void;
  /** The client takes the answer; `write` is what its region has accepted for it, -1 for none. */
  taken(operation: number, attempt: number, write: number): void;
  /** Its client has been refused. True when that ends the session, to which it belonged. */
  refused(operation: number): boolean;
}

/**
 * What sessions carry along: how far they have written, and how far they have been shown, in marks of each origin. A
 * request carries what its session knew when it was sent, and its answer brings the number of one version more.
 */
export class Tokens implements Carried {
  /** Whether a session ends when its client is refused. */
  endOnRefusal = false;
  private readonly width: number;
  private readonly sessions: SessionNumbers;
  private readonly written: Int32Array;
  private readonly read: Int32Array;
  /** By session, how often one has ended and the next begun; and by operation, in which it was issued. */
  private readonly ended: Int32Array;
  private issuedIn = new Int32Array(1024);
  /** By attempt, what it carries; and the version that its answer brings: origin, number and run. */
  private carriedWrites: Int32Array<ArrayBuffer>;
  private carriedReads: Int32Array<ArrayBuffer>;
  private versions: Int32Array<ArrayBuffer>;

  constructor(
    places: readonly PlacePlan[],
    private readonly groups: Groups,
    operations: Operations,
    private readonly writes: Writes,
  ) {
    this.width = groups.all.length * groups.regions * WIDTH;
    this.sessions = new SessionNumbers(places, operations);
    this.written = new Int32Array(this.sessions.count * this.width);
    this.read = new Int32Array(this.sessions.count * this.width);
    clearMarks(this.written);
    clearMarks(this.read);
    this.ended = new Int32Array(this.sessions.count);
    this.carriedWrites = new Int32Array(1024 * this.width);
    this.carriedReads = new Int32Array(1024 * this.width);
    this.versions = new Int32Array(1024 * WIDTH);
  }

  issued(operation: number): void {
    if (operation >= this.issuedIn.length) this.issuedIn = lengthened(this.issuedIn, operation * 2);
    this.issuedIn[operation] = this.ended[this.sessions.of(operation)]!;
  }

  isOver(operation: number): boolean {
    return this.issuedIn[operation] !== this.ended[this.sessions.of(operation)];
  }

  attach(operation: number, attempt: number): void {
    const { width, written, read } = this;
    while ((attempt + 1) * width > this.carriedWrites.length) this.grow();
    const from = this.tokenOf(operation);
    const to = attempt * width;
    for (let cell = 0; cell < width; cell++) {
      this.carriedWrites[to + cell] = written[from + cell]!;
      this.carriedReads[to + cell] = read[from + cell]!;
    }
    this.versions[attempt * WIDTH] = NONE;
  }

  shown(attempt: number, write: number): void {
    const cell = attempt * WIDTH;
    this.versions[cell] = write === NONE ? NONE : this.originOf(write);
    if (write === NONE) return;
    this.versions[cell + 1] = this.writes.sequence[write]!;
    this.versions[cell + 2] = this.writes.run[write]!;
  }

  taken(operation: number, attempt: number, write: number): void {
    // It was for the session that has ended: the next one has neither written nor seen it.
    if (this.isOver(operation)) return;
    const token = this.tokenOf(operation);
    const { sequence, run } = this.writes;
    if (write !== NONE) see(this.written, token + this.originOf(write) * WIDTH, sequence[write]!, run[write]!);
    const cell = attempt * WIDTH;
    const from = this.versions[cell]!;
    if (from !== NONE) see(this.read, token + from * WIDTH, this.versions[cell + 1]!, this.versions[cell + 2]!);
  }

  /**
   * Its client has been refused: what was lost is asked for no more. True when that ends the session, which is the one in
   * which the operation was issued: where another one has ended that meanwhile, the next one goes on.
   */
  refused(operation: number): boolean {
    if (!this.endOnRefusal || this.isOver(operation)) return false;
    const token = this.tokenOf(operation);
    this.ended[this.sessions.of(operation)]!++;
    clearMarks(this.written, token, this.width);
    clearMarks(this.read, token, this.width);
    return true;
  }

  /** Whether what a copy of the group shows has all of the group that was written. */
  writesCovered(attempt: number, shown: Int32Array, group: number): boolean {
    return covers(shown, this.carriedWrites, attempt * this.width + group * shown.length);
  }

  readsCovered(attempt: number, shown: Int32Array, group: number): boolean {
    return covers(shown, this.carriedReads, attempt * this.width + group * shown.length);
  }

  /** Each group of keys has numbers of its own, in each of the regions. */
  private originOf(write: number): number {
    return this.groups.node(this.groups.of(this.writes.key[write]!), this.writes.origin[write]!);
  }

  private tokenOf(operation: number): number {
    return this.sessions.of(operation) * this.width;
  }

  private grow(): void {
    this.carriedWrites = lengthened(this.carriedWrites, this.carriedWrites.length * 2);
    this.carriedReads = lengthened(this.carriedReads, this.carriedReads.length * 2);
    this.versions = lengthened(this.versions, this.versions.length * 2);
  }
}
