import { type Keyed, Streams } from "../engine/random.js";

/** What chance decides of one seed of a suite, in the order in which it is asked. */
export class Dice {
  private readonly luck: Keyed;
  private thrown = 0;

  constructor(suite: string, seed: number) {
    this.luck = new Streams(String(seed)).keyed(`laws of ${suite}`);
  }

  uniform(): number {
    return this.luck.uniform(this.thrown++, 0);
  }

  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  pick<T>(of: readonly T[]): T {
    return of[this.below(of.length)]!;
  }

  shuffled<T>(of: readonly T[]): T[] {
    const rest = [...of];
    return Array.from(of, () => rest.splice(this.below(rest.length), 1)[0]!);
  }
}
