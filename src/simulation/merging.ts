import type { Conflict, Register } from "../policies/contract.js";
import type { Writes } from "./writes.js";

const NONE = -1;

/** Lets the conflict policy decide between two versions of a key. */
export class Merging {
  private readonly mine: Register = { write: NONE, timestamp: 0, hybrid: 0, origin: 0, sequence: 0 };
  private readonly theirs: Register = { write: NONE, timestamp: 0, hybrid: 0, origin: 0, sequence: 0 };

  constructor(
    private readonly writes: Writes,
    private readonly conflict: Conflict,
  ) {}

  /** Whether `write` takes the place of what a register holds. */
  takes(before: number, write: number): boolean {
    if (before === NONE) return true;
    if (before === write) return false;
    this.fill(this.mine, before);
    this.fill(this.theirs, write);
    return this.conflict.merge(this.mine, this.theirs) === "took";
  }

  /** Which of the two stands; either may be -1. */
  newer(one: number, other: number): number {
    return other === NONE || !this.takes(one, other) ? one : other;
  }

  private fill(register: Register, write: number): void {
    const { timestamp, hybrid, origin, sequence } = this.writes;
    register.write = write;
    register.timestamp = timestamp[write]!;
    register.hybrid = hybrid[write]!;
    register.origin = origin[write]!;
    register.sequence = sequence[write]!;
  }
}
