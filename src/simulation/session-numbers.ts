import type { Operations } from "./operations.js";
import type { PlacePlan } from "./plan.js";

/** Numbers the sessions of all places through. */
export class SessionNumbers {
  readonly count: number;
  /** By place, the number of its first session. */
  private readonly firsts: Int32Array;

  constructor(
    places: readonly PlacePlan[],
    private readonly operations: Operations,
  ) {
    let count = 0;
    this.firsts = Int32Array.from(places, ({ sessions }) => {
      count += sessions;
      return count - sessions;
    });
    this.count = count;
  }

  /** Whose the operation is. */
  of(operation: number): number {
    const { place, session } = this.operations;
    return this.firsts[place[operation]!]! + session[operation]!;
  }
}
