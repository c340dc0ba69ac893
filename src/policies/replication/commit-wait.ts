import type { Host, Operation, OperationId } from "../contract.js";

/**
 * Answers a write only when its timestamp is past on every clock (Spanner, 2012). Clocks are within the bound of the true
 * time, and so within twice the bound of each other: a write that begins after the answer gets a later timestamp wherever
 * it is accepted.
 */
export class CommitWait {
  private ids: OperationId[] = [];
  /** Until when each waits by this node's clock, and where the log ended with it. */
  private until: number[] = [];
  private ends: number[] = [];
  private head = 0;
  private isSet = false;

  constructor(
    private readonly host: Pick<Host, "clock" | "log" | "answer" | "after">,
    private readonly bound: number,
    private readonly timer: number,
  ) {}

  take(operation: Operation): void {
    this.ids.push(operation.id);
    this.until.push(this.host.clock + 2 * this.bound);
    this.ends.push(this.host.log.end);
    this.wait();
  }

  /** Event: time has passed, or the disk holds more. */
  settle(): void {
    const { clock, log } = this.host;
    while (this.head < this.ids.length && this.until[this.head]! <= clock && this.ends[this.head]! <= log.secured)
      this.host.answer(this.ids[this.head++]!);
    // Rarely, so that each is moved a constant number of times.
    if (this.head > 1024 && this.head * 2 > this.ids.length) {
      for (const column of [this.ids, this.until, this.ends]) column.splice(0, this.head);
      this.head = 0;
    }
  }

  /** Event: the timer that was set. */
  over(): void {
    this.isSet = false;
    this.settle();
    this.wait();
  }

  /** The host has restarted: nobody waits for an answer of its any more, and no timer runs. */
  forget(): void {
    for (const column of [this.ids, this.until, this.ends]) column.length = 0;
    this.head = 0;
    this.isSet = false;
  }

  /** One timer at a time, for the next that waits for time and not for the disk. */
  private wait(): void {
    if (this.isSet) return;
    const { clock } = this.host;
    let next = this.head;
    while (next < this.ids.length && this.until[next]! <= clock) next++;
    if (next === this.ids.length) return;
    this.isSet = true;
    this.host.after(Math.max(1, Math.ceil(this.until[next]! - clock)), this.timer, 0);
  }
}
