import { lengthenedDoubles } from "../engine/columns.js";
import type { Operations } from "./operations.js";
import type { PlacePlan } from "./plan.js";
import { SessionNumbers } from "./session-numbers.js";
import type { Carried } from "./tokens.js";
import type { Writes } from "./writes.js";

const NONE = -1;

/**
 * The latest stamp of a hybrid logical clock that each session has met: of what it has written, and of what it was shown.
 * Its requests carry it, so a region stamps a write later than all that its user had seen, be that here by now or not.
 */
export class Stamps implements Carried {
  private readonly sessions: SessionNumbers;
  private readonly latest: Float64Array<ArrayBuffer>;
  /** By attempt: what it carries, and what its answer brings. */
  private carried = new Float64Array(1024);
  private brought = new Float64Array(1024);

  constructor(
    places: readonly PlacePlan[],
    operations: Operations,
    private readonly writes: Writes,
  ) {
    this.sessions = new SessionNumbers(places, operations);
    this.latest = new Float64Array(this.sessions.count);
  }

  attach(operation: number, attempt: number): void {
    if (attempt >= this.carried.length) {
      this.carried = lengthenedDoubles(this.carried, attempt * 2);
      this.brought = lengthenedDoubles(this.brought, attempt * 2);
    }
    this.carried[attempt] = this.latest[this.sessions.of(operation)]!;
    this.brought[attempt] = 0;
  }

  shown(attempt: number, write: number): void {
    this.brought[attempt] = write === NONE ? 0 : this.writes.hybrid[write]!;
  }

  taken(operation: number, attempt: number, write: number): void {
    const session = this.sessions.of(operation);
    const written = write === NONE ? 0 : this.writes.hybrid[write]!;
    this.latest[session] = Math.max(this.latest[session]!, this.brought[attempt]!, written);
  }

  issued(): void {}

  isOver(): boolean {
    return false;
  }

  refused(): boolean {
    return false;
  }

  carriedBy(attempt: number): number {
    return this.carried[attempt]!;
  }
}
