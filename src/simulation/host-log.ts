import type { Log } from "../policies/contract.js";
import { type Writes, lengthened } from "./writes.js";

const NONE = -1;

/**
 * The order of writes at one replica, as a ring. Beside each write it keeps what the write replaced, so that a
 * divergent tail can be undone. Positions never restart, even when the disk is lost.
 */
export class HostLog implements Log {
  begin = 0;
  end = 0;
  private entries = new Int32Array(1024);
  private replaced = new Int32Array(1024);

  constructor(private readonly writes: Writes) {}

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
  }

  /** Takes the last entry away; the caller has undone it. */
  pop(): void {
    this.forget(--this.end);
  }

  trim(before: number): void {
    const until = before < this.end ? before : this.end;
    while (this.begin < until) this.forget(this.begin++);
  }

  /** Goes on at `position`, with nothing before it. */
  resetTo(position: number): void {
    this.trim(this.end);
    this.begin = this.end = position;
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
