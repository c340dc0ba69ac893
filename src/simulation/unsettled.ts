import { integers, lengthened, lengthenedBytes } from "../engine/columns.js";
import { DELETE } from "../record/record.js";
import { Dominance } from "./dominance.js";
import type { Groups } from "./groups.js";
import type { Writes } from "./writes.js";

const NONE = -1;
const OFF = 0;
const ON = 1;
const PENDING = 2;
/** Why a write leaves the list: every region shows it, for good; no region has it any more; a dominator makes it redundant. */
const SETTLED = 0;
const GONE = 1;
const OUTLIVED = 2;
/** A list shorter than this is never too long. */
const SHORT = 2;

/**
 * The writes of each key that some replica has not seen yet, newest first, and who dominates whom (`dominance.ts`).
 *
 * A dominated write leaves the list once a dominator was acknowledged longer ago than any open operation is old, and is
 * wherever it is: whoever misses the one misses the other, so nothing that is counted changes, and the lists stay short.
 */
export class Unsettled {
  readonly heads: Int32Array;
  next = new Int32Array(1024);
  /** Bit r: region r shows the write, or a later one that had seen it. */
  visible = new Int32Array(1024);
  /** Bit r: it does so for good, whatever becomes of the power. The same column where no region can forget. */
  private durable: Int32Array<ArrayBuffer> = this.visible;
  /** OFF the list, ON it, or PENDING: shown by no region so far. */
  private listed = new Uint8Array(1024);
  /** By key: how long its list is, and from which length on it is worth looking for what has been outlived. */
  private readonly lengths: Int32Array;
  private readonly longFrom: Int32Array;
  /** Gone from every region, but perhaps still on the wire. */
  private ghost = new Uint8Array(1024);
  private readonly dominance: Dominance;
  acknowledgedAt = new Float64Array(0);
  private readonly horizon = new Float64Array(1);

  constructor(
    private readonly writes: Writes,
    private readonly groups: Groups,
    /** Whether a region can lose again what it shows, until it is told that it will not. */
    private readonly volatile: boolean,
    /** Whether a read can still be answered by what was shown before: then what was acknowledged lately stays. */
    private readonly lingers: boolean,
    regions: number,
  ) {
    if (volatile) this.durable = new Int32Array(1024);
    const { keys } = groups;
    this.heads = integers(keys).fill(NONE);
    this.dominance = new Dominance(writes, this.visible, keys, regions);
    this.lengths = integers(keys);
    this.longFrom = integers(keys).fill(SHORT);
  }

  sees(write: number, region: number): boolean {
    return ((this.visible[write]! >> region) & 1) === 1;
  }

  /** Of the key's list the deletion that was accepted last, -1 for none. */
  newestDeletion(key: number): number {
    const { acceptedAt, kind } = this.writes;
    let newest = NONE;
    for (let write = this.heads[key]!; write !== NONE; write = this.next[write]!) {
      if (kind[write] !== DELETE) continue;
      if (newest === NONE || acceptedAt[write]! > acceptedAt[newest]!) newest = write;
    }
    return newest;
  }

  /** A new write, which no region shows yet. */
  begin(write: number): void {
    if (this.writes.capacity > this.next.length) this.grow(this.writes.capacity);
    if (this.volatile) this.durable[write] = 0;
    this.ghost[write] = 0;
    this.listed[write] = PENDING;
  }

  /** A region has lost a write again that none has shown so far. */
  lose(write: number, region: number): void {
    if (this.volatile) this.durable[write]! &= ~(1 << region);
  }

  /** Puts a write that `region` is the first to show in front; one that is `blind` has seen nothing of what is there. */
  add(write: number, region: number, blind: boolean): void {
    const key = this.writes.key[write]!;
    this.visible[write] = 1 << region;
    this.dominance.add(write, region, blind);
    this.next[write] = this.heads[key]!;
    this.heads[key] = write;
    this.lengths[key]! += 1;
    this.listed[write] = ON;
    this.writes.retain(write);
    // Proposed, it may have come to disks before anybody shows it.
    if (this.volatile && this.durable[write] !== 0) this.mark(this.durable, write, this.durable[write]!);
    if (this.durable[write] === this.everywhere(key)) this.settle(key);
  }

  /** A region holds the write, perhaps after its last copy was gone. */
  hold(write: number): void {
    if (this.ghost[write] === 1) this.relist(write);
  }

  /** `region` shows the write, and with it all that the write had seen. */
  show(write: number, region: number): void {
    const bit = 1 << region;
    if (this.listed[write] !== ON) return;
    this.mark(this.visible, write, bit);
    this.settleWhere(write);
  }

  /** `region` will not lose the write any more, nor what the write had seen. */
  endure(write: number, region: number): void {
    if (this.listed[write] === PENDING) this.durable[write]! |= 1 << region;
    if (this.listed[write] !== ON) return;
    this.mark(this.durable, write, 1 << region);
    this.settleWhere(write);
  }

  /** Also for the older ones that the write had seen. */
  private mark(column: Int32Array, write: number, bit: number): void {
    this.set(column, write, bit);
    for (let earlier = this.next[write]!; earlier !== NONE; earlier = this.next[earlier]!) {
      if ((column[earlier]! & bit) !== bit && this.dominance.isDominatedBy(earlier, write))
        this.set(column, earlier, bit);
    }
  }

  private set(column: Int32Array, write: number, bit: number): void {
    if (column === this.visible) this.dominance.appears(write, bit & ~column[write]!);
    column[write]! |= bit;
  }

  /** Gone from `region`, and with it what nothing else there had seen; from the list too, when no region has it any more. */
  hide(write: number, region: number, anywhere: boolean): void {
    const bit = 1 << region;
    const key = this.writes.key[write]!;
    const shown = this.dominance.shownBy(key, region);
    // Also by a write that has left the list: those that it dominates were perhaps seen through it alone.
    for (let other = this.heads[key]!; other !== NONE; other = this.next[other]!) {
      if ((this.visible[other]! & bit) === 0 || this.writes.isShownBy(other, region)) continue;
      if (shown.some((each) => this.dominance.isDominatedBy(other, each))) continue;
      this.dominance.vanishes(other, region);
      this.visible[other]! &= ~bit;
      this.durable[other]! &= ~bit;
    }
    if (anywhere) return;
    // Also one that was outlived: it may come off the wire where its dominator does not.
    this.ghost[write] = 1;
    if (this.listed[write] === ON) this.unlink(key, GONE, write);
  }

  /** Back to its place: newest first. */
  private relist(write: number): void {
    const key = this.writes.key[write]!;
    this.ghost[write] = 0;
    this.listed[write] = ON;
    const { serial } = this.writes;
    let before = NONE;
    let after = this.heads[key]!;
    for (; after !== NONE && serial[after]! > serial[write]!; after = this.next[after]!) before = after;
    this.next[write] = after;
    if (before === NONE) this.heads[key] = write;
    else this.next[before] = write;
    this.lengths[key]! += 1;
    this.dominance.list(write);
    this.writes.retain(write);
  }

  /** Drops what is dominated by a write acknowledged before `horizon`. */
  prune(key: number, horizon: number): void {
    if (this.heads[key] === NONE) return;
    this.horizon[0] = horizon;
    if (this.lingers) this.unlink(key, SETTLED, NONE);
    if (this.lengths[key]! < this.longFrom[key]!) return;
    this.unlink(key, OUTLIVED, NONE);
    // Looked through again when it has doubled: so each write costs a constant number of looks.
    this.longFrom[key] = Math.max(SHORT, 2 * this.lengths[key]!);
  }

  private settleWhere(write: number): void {
    const key = this.writes.key[write]!;
    if (this.durable[write] === this.everywhere(key)) this.settle(key);
  }

  private settle(key: number): void {
    this.unlink(key, SETTLED, NONE);
  }

  /** Bits of all regions with a copy of the key. */
  private everywhere(key: number): number {
    return this.groups.holders[this.groups.of(key)]!;
  }

  private leaves(write: number, reason: number, gone: number): boolean {
    if (reason === SETTLED) {
      if (this.lingers && this.acknowledgedAt[write]! >= this.horizon[0]!) return false;
      return (this.durable[write]! & this.visible[write]!) === this.everywhere(this.writes.key[write]!);
    }
    if (reason === GONE) return write === gone;
    // Wherever the write is, its dominator is too, for good: the one cannot vanish without the other.
    return this.dominance.some(write, this.outlives);
  }

  private readonly outlives = (write: number, dominator: number): boolean => {
    const acknowledged = this.acknowledgedAt[dominator]!;
    if (acknowledged < 0 || acknowledged >= this.horizon[0]!) return false;
    return (this.writes.holders[write]! & ~this.durable[dominator]!) === 0;
  };

  private unlink(key: number, reason: number, gone: number): void {
    let before = NONE;
    let write = this.heads[key]!;
    while (write !== NONE) {
      const after = this.next[write]!;
      if (this.leaves(write, reason, gone)) {
        if (before === NONE) this.heads[key] = after;
        else this.next[before] = after;
        this.dominance.unlist(write);
        this.listed[write] = OFF;
        this.lengths[key]! -= 1;
        this.writes.release(write);
      } else {
        before = write;
      }
      write = after;
    }
    if (this.heads[key] === NONE || reason === OUTLIVED) this.dominance.trim(key, this.heads[key]!, this.next);
  }

  private grow(length: number): void {
    this.next = lengthened(this.next, length);
    this.visible = lengthened(this.visible, length);
    this.durable = this.volatile ? lengthened(this.durable, length) : this.visible;
    this.dominance.grow(length, this.visible);
    this.listed = lengthenedBytes(this.listed, length);
    this.ghost = lengthenedBytes(this.ghost, length);
  }
}
