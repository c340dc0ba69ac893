import { lengthened, lengthenedDoubles } from "./columns.js";
import { NONE, type Slots } from "./slots.js";

/** Whatever gives pending slots back by (time, order). `head` releases dead slots on its way. */
export interface EventQueue {
  push(slot: number): void;
  /** The earliest living slot, or NONE. */
  head(): number;
  /** Takes away what `head` has just answered; the slot itself is the caller's to give back. */
  removeHead(): void;
  /** Releases every dead slot. */
  compact(): void;
}

/** 4-ary heap over (time, order): the times lie in the heap's own column, so that most comparisons touch no slot. */
export class Heap implements EventQueue {
  size = 0;
  private times = new Float64Array(64);
  private slots = new Int32Array(64);

  constructor(private readonly store: Slots) {}

  push(slot: number): void {
    if (this.size === this.slots.length) {
      this.times = lengthenedDoubles(this.times, this.size * 2);
      this.slots = lengthened(this.slots, this.size * 2);
    }
    const { times, slots, store } = this;
    const time = store.time[slot]!;
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const above = times[parent]!;
      if (above < time || (above === time && store.order[slots[parent]!]! < store.order[slot]!)) break;
      times[hole] = above;
      slots[hole] = slots[parent]!;
      hole = parent;
    }
    times[hole] = time;
    slots[hole] = slot;
  }

  head(): number {
    while (this.size > 0) {
      const slot = this.slots[0]!;
      if (!this.store.isDead(slot)) return slot;
      this.removeHead();
      this.store.give(slot);
    }
    return NONE;
  }

  removeHead(): void {
    const last = --this.size;
    if (last > 0) this.sink(this.times[last]!, this.slots[last]!, 0);
  }

  compact(): void {
    const { slots, store } = this;
    const count = this.size;
    this.size = 0;
    for (let index = 0; index < count; index++) {
      const slot = slots[index]!;
      // Pushing onto the front of the same columns never overtakes the reading.
      if (store.isDead(slot)) store.give(slot);
      else this.push(slot);
    }
  }

  /** Hands every slot to `take` and is empty afterwards. */
  drain(take: { push(slot: number): void }): void {
    const held = this.slots.slice(0, this.size);
    this.size = 0;
    for (const slot of held) take.push(slot);
  }

  private sink(time: number, slot: number, from: number): void {
    const { times, slots, store, size } = this;
    let hole = from;
    for (let child = 4 * hole + 1; child < size; child = 4 * hole + 1) {
      let least = child;
      const end = child + 4 < size ? child + 4 : size;
      for (let other = child + 1; other < end; other++) {
        const a = times[other]!;
        const b = times[least]!;
        if (a < b || (a === b && store.order[slots[other]!]! < store.order[slots[least]!]!)) least = other;
      }
      const below = times[least]!;
      if (time < below || (time === below && store.order[slot]! < store.order[slots[least]!]!)) break;
      times[hole] = below;
      slots[hole] = slots[least]!;
      hole = least;
    }
    times[hole] = time;
    slots[hole] = slot;
  }
}
