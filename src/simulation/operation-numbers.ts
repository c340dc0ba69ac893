import { lengthened } from "../engine/columns.js";

const NONE = -1;

/**
 * Operations by the order of their calls, from 0: names that last. Those of the simulation are used again, and so are
 * the ids of writes; the columns here say which operation either stands for now.
 */
export class OperationNumbers {
  private issued = 0;
  private byOperation = new Int32Array(1024);
  private byWrite = new Int32Array(1024);

  issue(operation: number): number {
    if (operation >= this.byOperation.length) this.byOperation = lengthened(this.byOperation, 2 * operation);
    return (this.byOperation[operation] = this.issued++);
  }

  /** A write that no user's operation stands behind gets a number of its own. Returns the number. */
  accept(write: number, operation: number): number {
    if (write >= this.byWrite.length) this.byWrite = lengthened(this.byWrite, 2 * write);
    return (this.byWrite[write] = operation === NONE ? this.issued++ : this.byOperation[operation]!);
  }

  of(operation: number): number {
    return this.byOperation[operation]!;
  }

  /** Of the operation behind a write; -1 for none. */
  behind(write: number): number {
    return write === NONE ? NONE : this.byWrite[write]!;
  }
}
