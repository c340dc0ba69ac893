import type { OperationId, RegionId, WriteId } from "../contract.js";

const NONE = -1;
/** Of what is no operation, and of a slot that is free. */
export const NO_STAMP = 0;
const LAST_STAMP = 2 ** 31 - 1;

/**
 * The operations that a coordinator has open, as columns: who was asked, who has answered, and what was found so far. All
 * have the same time-out, so they are in the order of their deadlines: a chain from the oldest to the newest.
 */
export class Pending {
  operation = new Float64Array(64);
  stamp = new Int32Array(64);
  isWrite = new Uint8Array(64);
  answered = new Uint8Array(64);
  key = new Int32Array(64);
  needed = new Int32Array(64);
  /** Sets of regions: asked, have answered, cannot answer; of a read, those that have shown its best version. */
  asked = new Int32Array(64);
  yes = new Int32Array(64);
  no = new Int32Array(64);
  current = new Int32Array(64);
  /** Owners for which another region has taken the write. */
  covered = new Int32Array(64);
  /** The write, or the newest version that was found, and who has shown it. */
  write = new Int32Array(64);
  from = new Int32Array(64);
  /** End of the own log up to which the disk must hold it, 0 when it does. */
  position = new Float64Array(64);
  deadline = new Float64Array(64);
  oldest = NONE;
  private newest = NONE;
  private older = new Int32Array(64);
  private newer = new Int32Array(64);
  private free = NONE;
  private used = 0;
  private stamps = 0;

  open(
    operation: OperationId,
    isWrite: boolean,
    key: number,
    needed: number,
    write: WriteId,
    deadline: number,
  ): number {
    let slot = this.free;
    if (slot !== NONE) this.free = this.newer[slot]!;
    else {
      if (this.used === this.stamp.length) this.grow();
      slot = this.used++;
    }
    this.operation[slot] = operation;
    this.stamps = this.stamps === LAST_STAMP ? 1 : this.stamps + 1;
    this.stamp[slot] = this.stamps;
    this.isWrite[slot] = isWrite ? 1 : 0;
    this.answered[slot] = 0;
    this.key[slot] = key;
    this.needed[slot] = needed;
    this.asked[slot] = this.yes[slot] = this.no[slot] = this.current[slot] = this.covered[slot] = 0;
    this.write[slot] = write;
    this.from[slot] = NONE;
    this.position[slot] = 0;
    this.deadline[slot] = deadline;
    this.older[slot] = this.newest;
    this.newer[slot] = NONE;
    if (this.newest === NONE) this.oldest = slot;
    else this.newer[this.newest] = slot;
    this.newest = slot;
    return slot;
  }

  close(slot: number): void {
    const [before, after] = [this.older[slot]!, this.newer[slot]!];
    if (before === NONE) this.oldest = after;
    else this.newer[before] = after;
    if (after === NONE) this.newest = before;
    else this.older[after] = before;
    this.stamp[slot] = NO_STAMP;
    this.newer[slot] = this.free;
    this.free = slot;
  }

  /** Whether that operation is still open in the slot. */
  has(slot: number, stamp: number): boolean {
    return stamp !== NO_STAMP && slot < this.used && this.stamp[slot] === stamp;
  }

  after(slot: number): number {
    return this.newer[slot]!;
  }

  vote(slot: number, region: RegionId): void {
    this.yes[slot]! |= 1 << region;
  }

  private grow(): void {
    const length = this.stamp.length * 2;
    this.operation = doubles(this.operation, length);
    this.position = doubles(this.position, length);
    this.deadline = doubles(this.deadline, length);
    this.isWrite = bytes(this.isWrite, length);
    this.answered = bytes(this.answered, length);
    this.stamp = integers(this.stamp, length);
    this.key = integers(this.key, length);
    this.needed = integers(this.needed, length);
    this.asked = integers(this.asked, length);
    this.yes = integers(this.yes, length);
    this.no = integers(this.no, length);
    this.current = integers(this.current, length);
    this.covered = integers(this.covered, length);
    this.write = integers(this.write, length);
    this.from = integers(this.from, length);
    this.older = integers(this.older, length);
    this.newer = integers(this.newer, length);
  }
}

function integers(column: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(length);
  longer.set(column);
  return longer;
}
function doubles(column: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(length);
  longer.set(column);
  return longer;
}
function bytes(column: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(length);
  longer.set(column);
  return longer;
}
