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

  begin(term: number, position: number): void {
    if (term === this.last) return;
    this.terms.push(term);
    this.starts.push(position);
  }

  /** Where the log of `term` ends: at the start of the first newer one, Infinity when there is none. */
  endOf(term: number): number {
    const newer = this.terms.findIndex((candidate) => candidate > term);
    return newer < 0 ? Number.POSITIVE_INFINITY : this.starts[newer]!;
  }

  /** Takes over the terms that begin at or before `position`. */
  copyFrom(other: TermHistory, position: number): void {
    this.clear();
    other.terms.forEach((term, index) => {
      if (other.starts[index]! > position) return;
      this.terms.push(term);
      this.starts.push(other.starts[index]!);
    });
  }

  clear(): void {
    this.terms.length = 0;
    this.starts.length = 0;
  }
}
