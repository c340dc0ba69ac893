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
    const { attempts, answers, observer, merging, carried } = this.around;
    if (this.kindOf(operation) === CAS && answers.visible(before) !== attempts.expected[operation.id]) {
      observer.swapMissed(this.region);
      return NONE;
    }
    const write = this.command(operation);
    const lowers = this.around.writes.lowered[write]! > 0;
    this.addTo(write, before);
    const { contexts } = carried;
    merging.made(write, shown, lowers, operation.id === OPERATOR ? null : (contexts?.sentBy(operation.id) ?? null));
    return write;
  }

  /** The same, on top of nothing and compared with nothing: `decides` says later what it finds. */
  command(operation: Operation): number {
    const { writes, attempts, conditions, engine, carried, operations } = this.around;
    const kind = this.kindOf(operation);
    const lowers = adds(kind) && operations.amount[attempts.operation[operation.id]!]! < 0;
    const { stamps } = carried;
    if (stamps !== null && operation.id !== OPERATOR) this.hybrid.see(stamps.carriedBy(operation.id));
    const clock = conditions.clock(this.region, engine.now);
    const value = adds(kind) ? 1 : 0;
    const write = writes.create(operation.key, kind, value, this.region, this.made++, clock, engine.now);
    writes.hybrid[write] = this.hybrid.tick(clock);
    writes.run[write] = this.run;
    writes.lowered[write] = lowers ? 1 : 0;
    return write;
  }

  /**
   * A command of that operation has come to its place, where it finds `before`. False where it changes nothing: what
   * compares finds another value, or a command of an earlier try was there before.
   */
  decides(command: number, operation: number, before: number): boolean {
    const { writes, answers, observer, operations } = this.around;
    if (operation >= 0) {
      if (operations.settled[operation] === 1) return false;
      operations.settled[operation] = 1;
    }
    if (writes.kind[command] === CAS && answers.visible(before) !== operations.expected[operation]) {
      observer.swapMissed(writes.origin[command]!);
      return false;
    }
    this.addTo(command, before);
    return true;
  }

  private addTo(write: number, before: number): void {
    const { writes, answers } = this.around;
    if (!adds(writes.kind[write]!) || answers.visible(before) === NOTHING) return;
    writes.value[write]! += writes.value[before]!;
    writes.lowered[write]! += writes.lowered[before]!;
  }

  /** How many it has made. */
  get count(): number {
    return this.made;
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
