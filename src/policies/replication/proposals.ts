import type { Host, OperationId } from "../contract.js";

/** Operations whose answer waits until the log is committed up to a position, in the order of their positions. */
export class Proposals {
  private positions: number[] = [];
  private operations: OperationId[] = [];
  private head = 0;

  constructor(private readonly host: Pick<Host, "answer" | "deny">) {}

  get isEmpty(): boolean {
    return this.head === this.positions.length;
  }

  push(position: number, operation: OperationId): void {
    this.positions.push(position);
    this.operations.push(operation);
  }

  committed(position: number): void {
    while (this.head < this.positions.length && this.positions[this.head]! <= position) {
      this.host.answer(this.operations[this.head]!);
      this.head++;
    }
    // Rarely, so that each proposal is moved a constant number of times.
    if (this.head > 64 && this.head * 2 > this.positions.length) this.compact();
  }

  /** Whether they will ever be committed is for the next leader to say. */
  giveUp(): void {
    for (let at = this.head; at < this.operations.length; at++) this.host.deny(this.operations[at]!, "no-quorum");
    this.forget();
  }

  forget(): void {
    this.head = 0;
    this.positions.length = 0;
    this.operations.length = 0;
  }

  private compact(): void {
    this.positions.copyWithin(0, this.head);
    this.operations.copyWithin(0, this.head);
    this.positions.length -= this.head;
    this.operations.length -= this.head;
    this.head = 0;
  }
}
