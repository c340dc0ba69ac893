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

  /** Takes the first letter, which must be there. */
  shift(queue: number): number {
    const letter = this.heads[queue]!;
    this.heads[queue] = this.parcels.next[letter]!;
    return letter;
  }
}
