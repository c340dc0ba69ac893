import type { Operation, RegionId } from "../policies/contract.js";
import { CAS, DELETE, WRITE } from "../record/record.js";
import { HybridClock } from "./hybrid-clock.js";
import type { Surroundings } from "./surroundings.js";
import { DELETES, adds } from "./writes.js";

const NONE = -1;
const NOTHING = -1;
/** In place of an attempt: nobody waits for the answer. */
export const OPERATOR = -1;

/** Makes the new writes of one region: numbers and stamps them, and says what they do. */
export class Author {
  /** Number with which its own writes began anew after its latest loss. */
  private run = 0;
  private made = 0;
  private readonly hybrid = new HybridClock();
  /** The kind of write that an operator is about to make. */
  operatorMeans = DELETES;

  constructor(
    private readonly region: RegionId,
    private readonly around: Surroundings,
  ) {}

  /**
   * A new write on top of `before`, made by somebody who knows what is `shown`. It has one reference, the caller's. -1
   * where it compares and finds another value.
   */
  write(operation: Operation, before: number, shown: number): number {
    const { writes, attempts, answers, observer, conditions, engine, merging, carried, operations } = this.around;
    const kind = this.kindOf(operation);
    if (kind === CAS && answers.visible(before) !== attempts.expected[operation.id]) {
      observer.swapMissed(this.region);
      return NONE;
    }
    const onTop = adds(kind) && answers.visible(before) !== NOTHING;
    const value = adds(kind) ? (onTop ? writes.value[before]! : 0) + 1 : 0;
    const lowered = onTop ? writes.lowered[before]! : 0;
    const lowers = adds(kind) && operations.amount[attempts.operation[operation.id]!]! < 0;
    const { stamps, contexts } = carried;
    if (stamps !== null && operation.id !== OPERATOR) this.hybrid.see(stamps.carriedBy(operation.id));
    const clock = conditions.clock(this.region, engine.now);
    const write = writes.create(operation.key, kind, value, this.region, this.made++, clock, engine.now);
    writes.hybrid[write] = this.hybrid.tick(clock);
    writes.run[write] = this.run;
    writes.lowered[write] = lowered + (lowers ? 1 : 0);
    merging.made(write, shown, lowers, operation.id === OPERATOR ? null : (contexts?.sentBy(operation.id) ?? null));
    return write;
  }

  /** Another write has been seen here. */
  saw(write: number): void {
    this.hybrid.see(this.around.writes.hybrid[write]!);
  }

  /** Some of its own writes are gone. */
  lost(): void {
    this.run = this.made;
  }

  private kindOf({ id }: Operation): number {
    return id !== OPERATOR ? this.around.attempts.kind[id]! : this.operatorMeans === DELETES ? DELETE : WRITE;
  }
}
