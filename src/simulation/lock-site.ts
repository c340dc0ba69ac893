import { NOBODY } from "../policies/contract.js";
import type { ControlPost } from "./control-post.js";
import type { ControlLetter } from "./letters.js";

/**
 * One site of a lock service: it remembers on its disk whom it has given the lock, in which term, and until when by its own
 * clock. Whoever a majority of sites has given it holds it, and two majorities have a site in common.
 */
export class LockSite {
  private until: number;

  constructor(
    private readonly site: number,
    private holder: number,
    private readonly lease: number,
    private readonly clock: () => number,
    private readonly post: ControlPost,
  ) {
    this.until = clock() + lease;
  }

  private term = 1;

  asked(letter: ControlLetter): void {
    const { from, term } = letter;
    const isFree = this.holder === NOBODY || this.clock() >= this.until;
    // A newer term for the same holder is a new request: it has lost the lock in between.
    const granted = from === this.holder && term === this.term ? true : isFree && term > this.term;
    if (granted) {
      this.holder = from;
      this.term = term;
      this.until = this.clock() + this.lease;
    }
    this.post.answerLock(this.site, letter, granted, this.holder, this.term);
  }

  /** Who asked for it has not been given it by a majority. */
  released({ from, term }: ControlLetter): void {
    if (from === this.holder && term === this.term) this.holder = NOBODY;
  }
}
