import { lengthened } from "../engine/columns.js";
import type { Log } from "../policies/contract.js";
import type { Writes } from "./writes.js";

const NONE = -1;

/**
 * The order of writes at one replica, as a ring. Beside each write it keeps what the write replaced, so that a
 * divergent tail can be undone. Positions never restart, even when the disk is lost.
 */
export class HostLog implements Log {
  begin = 0;
  end = 0;
  highest = 0;
  /** Positions from here on are not on disk yet: they may have to be undone, and are kept. */
  synced = Number.POSITIVE_INFINITY;
  isSyncedEachCommit = false;
  private entries = new Int32Array(1024);
  private replaced = new Int32Array(1024);

  constructor(private readonly writes: Writes) {}

  get durable(): number {
    return this.synced < this.end ? this.synced : this.end;
  }

  get secured(): number {
    return this.isSyncedEachCommit ? this.durable : this.end;
  }

  at(position: number): number {
    return this.entries[position & (this.entries.length - 1)]!;
  }

  before(position: number): number {
    return this.replaced[position & (this.entries.length - 1)]!;
  }

  push(write: number, before: number): void {
    if (this.end - this.begin === this.entries.length) this.grow();
    const slot = this.end & (this.entries.length - 1);
    this.entries[slot] = write;
    this.replaced[slot] = before;
    this.writes.retain(write);
    if (before !== NONE) this.writes.retain(before);
    this.end++;
    if (this.end > this.highest) this.highest = this.end;
  }

  /** Takes the last entry away; the caller has undone it. */
  pop(): void {
    this.forget(--this.end);
  }

  trim(before: number): void {
    const until = Math.min(before, this.end, this.synced);
    while (this.begin < until) this.forget(this.begin++);
  }

  /** Goes on at `position`, with nothing before it. */
  resetTo(position: number): void {
    while (this.begin < this.end) this.forget(this.begin++);
    this.begin = this.end = position;
    if (this.synced !== Number.POSITIVE_INFINITY) this.synced = position;
    if (position > this.highest) this.highest = position;
  }

  private forget(position: number): void {
    const slot = position & (this.entries.length - 1);
    const before = this.replaced[slot]!;
    this.writes.release(this.entries[slot]!);
    if (before !== NONE) this.writes.release(before);
  }

  private grow(): void {
    const length = this.entries.length * 2;
    const entries = lengthened(this.entries, length);
    const replaced = lengthened(this.replaced, length);
    for (let position = this.begin; position < this.end; position++) {
      entries[position & (length - 1)] = this.at(position);
      replaced[position & (length - 1)] = this.before(position);
    }
    this.entries = entries;
    this.replaced = replaced;
  }
}
