interface Kept<T> {
  readonly index: number;
  readonly item: T;
  readonly size: number;
}

/** An even sample that stays below a size: one in `every`, which doubles whenever there would be more. */
export class Sample<T> {
  every = 1;
  private kept: Kept<T>[] = [];
  private size = 0;

  constructor(private readonly mostSize: number) {}

  /** Asked before an item is made. */
  takes(index: number): boolean {
    return index % this.every === 0;
  }

  add(index: number, item: T, size: number): void {
    this.kept.push({ index, item, size });
    this.size += size;
    while (this.size > this.mostSize && this.kept.length > 1) {
      this.every *= 2;
      this.kept = this.kept.filter((each) => this.takes(each.index));
      this.size = this.kept.reduce((sum, each) => sum + each.size, 0);
    }
  }

  get items(): readonly T[] {
    return this.kept.map(({ item }) => item);
  }
}
