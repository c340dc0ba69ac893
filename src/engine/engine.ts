import type { Micros } from "../units/time.js";
import { Buckets } from "./buckets.js";
import { lengthened } from "./columns.js";
import { type EventQueue, Heap } from "./heap.js";
import { tooManyPending } from "./limit.js";
import { NONE, Slots } from "./slots.js";

/** Carries an event out. One function with a switch: a table of handlers costs more than the whole queue. */
export interface Dispatcher {
  dispatch(kind: number, owner: number, payload: number, id: number): void;
}

export interface EngineOptions {
  /** Pending events beyond which the run is given up with a LimitError. */
  readonly pendingLimit?: number;
  /** The heap alone is the reference that the adaptive queue is tested against. */
  readonly queue?: "adaptive" | "heap";
  /** Names of the kinds, for messages. */
  readonly kinds?: readonly string[];
}

/** Delays end where integers in a double do. */
const FOREVER = 2 ** 53;
const DEFAULT_LIMIT = 4_000_000;
/** Dead timers worth a compaction. */
const MANY_DEAD = 4096;

/**
 * The event loop. Time is an integer number of microseconds; events leave by time, those of one time in the order in
 * which they were scheduled. Kinds are below 256; owner, payload and id are 32-bit integers, of which the payload (a
 * place in some pool) is the only one that no digest sees. Scheduling allocates nothing.
 */
export class Engine {
  private readonly slots = new Slots();
  private readonly queue: EventQueue;
  private readonly kinds: readonly string[];
  private readonly limit: number;
  /** Time now, insertion number, events dispatched: doubles in a typed array are never boxed. */
  private readonly clock = new Float64Array(3);
  private readonly fold = new Int32Array([0x6a09e667, 0x3c6ef372]);
  /** Events without delay, first in first out. */
  private ring = new Int32Array(64);
  private ringHead = 0;
  private ringCount = 0;
  private stopped = false;

  constructor(options: EngineOptions = {}) {
    this.limit = options.pendingLimit ?? DEFAULT_LIMIT;
    this.kinds = options.kinds ?? [];
    this.queue = options.queue === "heap" ? new Heap(this.slots) : new Buckets(this.slots);
  }

  get now(): Micros {
    return this.clock[0]!;
  }

  get dispatched(): number {
    return this.clock[2]!;
  }

  get pending(): number {
    return this.slots.living;
  }

  /** Schedules an event `delay` microseconds from now: an integer, 0 or more. */
  schedule(delay: Micros, kind: number, owner: number, payload: number, id: number): void {
    this.place(delay, kind, owner, payload, id);
  }

  /** The same for a timer: its handle is written into a cell of the owner's column, where 0 stands for none. */
  arm(
    cells: Float64Array,
    cell: number,
    delay: Micros,
    kind: number,
    owner: number,
    payload: number,
    id: number,
  ): void {
    this.slots.writeHandle(this.place(delay, kind, owner, payload, id), cells, cell);
  }

  /** Cancels a timer and clears its cell; false, and harmless, when it has fired, was cancelled, or was never set. */
  disarm(cells: Float64Array, cell: number): boolean {
    const handle = cells[cell]!;
    cells[cell] = 0;
    if (handle === 0 || !this.slots.kill(handle)) return false;
    if (this.slots.dead > MANY_DEAD && this.slots.dead > this.slots.living) this.queue.compact();
    return true;
  }

  /** Dispatches every event up to and including `until`, which is the time afterwards; false when it was stopped. */
  run(until: Micros, dispatcher: Dispatcher): boolean {
    const { slots, queue, clock, fold } = this;
    this.stopped = false;
    while (!this.stopped) {
      let slot = queue.head();
      if (this.ringCount > 0 && (slot === NONE || slots.time[slot]! > clock[0]!)) {
        slot = this.ring[this.ringHead]!;
        this.ringHead = (this.ringHead + 1) & (this.ring.length - 1);
        this.ringCount--;
        if (slots.isDead(slot)) {
          slots.give(slot);
          continue;
        }
      } else {
        if (slot === NONE || slots.time[slot]! > until) break;
        queue.removeHead();
        clock[0] = slots.time[slot]!;
      }
      const kind = slots.kind[slot]!;
      const owner = slots.owner[slot]!;
      const payload = slots.payload[slot]!;
      const id = slots.id[slot]!;
      slots.give(slot);
      clock[2]! += 1;
      const time = clock[0]!;
      const low = time | 0;
      const high = (time / 4_294_967_296) | 0;
      const a = Math.imul(fold[0]! ^ low, 0x85ebca6b) ^ id;
      const b = Math.imul(fold[1]! ^ ((owner << 8) | kind) ^ (high << 20), 0xc2b2ae35);
      fold[0] = ((a << 13) | (a >>> 19)) + b;
      fold[1] = Math.imul(b ^ (b >>> 15), 0x27d4eb2f) ^ a;
      dispatcher.dispatch(kind, owner, payload, id);
    }
    if (!this.stopped && until > clock[0]! && until < Number.POSITIVE_INFINITY) clock[0] = until;
    return !this.stopped;
  }

  /** Leaves `run` after the present event. */
  stop(): void {
    this.stopped = true;
  }

  /** Fold over time, kind, owner and id of every event so far: 16 hexadecimal digits. */
  digest(): string {
    return [...this.fold].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
  }

  private place(delay: Micros, kind: number, owner: number, payload: number, id: number): number {
    const { slots, clock } = this;
    if (!(delay >= 0 && delay < FOREVER) || delay !== Math.floor(delay)) this.refuse(delay, kind);
    if (slots.living >= this.limit) throw tooManyPending(this.limit, clock[0]!, slots, this.kinds);
    const slot = slots.take(clock[0]! + delay, clock[1]!);
    clock[1]! += 1;
    slots.kind[slot] = kind;
    slots.owner[slot] = owner;
    slots.payload[slot] = payload;
    slots.id[slot] = id;
    if (delay === 0) this.pushRing(slot);
    else this.queue.push(slot);
    return slot;
  }

  private pushRing(slot: number): void {
    const length = this.ring.length;
    if (this.ringCount === length) {
      const longer = lengthened(this.ring, length * 2);
      for (let index = 0; index < length; index++) longer[index] = this.ring[(this.ringHead + index) & (length - 1)]!;
      this.ring = longer;
      this.ringHead = 0;
    }
    this.ring[(this.ringHead + this.ringCount++) & (this.ring.length - 1)] = slot;
  }

  private refuse(delay: number, kind: number): never {
    const name = this.kinds[kind] ?? `kind ${kind}`;
    throw new Error(
      `internal error: "${name}" was scheduled with a delay of ${delay}; it must be an integer, 0 or more`,
    );
  }
}
