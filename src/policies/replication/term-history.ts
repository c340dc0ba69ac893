/** Terms of the controller are whole numbers; what a leader writes after a loss is told apart by a fraction. */
const LIFE = 1 / 1_048_576;

/**
 * Which term wrote which part of a log: each term with the position at which it begins. Two logs agree up to the end of
 * the last term that they share.
 */
export class TermHistory {
  private readonly terms: number[] = [];
  private readonly starts: number[] = [];

  /** The newest term, 0 when nothing was written in any. */
  get last(): number {
    return this.terms.at(-1) ?? 0;
  }

  /** The newest term that begins at or before `position`; what follows in the history is still to come. */
  lastWithin(position: number): number {
    let newest = 0;
    for (let index = 0; index < this.terms.length && this.starts[index]! <= position; index++)
      newest = this.terms[index]!;
    return newest;
  }

  /** Where the newest term begins, 0 when there is none. */
  get startOfLast(): number {
    return this.starts.at(-1) ?? 0;
  }

  /**
   * Up to where two logs with these histories are the same: the end of the newest term that both know, in the log in which
   * it ends first. The newest term of one is not enough to go by: the other may have more of an older term than that log
   * had when its newest began.
   */
  sharedUntil(other: TermHistory): number {
    const shared = this.lastShared(other);
    return Math.min(this.endOf(shared), other.endOf(shared));
  }

  /** The newest term that both histories know, 0 when there is none. */
  private lastShared(other: TermHistory): number {
    for (let index = this.terms.length - 1; index >= 0; index--)
      if (other.terms.includes(this.terms[index]!)) return this.terms[index]!;
    return 0;
  }

  /**
   * What follows at `position` is written in this term. A leader that has lost some of its log, or all of it, goes on in
   * its term with another story than others may have of it: `losses` counts how often that happened to it.
   */
  begin(term: number, position: number, losses = 0): void {
    const name = term + losses * LIFE;
    if (name <= this.last) return;
    this.terms.push(name);
    this.starts.push(position);
  }

  /** Where the log of `term` ends: at the start of the first newer one, Infinity when there is none. */
  private endOf(term: number): number {
    const newer = this.terms.findIndex((candidate) => candidate > term);
    return newer < 0 ? Number.POSITIVE_INFINITY : this.starts[newer]!;
  }

  copyFrom(other: TermHistory): void {
    this.clear();
    this.terms.push(...other.terms);
    this.starts.push(...other.starts);
  }

  /** Forgets the terms that begin beyond `position`: their entries are gone. */
  truncate(position: number): void {
    while (this.starts.length > 0 && this.starts.at(-1)! > position) {
      this.terms.pop();
      this.starts.pop();
    }
  }

  clear(): void {
    this.terms.length = 0;
    this.starts.length = 0;
  }
}
