import type { Engine } from "../engine/engine.js";
import { Chains } from "./chains.js";
import type { Links } from "./links.js";
import type { Parcels } from "./parcels.js";

const NONE = -1;
/** Bytes that a class may send before the next one has its turn: one large segment, on a narrow link a small one. */
const QUANTUM = 65_536;
const SEGMENT = 1460;
/** Microseconds that a quantum may take. */
const TURN = 10_000;

/**
 * The sending side of each link: finite bandwidth, shared fairly between traffic classes by deficit round robin, so
 * that bulk data cannot stall a quorum. A letter of at most a quantum is *short*: while the link is idle it is sent at
 * once and costs no event. A longer one is sent in pieces: a quantum in its turn, and all that is left while nobody
 * else wants the link, but then whoever comes interrupts it at the end of the present quantum. So a large letter costs
 * two or three events when it is alone, and is shared like a fluid when it is not.
 */
export class LinkQueues {
  /** Letters that wait for their turn, by link * classes + class; a long one that is being sent stays at the head. */
  readonly waiting: Chains;
  /** With fractions of microseconds, so that a queue of short letters leaves at the bandwidth. */
  private readonly busyUntil: Float64Array;
  private readonly wakeTimers: Float64Array;
  private readonly turn: Uint8Array;
  private readonly deficit: Float64Array;
  /** Bytes a microsecond, and bytes of a quantum. */
  private readonly speed: Float64Array;
  private readonly quantum: Float64Array;
  // A long letter under way: its class or -1, when its present piece began and how long that is; and by class, how much
  // of the head has left in pieces before.
  private readonly underWay: Int8Array;
  private readonly began: Float64Array;
  private readonly piece: Float64Array;
  private readonly gone: Float64Array;

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
    this.wakeTimers = new Float64Array(count);
    this.turn = new Uint8Array(count);
    this.deficit = new Float64Array(count * classes);
    this.speed = new Float64Array(count);
    this.quantum = new Float64Array(count);
    this.underWay = new Int8Array(count).fill(NONE);
    this.began = new Float64Array(count);
    this.piece = new Float64Array(count);
    this.gone = new Float64Array(count * classes);
    for (let link = 0; link < count; link++) this.setSpeed(link);
  }

  /** Whether a letter can be sent right now, at once and without waiting behind another. */
  takes(link: number, bytes: number): boolean {
    return this.wakeTimers[link] === 0 && this.engine.now >= this.busyUntil[link]! && bytes <= this.quantum[link]!;
  }

  /** Occupies the link for a short letter; returns the microseconds until its last byte has left. */
  transmit(link: number, bytes: number): number {
    const until = this.start(link) + bytes / this.speed[link]!;
    this.busyUntil[link] = until;
    return Math.ceil(until - this.engine.now);
  }

  /** Queues a letter behind others. */
  push(link: number, lane: number, letter: number): void {
    this.waiting.append(link * this.classes + lane, letter);
    const busy = this.underWay[link]!;
    if (busy !== NONE && busy !== lane) this.interrupt(link);
    else this.wake(link);
  }

  /** Event: a transmission has ended. The long letter whose last byte has left by it, or -1. */
  finish(link: number): number {
    this.wakeTimers[link] = 0;
    const lane = this.underWay[link]!;
    if (lane === NONE) return NONE;
    this.underWay[link] = NONE;
    const queue = link * this.classes + lane;
    this.gone[queue]! += this.piece[link]!;
    if (this.gone[queue]! < this.parcels.bytes[this.waiting.heads[queue]!]!) return NONE;
    this.gone[queue] = 0;
    return this.waiting.shift(queue);
  }

  /** The short letter whose turn it is; -1 when none is, or a piece of a long one has been begun. */
  pull(link: number): number {
    const first = link * this.classes;
    const { heads } = this.waiting;
    let empty = 0;
    while (empty < this.classes) {
      const lane = this.turn[link]!;
      const queue = first + lane;
      const head = heads[queue]!;
      if (head === NONE) {
        this.deficit[queue] = 0;
        empty++;
      } else {
        empty = 0;
        const bytes = this.parcels.bytes[head]!;
        const share = Math.min(bytes - this.gone[queue]!, this.quantum[link]!);
        if (this.deficit[queue]! >= share) {
          this.deficit[queue]! -= share;
          if (share === bytes) return this.waiting.shift(queue);
          this.begin(link, lane, bytes - this.gone[queue]!);
          if (this.othersWait(link, lane)) this.piece[link] = share;
          else this.deficit[queue] = 0;
          this.time(link);
          return NONE;
        }
      }
      const next = (lane + 1) % this.classes;
      this.turn[link] = next;
      if (heads[first + next] !== NONE) this.deficit[first + next]! += this.quantum[link]!;
    }
    return NONE;
  }

  /** Asks for the event at the end of the present transmission, if anything waits. */
  wake(link: number): void {
    if (this.wakeTimers[link] === 0 && this.othersWait(link, NONE)) this.arm(link);
  }

  /** All letters of a class go back to their sender, in their order; what has left of a long one was in vain. */
  takeBack(link: number, lane: number, into: Chains): void {
    const queue = link * this.classes + lane;
    into.prependAll(queue, this.waiting);
    this.gone[queue] = 0;
    if (this.underWay[link] !== lane) return;
    this.underWay[link] = NONE;
    this.busyUntil[link] = this.engine.now;
    this.engine.disarm(this.wakeTimers, link);
    this.wake(link);
  }

  /** The bandwidth may have changed: what is left of a long letter goes on at the new one. */
  changed(link: number): void {
    const before = this.speed[link]!;
    this.setSpeed(link);
    const lane = this.underWay[link]!;
    if (lane === NONE || before === this.speed[link]) return;
    const { now } = this.engine;
    const sent = Math.min(Math.floor((now - this.began[link]!) * before), this.piece[link]! - 1);
    this.gone[link * this.classes + lane]! += sent;
    this.piece[link]! -= sent;
    this.began[link] = now;
    if (this.othersWait(link, lane)) this.interrupt(link);
    this.time(link);
  }

  private setSpeed(link: number): void {
    const speed = this.links.bandwidth[link]! / 1e6;
    this.speed[link] = speed;
    this.quantum[link] = Math.max(SEGMENT, Math.min(QUANTUM, Math.floor(speed * TURN)));
  }

  /** When a transmission that starts now begins: free for less than a microsecond, the link has just been left. */
  private start(link: number): number {
    const { now } = this.engine;
    const busy = this.busyUntil[link]!;
    return now - busy < 1 ? busy : now;
  }

  private begin(link: number, lane: number, bytes: number): void {
    this.underWay[link] = lane;
    this.began[link] = this.start(link);
    this.piece[link] = bytes;
  }

  /** The piece under way ends with the quantum that is being sent. */
  private interrupt(link: number): void {
    const quantum = this.quantum[link]!;
    const sent = (this.engine.now - this.began[link]!) * this.speed[link]!;
    const end = (Math.floor(sent / quantum) + 1) * quantum;
    if (end >= this.piece[link]!) return;
    this.piece[link] = end;
    this.time(link);
  }

  /** Sets the end of the piece under way. */
  private time(link: number): void {
    this.busyUntil[link] = this.began[link]! + this.piece[link]! / this.speed[link]!;
    this.engine.disarm(this.wakeTimers, link);
    this.arm(link);
  }

  private arm(link: number): void {
    const rest = Math.ceil(this.busyUntil[link]! - this.engine.now);
    this.engine.arm(this.wakeTimers, link, rest > 0 ? rest : 0, this.wakeKind, this.links.named(link), link, 0);
  }

  private othersWait(link: number, lane: number): boolean {
    const first = link * this.classes;
    for (let other = 0; other < this.classes; other++)
      if (other !== lane && this.waiting.heads[first + other] !== NONE) return true;
    return false;
  }
}
