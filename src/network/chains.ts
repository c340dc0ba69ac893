import type { Parcels } from "./parcels.js";

const NONE = -1;

/** Queues of letters, first in first out, threaded through one column: a letter is in one queue at a time, or in none. */
export class Chains {
  /** First letter of each queue, or -1. */
  readonly heads: Int32Array;
  private readonly tails: Int32Array;

  constructor(
    queues: number,
    private readonly parcels: Parcels<unknown>,
  ) {
    this.heads = new Int32Array(queues).fill(NONE);
    this.tails = new Int32Array(queues).fill(NONE);
  }

  append(queue: number, letter: number): void {
    const { next } = this.parcels;
    next[letter] = NONE;
    if (this.heads[queue] === NONE) this.heads[queue] = letter;
    else next[this.tails[queue]!] = letter;
    this.tails[queue] = letter;
  }

  prepend(queue: number, letter: number): void {
    const head = this.heads[queue]!;
    this.parcels.next[letter] = head;
    this.heads[queue] = letter;
    if (head === NONE) this.tails[queue] = letter;
  }

  /** Puts all letters of another chain's queue of the same number before those of this one. */
  prependAll(queue: number, others: Chains): void {
    const first = others.heads[queue]!;
    if (first === NONE) return;
    const last = others.tails[queue]!;
    const head = this.heads[queue]!;
    this.parcels.next[last] = head;
    this.heads[queue] = first;
    if (head === NONE) this.tails[queue] = last;
    others.heads[queue] = NONE;
  }

  /** Takes the first letter, or -1. */
  shift(queue: number): number {
    const letter = this.heads[queue]!;
    if (letter !== NONE) this.heads[queue] = this.parcels.next[letter]!;
    return letter;
  }
}
