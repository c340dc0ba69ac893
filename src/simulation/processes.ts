import { lengthened } from "../engine/columns.js";

/** Numbers of processes that do one operation at a time each: the one set free last is the next to work. */
export class Processes {
  private idle = new Int32Array(256);
  private idleCount = 0;
  private made = 0;

  take(): number {
    return this.idleCount > 0 ? this.idle[--this.idleCount]! : this.made++;
  }

  /** Its operation has ended. One that may never end keeps its process for ever. */
  give(process: number): void {
    if (this.idleCount === this.idle.length) this.idle = lengthened(this.idle, this.idleCount * 2);
    this.idle[this.idleCount++] = process;
  }
}
