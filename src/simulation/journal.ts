import { lengthened, lengthenedBytes } from "../engine/columns.js";
import type { Writes } from "./writes.js";

const NONE = -1;

/**
 * What a host has changed since its last sync, oldest first, as a ring: the write that came, what it replaced, and
 * whether it also went into the log. A power cut undoes it from its end.
 */
export class Journal {
  private entries = new Int32Array(256);
  private replaced = new Int32Array(256);
  private logged = new Uint8Array(256);
  private begin = 0;
  private end = 0;
  private inLog = 0;

  constructor(private readonly writes: Writes) {}

  /** Entries ever made: a mark for `settle`. */
  get mark(): number {
    return this.end;
  }

  get length(): number {
    return this.end - this.begin;
  }

  push(write: number, before: number, logged: boolean): void {
    if (this.length === this.entries.length) this.grow();
    const slot = this.end++ & (this.entries.length - 1);
    this.entries[slot] = write;
    this.replaced[slot] = before;
    this.logged[slot] = logged ? 1 : 0;
    if (logged) this.inLog++;
    this.writes.retain(write);
    if (before !== NONE) this.writes.retain(before);
  }

  /** Everything before `mark` is durable, which `durable` is told one by one. Returns how many entries of the log are not yet. */
  settle(mark: number, durable: (write: number) => void): number {
    for (; this.begin < mark && this.begin < this.end; this.begin++) {
      durable(this.entries[this.begin & (this.entries.length - 1)]!);
      this.forget(this.begin);
    }
    return this.inLog;
  }

  /** Hands the changes over from the last to the first. */
  undo(change: (write: number, before: number, logged: boolean) => void): void {
    while (this.end > this.begin) {
      const slot = (this.end - 1) & (this.entries.length - 1);
      change(this.entries[slot]!, this.replaced[slot]!, this.logged[slot] === 1);
      this.forget(--this.end);
    }
  }

  private forget(position: number): void {
    const slot = position & (this.entries.length - 1);
    const before = this.replaced[slot]!;
    if (this.logged[slot] === 1) this.inLog--;
    this.writes.release(this.entries[slot]!);
    if (before !== NONE) this.writes.release(before);
  }

  private grow(): void {
    const length = this.entries.length * 2;
    const [entries, replaced, logged] = [
      lengthened(this.entries, length),
      lengthened(this.replaced, length),
      lengthenedBytes(this.logged, length),
    ];
    for (let position = this.begin; position < this.end; position++) {
      const [from, to] = [position & (this.entries.length - 1), position & (length - 1)];
      entries[to] = this.entries[from]!;
      replaced[to] = this.replaced[from]!;
      logged[to] = this.logged[from]!;
    }
    this.entries = entries;
    this.replaced = replaced;
    this.logged = logged;
  }
}
