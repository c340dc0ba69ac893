import { type EventQueue, Heap } from "./heap.js";
import { NONE, type Slots } from "./slots.js";

/** Below so many pending events the heap alone is fastest. */
const FEW = 48;
/** Buckets are tuned for so many events each. */
const PER_BUCKET = 4;
const LEAST_BUCKETS = 64;
const MOST_BUCKETS = 1 << 18;
/** Pops between two looks at the width; a rebuild costs what is pending, so it pays at most once in so many pops. */
const LEAST_PATIENCE = 1024;
/** Steps over buckets and far events, for each pop that a tuning waits for, beyond which the width is clearly wrong. */
const MOST_WORK = 16;

/**
 * The adaptive queue: a small heap for the events of the current bucket of time, unsorted lists for the buckets of the
 * near future, one list for what lies beyond. Most events are pushed onto a list and only sorted, among very few, when
 * their bucket's turn comes.
 *
 * The width of a bucket is a power of two (so its multiplication is exact) and follows the mean gap between pops. If it
 * is wrong for a while (bursts of equal times, wild gaps), the heap merely holds more: an event never costs more than
 * O(log n), and scanning empty buckets never more than the mean gap allows.
 */
export class Buckets implements EventQueue {
  private readonly heap: Heap;
  private heads = new Int32Array(LEAST_BUCKETS).fill(NONE);
  private mask = LEAST_BUCKETS - 1;
  private far = NONE;
  /** Events in the lists, the dead ones included. */
  private inBuckets = 0;
  private inFar = 0;
  private pops = 0;
  private patience = LEAST_PATIENCE;
  /** Steps since the last tuning that no pop was worth. */
  private work = 0;
  /** 1 / width (0: everything goes to the heap); number of the current bucket; number at the last look at `far`; time of the last tuning. */
  private readonly cells = new Float64Array([0, 0, 0, 0]);

  constructor(private readonly store: Slots) {
    this.heap = new Heap(store);
  }

  push(slot: number): void {
    const { cells, store } = this;
    const ahead = Math.floor(store.time[slot]! * cells[0]!) - cells[1]!;
    if (ahead <= 0) this.heap.push(slot);
    else if (ahead <= this.mask) {
      const bucket = (cells[1]! + ahead) & this.mask;
      store.next[slot] = this.heads[bucket]!;
      this.heads[bucket] = slot;
      this.inBuckets++;
    } else {
      store.next[slot] = this.far;
      this.far = slot;
      this.inFar++;
    }
  }

  head(): number {
    let slot = this.heap.head();
    while (slot === NONE && this.inBuckets + this.inFar > 0) {
      this.advance();
      slot = this.heap.head();
    }
    return slot;
  }

  removeHead(): void {
    if (++this.pops >= this.patience || this.work > MOST_WORK * this.patience)
      this.tune(this.store.time[this.heap.head()]!);
    this.heap.removeHead();
  }

  compact(): void {
    this.rebuild(this.cells[0]!, this.mask + 1);
  }

  /** Moves on to the next bucket that holds anything. */
  private advance(): void {
    const { cells } = this;
    if (this.inBuckets === 0) {
      cells[1] = this.earliestFar();
      this.spread();
    }
    while (this.heap.size === 0 && this.inBuckets > 0) {
      cells[1]! += 1;
      this.work++;
      // What was beyond the last bucket then may be within reach now.
      if (cells[1]! - cells[2]! > this.mask >> 1) this.spread();
      this.open(cells[1]! & this.mask);
    }
  }

  private open(bucket: number): void {
    const { store, heap } = this;
    let slot = this.heads[bucket]!;
    this.heads[bucket] = NONE;
    while (slot !== NONE) {
      const after = store.next[slot]!;
      this.inBuckets--;
      if (store.isDead(slot)) store.give(slot);
      else heap.push(slot);
      slot = after;
    }
  }

  private earliestFar(): number {
    const { store } = this;
    this.work += this.inFar;
    let earliest = Number.POSITIVE_INFINITY;
    for (let slot = this.far; slot !== NONE; slot = store.next[slot]!) earliest = Math.min(earliest, store.time[slot]!);
    return Math.floor(earliest * this.cells[0]!);
  }

  /** Takes the far list apart: what has come near goes into its bucket. */
  private spread(): void {
    const { store } = this;
    this.cells[2] = this.cells[1]!;
    this.work += this.inFar;
    let slot = this.far;
    this.far = NONE;
    this.inFar = 0;
    while (slot !== NONE) {
      const after = store.next[slot]!;
      if (store.isDead(slot)) store.give(slot);
      else this.push(slot);
      slot = after;
    }
  }

  private tune(now: number): void {
    const { cells } = this;
    const gap = (now - cells[3]!) / this.pops;
    const pending = this.heap.size + this.inBuckets + this.inFar;
    // Where the gaps just seen say nothing of those to come, the heap alone is safe for a while.
    const lost = this.work > MOST_WORK * this.patience;
    this.work = this.pops = 0;
    this.patience = pending > LEAST_PATIENCE ? pending : LEAST_PATIENCE;
    cells[3] = now;
    let inverse = 0;
    let buckets = LEAST_BUCKETS;
    if (pending >= FEW && !lost) {
      inverse = 1;
      while (inverse * gap * PER_BUCKET > 1.4) inverse /= 2;
      while (buckets < pending && buckets < MOST_BUCKETS) buckets *= 2;
    }
    const ratio = inverse / cells[0]!;
    const sameWidth = inverse === cells[0] || (ratio >= 0.5 && ratio <= 2);
    if (!sameWidth || buckets > this.mask + 1 || buckets * 4 < this.mask + 1) this.rebuild(inverse, buckets);
  }

  private rebuild(inverse: number, buckets: number): void {
    const { store, heap, cells } = this;
    const top = heap.head();
    const held = new Int32Array(heap.size + this.inBuckets + this.inFar);
    let count = 0;
    const keep = {
      push(slot: number): void {
        if (store.isDead(slot)) store.give(slot);
        else held[count++] = slot;
      },
    };
    const keepAll = (first: number): void => {
      let slot = first;
      while (slot !== NONE) {
        const after = store.next[slot]!;
        keep.push(slot);
        slot = after;
      }
    };
    heap.drain(keep);
    for (const first of this.heads) keepAll(first);
    keepAll(this.far);
    this.heads = buckets === this.heads.length ? this.heads.fill(NONE) : new Int32Array(buckets).fill(NONE);
    this.mask = buckets - 1;
    this.far = NONE;
    this.inBuckets = this.inFar = 0;
    cells[0] = inverse;
    let from = Number.POSITIVE_INFINITY;
    if (top !== NONE) from = store.time[top]!;
    else for (let index = 0; index < count; index++) from = Math.min(from, store.time[held[index]!]!);
    cells[1] = cells[2] = count === 0 ? 0 : Math.floor(from * inverse);
    for (let index = 0; index < count; index++) this.push(held[index]!);
  }
}
