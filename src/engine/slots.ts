import type { Micros } from "../units/time.js";
import { lengthened, lengthenedBytes, lengthenedDoubles } from "./columns.js";

export const NONE = -1;
const FREE = 0;
const PENDING = 1;
const DEAD = 2;

/** A handle is (generation + 1) * SLOTS + slot, exact in a double: 2^26 slots, and generations that go round after 2^26. */
const SLOTS = 67_108_864;
const LAST_GENERATION = SLOTS - 1;

/** Storage of the pending events, as columns that grow, with a free list over them. */
export class Slots {
  time = new Float64Array(256);
  /** Insertion number: decides between equal times. */
  order = new Float64Array(256);
  kind = new Uint8Array(256);
  owner = new Int32Array(256);
  payload = new Int32Array(256);
  id = new Int32Array(256);
  /** Free for the queue that holds the slot. */
  next = new Int32Array(256);
  private state = new Uint8Array(256);
  private generation = new Int32Array(256);
  private free = NONE;
  /** Slots ever in use at the same time. */
  used = 0;
  dead = 0;
  living = 0;

  /** Takes a slot; its columns are the caller's to fill. */
  take(time: Micros, order: number): number {
    let slot = this.free;
    if (slot !== NONE) this.free = this.next[slot]!;
    else {
      slot = this.used++;
      if (slot === this.time.length) this.grow();
    }
    this.time[slot] = time;
    this.order[slot] = order;
    this.state[slot] = PENDING;
    this.living++;
    return slot;
  }

  give(slot: number): void {
    if (this.state[slot] === DEAD) this.dead--;
    else this.living--;
    this.state[slot] = FREE;
    this.generation[slot] = (this.generation[slot]! + 1) & LAST_GENERATION;
    this.next[slot] = this.free;
    this.free = slot;
  }

  isDead(slot: number): boolean {
    return this.state[slot] === DEAD;
  }

  isPending(slot: number): boolean {
    return this.state[slot] === PENDING;
  }

  /** Writes the handle of a pending event where its owner wants it: returned, it would be boxed. */
  writeHandle(slot: number, cells: Float64Array, cell: number): void {
    cells[cell] = (this.generation[slot]! + 1) * SLOTS + slot;
  }

  /** Marks the event of a handle dead; false when it is no longer pending. */
  kill(handle: number): boolean {
    const stamp = Math.floor(handle / SLOTS);
    const slot = handle - stamp * SLOTS;
    if (this.generation[slot] !== stamp - 1 || this.state[slot] !== PENDING) return false;
    this.state[slot] = DEAD;
    this.dead++;
    this.living--;
    return true;
  }

  private grow(): void {
    const length = this.time.length * 2;
    this.time = lengthenedDoubles(this.time, length);
    this.order = lengthenedDoubles(this.order, length);
    this.kind = lengthenedBytes(this.kind, length);
    this.state = lengthenedBytes(this.state, length);
    this.owner = lengthened(this.owner, length);
    this.payload = lengthened(this.payload, length);
    this.id = lengthened(this.id, length);
    this.next = lengthened(this.next, length);
    this.generation = lengthened(this.generation, length);
  }
}
