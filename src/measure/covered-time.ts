/** How much time a set of intervals covers together. They come in the order of their ends, and may overlap. */
export class CoveredTime {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  add(start: number, end: number): void {
    const { starts, ends } = this;
    let first = start;
    while (ends.length > 0 && ends.at(-1)! >= first) {
      first = Math.min(first, starts.pop()!);
      ends.pop();
    }
    starts.push(first);
    ends.push(end);
  }

  get total(): number {
    let total = 0;
    for (let at = 0; at < this.ends.length; at++) total += this.ends[at]! - this.starts[at]!;
    return total;
  }
}
