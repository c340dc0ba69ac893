import { lengthenedDoubles } from "./attempts.js";
import { type Writes, lengthened } from "./writes.js";

const NONE = -1;

/**
 * Acknowledged writes that nothing refers to any more, counted with the write on which their fate rests: by the number of
 * incidents that had begun when they were accepted, with the moment at which the oldest of them was acknowledged.
 */
export class Inheritance {
  /** By write: a list of nodes. */
  private heads = new Int32Array(1024).fill(NONE);
  private epoch = new Int32Array(256);
  private count = new Int32Array(256);
  private oldest = new Float64Array(256);
  private next = new Int32Array(256);
  private free = NONE;
  private used = 0;

  constructor(private readonly writes: Writes) {}

  begin(write: number): void {
    if (this.writes.capacity > this.heads.length) this.heads = lengthened(this.heads, this.writes.capacity);
    this.heads[write] = NONE;
  }

  /** One write, accepted after so many incidents had begun, rests on `heir`. */
  add(heir: number, epoch: number, acknowledgedAt: number): void {
    this.put(heir, epoch, 1, acknowledgedAt);
  }

  /** All that rested on `write` rests on `heir`. */
  pass(write: number, heir: number): void {
    let node = this.heads[write]!;
    this.heads[write] = NONE;
    if (this.heads[heir] === NONE) {
      this.heads[heir] = node;
      return;
    }
    while (node !== NONE) {
      const after = this.next[node]!;
      this.next[node] = this.free;
      this.free = node;
      this.put(heir, this.epoch[node]!, this.count[node]!, this.oldest[node]!);
      node = after;
    }
  }

  /** Hands over what rests on `write`, and forgets it. */
  take(write: number, each: (epoch: number, count: number, oldest: number) => void): void {
    let node = this.heads[write]!;
    this.heads[write] = NONE;
    while (node !== NONE) {
      const after = this.next[node]!;
      this.next[node] = this.free;
      this.free = node;
      each(this.epoch[node]!, this.count[node]!, this.oldest[node]!);
      node = after;
    }
  }

  private put(heir: number, epoch: number, count: number, oldest: number): void {
    for (let node = this.heads[heir]!; node !== NONE; node = this.next[node]!) {
      if (this.epoch[node] !== epoch) continue;
      this.count[node]! += count;
      if (oldest < this.oldest[node]!) this.oldest[node] = oldest;
      return;
    }
    let node = this.free;
    if (node !== NONE) this.free = this.next[node]!;
    else {
      node = this.used++;
      if (node === this.epoch.length) this.grow(node * 2);
    }
    this.epoch[node] = epoch;
    this.count[node] = count;
    this.oldest[node] = oldest;
    this.next[node] = this.heads[heir]!;
    this.heads[heir] = node;
  }

  private grow(length: number): void {
    this.epoch = lengthened(this.epoch, length);
    this.count = lengthened(this.count, length);
    this.next = lengthened(this.next, length);
    this.oldest = lengthenedDoubles(this.oldest, length);
  }
}
