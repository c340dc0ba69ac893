import type { Engine } from "../engine/engine.js";
import type { Links } from "./links.js";

const NONE = -1;
/** Bytes that a class may send before the next one has its turn: one large segment. */
const QUANTUM = 65_536;

/**
 * The sending side of each link: finite bandwidth, shared fairly between traffic classes by deficit round robin, so
 * that bulk data cannot stall a quorum. While the link is idle a message is sent at once and costs no event; only a
 * backlog has an event for the end of each transmission.
 */
export class LinkQueues {
  /** Bytes that wait for their turn on a link; the one being sent is not among them. */
  readonly backlog: Float64Array;
  private readonly busyUntil: Float64Array;
  private readonly waking: Uint8Array;
  private readonly turn: Uint8Array;
  private readonly deficit: Float64Array;
  private readonly heads: Int32Array;
  private readonly tails: Int32Array;

  constructor(
    private readonly engine: Engine,
    private readonly links: Links,
    private readonly classes: number,
    private readonly wakeKind: number,
  ) {
    const count = links.sites * links.sites;
    this.backlog = new Float64Array(count);
    this.busyUntil = new Float64Array(count);
    this.waking = new Uint8Array(count);
    this.turn = new Uint8Array(count);
    this.deficit = new Float64Array(count * classes);
    this.heads = new Int32Array(count * classes).fill(NONE);
    this.tails = new Int32Array(count * classes).fill(NONE);
  }

  /** Whether a message can be sent right now without waiting behind another. */
  idle(link: number): boolean {
    return this.waking[link] === 0 && this.engine.now >= this.busyUntil[link]!;
  }

  /** Occupies the link for one message; returns the microseconds until its last byte has left. */
  transmit(link: number, bytes: number): number {
    const now = this.engine.now;
    const taken = Math.ceil((bytes * 1e6) / this.links.bandwidth[link]!);
    this.busyUntil[link] = now + taken;
    return taken;
  }

  /** Queues a message behind others; `next` is the caller's column of links between messages. */
  push(link: number, lane: number, message: number, bytes: number, next: Int32Array): void {
    const queue = link * this.classes + lane;
    next[message] = NONE;
    if (this.heads[queue] === NONE) this.heads[queue] = message;
    else next[this.tails[queue]!] = message;
    this.tails[queue] = message;
    this.backlog[link]! += bytes;
    this.wake(link);
  }

  /** The message whose turn it is, or -1; called when the transmission before it has ended. */
  pull(link: number, bytesOf: Int32Array, next: Int32Array): number {
    this.waking[link] = 0;
    const first = link * this.classes;
    let empty = 0;
    while (empty < this.classes) {
      const lane = this.turn[link]!;
      const head = this.heads[first + lane]!;
      if (head === NONE) {
        this.deficit[first + lane] = 0;
        empty++;
      } else {
        empty = 0;
        const bytes = bytesOf[head]!;
        if (this.deficit[first + lane]! >= bytes) {
          this.deficit[first + lane]! -= bytes;
          this.heads[first + lane] = next[head]!;
          if (next[head] === NONE) this.tails[first + lane] = NONE;
          this.backlog[link]! -= bytes;
          return head;
        }
        this.deficit[first + lane]! += QUANTUM;
      }
      this.turn[link] = (lane + 1) % this.classes;
    }
    return NONE;
  }

  /** Asks for the event at the end of the present transmission, if anything waits. */
  wake(link: number): void {
    if (this.waking[link] === 1 || this.backlog[link] === 0) return;
    this.waking[link] = 1;
    const rest = this.busyUntil[link]! - this.engine.now;
    this.engine.schedule(rest > 0 ? rest : 0, this.wakeKind, link, 0, 0);
  }
}
