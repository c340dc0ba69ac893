import type { Engine } from "../engine/engine.js";
import { Chains } from "./chains.js";
import type { Links } from "./links.js";
import type { Parcels } from "./parcels.js";

const NONE = -1;
/** Bytes that a class may send before the next one has its turn: one large segment. */
const QUANTUM = 65_536;

/**
 * The sending side of each link: finite bandwidth, shared fairly between traffic classes by deficit round robin, so
 * that bulk data cannot stall a quorum. While the link is idle a message is sent at once and costs no event; only a
 * backlog has an event for the end of each transmission.
 */
export class LinkQueues {
  /** Letters that wait for their turn, by link * classes + class; the one being sent is not among them. */
  readonly waiting: Chains;
  /** With fractions of microseconds, so that a queue of short letters leaves at the bandwidth. */
  private readonly busyUntil: Float64Array;
  private readonly waking: Uint8Array;
  private readonly turn: Uint8Array;
  private readonly deficit: Float64Array;

  constructor(
    private readonly engine: Engine,
    private readonly links: Links,
    private readonly parcels: Parcels<unknown>,
    private readonly classes: number,
    private readonly wakeKind: number,
  ) {
    const count = links.sites * links.sites;
    this.waiting = new Chains(count * classes, parcels);
    this.busyUntil = new Float64Array(count);
    this.waking = new Uint8Array(count);
    this.turn = new Uint8Array(count);
    this.deficit = new Float64Array(count * classes);
  }

  /** Whether a message can be sent right now without waiting behind another. */
  idle(link: number): boolean {
    return this.waking[link] === 0 && this.engine.now >= this.busyUntil[link]!;
  }

  /** Occupies the link for one letter; returns the microseconds until its last byte has left. */
  transmit(link: number, bytes: number): number {
    const { now } = this.engine;
    const busy = this.busyUntil[link]!;
    // Free for less than a microsecond: the letter before it has just left.
    const start = now - busy < 1 ? busy : now;
    const until = start + (bytes * 1e6) / this.links.bandwidth[link]!;
    this.busyUntil[link] = until;
    return Math.ceil(until - now);
  }

  /** Queues a letter behind others. */
  push(link: number, lane: number, letter: number): void {
    this.waiting.append(link * this.classes + lane, letter);
    this.wake(link);
  }

  /** The letter whose turn it is, or -1; called when the transmission before it has ended. */
  pull(link: number): number {
    this.waking[link] = 0;
    const first = link * this.classes;
    const { heads } = this.waiting;
    let empty = 0;
    while (empty < this.classes) {
      const queue = first + this.turn[link]!;
      const head = heads[queue]!;
      if (head === NONE) {
        this.deficit[queue] = 0;
        empty++;
      } else {
        empty = 0;
        const bytes = this.parcels.bytes[head]!;
        if (this.deficit[queue]! >= bytes) {
          this.deficit[queue]! -= bytes;
          return this.waiting.shift(queue);
        }
        this.deficit[queue]! += QUANTUM;
      }
      this.turn[link] = (this.turn[link]! + 1) % this.classes;
    }
    return NONE;
  }

  /** Asks for the event at the end of the present transmission, if anything waits. */
  wake(link: number): void {
    if (this.waking[link] === 1 || !this.anyWaits(link)) return;
    this.waking[link] = 1;
    const rest = Math.ceil(this.busyUntil[link]! - this.engine.now);
    this.engine.schedule(rest > 0 ? rest : 0, this.wakeKind, link, 0, 0);
  }

  private anyWaits(link: number): boolean {
    const first = link * this.classes;
    for (let queue = first; queue < first + this.classes; queue++) if (this.waiting.heads[queue] !== NONE) return true;
    return false;
  }
}
