import { lengthened } from "../engine/columns.js";
import type { Attempts } from "./attempts.js";
import type { Operations } from "./operations.js";
import { TAKEN, type Writes } from "./writes.js";

const NONE = -1;

/**
 * As which writes each operation has been accepted: a client that hears nothing tries again, perhaps elsewhere, and an earlier
 * try may arrive last. Remembered for as long as a try is under way, though every log has let go of the write.
 */
export class Acceptances {
  private write = new Int32Array(256);
  private next = new Int32Array(256);
  private free = NONE;
  private used = 0;

  constructor(
    private readonly operations: Operations,
    private readonly attempts: Attempts,
    private readonly writes: Writes,
  ) {
    operations.forget = (operation) => this.forget(operation);
  }

  /** The operation is accepted as `write`: for how many times by now. */
  add(operation: number, write: number): number {
    let node = this.free;
    if (node !== NONE) this.free = this.next[node]!;
    else {
      node = this.used++;
      if (node === this.write.length) this.grow(node * 2);
    }
    this.write[node] = write;
    this.writes.retain(write);
    this.next[node] = this.operations.writes[operation]!;
    this.operations.writes[operation] = node;
    return (this.operations.accepted[operation]! += 1);
  }

  /**
   * The attempt is about to be answered. Where no copy has taken its command by now, that changed nothing, or came after
   * one of an earlier try: then the attempt stands for what that has written.
   */
  settle(attempt: number): void {
    const { attempts, writes, operations } = this;
    const command = attempts.write[attempt]!;
    if (command === NONE || writes.untaken[command] === TAKEN) return;
    const node = operations.writes[attempts.operation[attempt]!]!;
    const write = node === NONE ? NONE : this.write[node]!;
    attempts.write[attempt] = write;
    if (write !== NONE) writes.retain(write);
    writes.release(command);
  }

  /** A write of this attempt's operation that the region holds, -1 for none. */
  heldBy(attempt: number, region: number): number {
    let node = this.operations.writes[this.attempts.operation[attempt]!]!;
    for (; node !== NONE; node = this.next[node]!) {
      const write = this.write[node]!;
      if (this.writes.isHeldBy(write, region)) return write;
    }
    return NONE;
  }

  /** Whether exactly one other write of the operation is or was shown by a region: this one is its second effect. */
  readonly isSecond = (operation: number, write: number): boolean => {
    let [known, others] = [false, 0];
    for (let node = this.operations.writes[operation]!; node !== NONE; node = this.next[node]!) {
      if (this.write[node] === write) known = true;
      else if (this.writes.showers[this.write[node]!] !== 0) others++;
    }
    return known && others === 1;
  };

  private forget(operation: number): void {
    let node = this.operations.writes[operation]!;
    while (node !== NONE) {
      const after = this.next[node]!;
      this.next[node] = this.free;
      this.free = node;
      this.writes.release(this.write[node]!);
      node = after;
    }
    this.operations.writes[operation] = NONE;
  }

  private grow(length: number): void {
    this.write = lengthened(this.write, length);
    this.next = lengthened(this.next, length);
  }
}
