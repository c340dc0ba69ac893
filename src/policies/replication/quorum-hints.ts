import type { Host, RegionId, WriteId } from "../contract.js";
import { HANDED, HAND_OFF, type QuorumLetter } from "./quorum-letter.js";

/** Hints in one letter; the first one to an owner that was away goes alone. */
const BATCH = 64;
const NEVER = Number.NEGATIVE_INFINITY;

/** Places at the front of a queue that may be empty before it is moved up. */
const SLACK = 4096;

/** What is kept for one owner, oldest first. */
interface Queue {
  readonly writes: WriteId[];
  readonly expires: number[];
  /** Where the oldest one that is kept stands, and its number among all hints ever. */
  head: number;
  first: number;
  sentAt: number;
}

/**
 * Hinted hand-off: writes that an owner has not stored are kept here until it takes them, or until their window is over;
 * then only repair brings them to it. An owner that was away gets one hint, and the others when it has answered.
 */
export class Hints {
  private readonly queues: (Queue | undefined)[] = [];

  constructor(
    private readonly host: Host<QuorumLetter>,
    private readonly window: number,
    private readonly interval: number,
    private readonly send: (letter: QuorumLetter) => void,
  ) {}

  add(owner: RegionId, write: WriteId): void {
    if (this.window === 0) return;
    this.queues[owner] ??= { writes: [], expires: [], head: 0, first: 0, sentAt: NEVER };
    const { writes, expires } = this.queues[owner]!;
    this.host.keep(write);
    writes.push(write);
    expires.push(this.host.now + this.window);
  }

  /** The owner has been heard of. */
  offer(owner: RegionId): void {
    const queue = this.queues[owner];
    if (queue !== undefined && queue.sentAt === NEVER) this.deliver(owner, queue, 1);
  }

  /** At times: lets go of what is over, and tries again. */
  beat(): void {
    for (let owner = 0; owner < this.queues.length; owner++) {
      const queue = this.queues[owner];
      if (queue === undefined) continue;
      while (queue.head < queue.expires.length && queue.expires[queue.head]! <= this.host.now) this.drop(queue, 1);
      if (this.host.now - queue.sentAt >= this.interval) this.deliver(owner, queue, 1);
    }
  }

  /** The owner has all hints up to that number. */
  handed(owner: RegionId, until: number): void {
    const queue = this.queues[owner];
    if (queue === undefined) return;
    this.drop(queue, until - queue.first);
    queue.sentAt = NEVER;
    this.deliver(owner, queue, BATCH);
  }

  /** The answer of an owner to what it was handed. */
  static receipt(host: Host<QuorumLetter>, letter: QuorumLetter): QuorumLetter {
    const receipt = host.letter(HANDED, letter.from);
    receipt.until = letter.until;
    return receipt;
  }

  clear(): void {
    for (const queue of this.queues) if (queue !== undefined) this.drop(queue, queue.writes.length - queue.head);
  }

  private deliver(owner: RegionId, queue: Queue, most: number): void {
    const count = Math.min(most, queue.writes.length - queue.head);
    if (count === 0) return;
    const letter = this.host.letter(HAND_OFF, owner);
    for (let at = 0; at < count; at++) this.host.encloseWith(queue.writes[queue.head + at]!, letter);
    letter.until = queue.first + count;
    queue.sentAt = this.host.now;
    this.send(letter);
  }

  private drop(queue: Queue, count: number): void {
    for (let dropped = 0; dropped < count; dropped++) {
      this.host.forget(queue.writes[queue.head++]!);
      queue.first++;
    }
    if (queue.head < SLACK && queue.head < queue.writes.length) return;
    queue.writes.splice(0, queue.head);
    queue.expires.splice(0, queue.head);
    queue.head = 0;
  }
}
