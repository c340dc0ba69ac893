import type { OperationNumbers } from "../simulation/operation-numbers.js";
import type { Writes } from "../simulation/writes.js";

const NONE = -1;

/** What a region shows of a key, and what became of it when another write came, in words. */
export class VersionWords {
  constructor(
    private readonly writes: Writes,
    private readonly numbers: OperationNumbers,
  ) {}

  version(write: number): string {
    return write === NONE ? "nothing" : this.named(this.writes.standing(write));
  }

  /** What the write stands beside from now on, else what it has taken the place of. */
  among(write: number, before: number, after: number): string {
    const now = this.writes.standing(after);
    const others = now.filter((each) => each !== write);
    if (now.includes(write) && others.length > 0) return ` beside ${this.named(others)}`;
    return before === NONE ? "" : ` over ${this.version(before)}`;
  }

  but(before: number): string {
    return `, but goes on showing ${this.version(before)}`;
  }

  private named(writes: readonly number[]): string {
    return writes.map((write) => `write ${this.numbers.behind(write)}`).join(" and ");
  }
}
