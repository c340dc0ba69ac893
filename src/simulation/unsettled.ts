import { lengthened, lengthenedBytes, lengthenedDoubles } from "../engine/columns.js";
import { DELETE } from "../record/record.js";
import { Dominance } from "./dominance.js";
import type { Groups } from "./groups.js";
import type { Succession } from "./succession.js";
import type { Writes } from "./writes.js";

const NONE = -1;
const NOBODY: ReadonlySet<number> = new Set();
const NOTHING: readonly number[] = [];
const OFF = 0;
const PENDING = 1;
const ON = 2;
const AGAIN = 3;
/** Why a write leaves the list: every region shows it, for good; no region has it any more; a dominator makes it redundant. */
const SETTLED = 0;
const GONE = 1;
const OUTLIVED = 2;
/** Or the run ends, and nothing is answered any more. */
const OVER = 3;
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
  /**
   * OFF the list, PENDING: shown by no region so far, ON the list, or on it AGAIN: it was everywhere, a region has lost it,
   * and it stays for as long as something else refers to it.
   */
  private listed = new Uint8Array(1024);
  /** By key: how long its list is but for what is leaving it, and from which length on it is worth looking for what has been outlived. */
  private readonly lengths: Int32Array;
  private readonly longFrom: Int32Array;
  /** Gone from every region, but perhaps still on the wire: who shows what had seen it is followed until it is back. */
  private ghost = new Uint8Array(1024);
  private readonly ghosts = new Map<number, Set<number>>();
  /** Keys that have any: there are none in nearly every run, and this is asked for each write. */
  private haunted = 0;
  private readonly dominance: Dominance;
  acknowledgedAt = new Float64Array(0);
  /** When a region came to show it last, for good; where a read can still be answered by what was shown before. */
  private spreadAt = new Float64Array(0);
  /** It is everywhere, and stays for what was answered before it was. */
  private leaving = new Uint8Array(0);
  private readonly horizon = new Float64Array(1);

  constructor(
    private readonly writes: Writes,
    private readonly groups: Groups,
    /** Whether a region can lose again what it shows, until it is told that it will not. */
    private readonly volatile: boolean,
    /** Whether a read can still be answered by what was shown before: then what was not everywhere lately stays. */
    private readonly lingers: boolean,
    regions: number,
    private readonly engine: { readonly now: number },
  ) {
    if (volatile) this.durable = new Int32Array(1024);
    const { keys } = groups;
    this.heads = new Int32Array(keys).fill(NONE);
    this.dominance = new Dominance(writes, this.visible, keys, regions);
    this.lengths = new Int32Array(keys);
    this.longFrom = new Int32Array(keys).fill(SHORT);
    if (!lingers) return;
    this.spreadAt = new Float64Array(1024);
    this.leaving = new Uint8Array(1024);
  }

  sees(write: number, region: number): boolean {
    return ((this.visible[write]! >> region) & 1) === 1;
  }

  /** Of the deletions that some region has not come to see the one that was accepted last, -1 for none. */
  newestDeletion(key: number): number {
    const { acceptedAt, kind } = this.writes;
    let newest = NONE;
    for (let write = this.heads[key]!; write !== NONE; write = this.next[write]!) {
      if (kind[write] !== DELETE || this.visible[write] === this.everywhere(key)) continue;
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
    if (this.lingers) {
      this.spreadAt[write] = this.engine.now;
      this.leaving[write] = 0;
    }
    this.writes.retain(write);
    // Proposed, it may have come to disks before anybody shows it.
    if (this.volatile && this.durable[write] !== 0) this.mark(this.durable, write, this.durable[write]!);
    if (this.durable[write] === this.everywhere(key)) this.settle(key);
  }

  /** A region holds the write, perhaps after its last copy was gone. */
  hold(write: number): void {
    if (this.ghost[write] === 0) return;
    this.isNoGhost(write);
    this.relist(write, ON);
    this.writes.retain(write);
  }

  /** `region` shows the write, and with it all that the write had seen. */
  show(write: number, region: number): void {
    const bit = 1 << region;
    if (this.listed[write]! < ON) return;
    this.mark(this.visible, write, bit);
    this.settleWhere(write);
  }

  /** `region` will not lose the write any more, nor what the write had seen. */
  endure(write: number, region: number): void {
    if (this.listed[write] === PENDING) this.durable[write]! |= 1 << region;
    if (this.listed[write]! < ON) return;
    this.mark(this.durable, write, 1 << region);
    this.settleWhere(write);
  }

  /** Also for the older ones that the write had seen. */
  private mark(column: Int32Array, write: number, bit: number): void {
    this.set(column, write, bit);
    for (let earlier = this.next[write]!; earlier !== NONE; earlier = this.next[earlier]!)
      this.markSeen(column, earlier, write, bit);
    if (this.haunted > 0)
      for (const ghost of this.ghostsOf(this.writes.key[write]!)) this.markSeen(column, ghost, write, bit);
  }

  private markSeen(column: Int32Array, earlier: number, write: number, bit: number): void {
    if ((column[earlier]! & bit) !== bit && this.dominance.isDominatedBy(earlier, write))
      this.set(column, earlier, bit);
  }

  private ghostsOf(key: number): ReadonlySet<number> {
    return this.ghosts.get(key) ?? NOBODY;
  }

  private set(column: Int32Array, write: number, bit: number): void {
    if (column === this.visible) this.dominance.appears(write, bit & ~column[write]!);
    if (this.lingers && (column[write]! & bit) !== bit) this.spreadAt[write] = this.engine.now;
    column[write]! |= bit;
  }

  /** Gone from `region`, and with it what nothing else there had seen; from the list too, when no region has it any more. */
  hide(write: number, region: number, anywhere: boolean): void {
    const key = this.writes.key[write]!;
    const shown = this.dominance.shownBy(key, region);
    // Also by a write that has left the list: those that it dominates were perhaps seen through it alone.
    for (let other = this.heads[key]!; other !== NONE; other = this.next[other]!) this.hideUnseen(other, region, shown);
    for (const ghost of this.ghostsOf(key)) this.hideUnseen(ghost, region, shown);
    if (!anywhere && this.ghost[write] === 0) this.becomesGhost(key, write);
  }

  private hideUnseen(write: number, region: number, shown: readonly number[]): void {
    const bit = 1 << region;
    if ((this.visible[write]! & bit) === 0 || this.writes.isShownBy(write, region)) return;
    if (shown.some((each) => this.dominance.isDominatedBy(write, each))) return;
    this.dominance.vanishes(write, region);
    this.visible[write]! &= ~bit;
    this.durable[write]! &= ~bit;
  }

  /** No region has it any more, also one that was outlived: it may come off the wire where its dominator does not. */
  private becomesGhost(key: number, write: number): void {
    this.ghost[write] = 1;
    const others = this.ghosts.get(key);
    if (others === undefined) this.ghosts.set(key, new Set([write]));
    else others.add(write);
    this.haunted = this.ghosts.size;
    if (this.listed[write]! >= ON) return this.unlink(key, GONE, write);
    // While it was off the list nobody has told where it was shown no more.
    for (let region = 0; region < this.groups.regions; region++)
      this.hideUnseen(write, region, this.dominance.shownBy(key, region));
  }

  private isNoGhost(write: number): void {
    const key = this.writes.key[write]!;
    const ghosts = this.ghosts.get(key)!;
    ghosts.delete(write);
    if (ghosts.size === 0) this.ghosts.delete(key);
    this.haunted = this.ghosts.size;
    this.ghost[write] = 0;
  }

  /** Nothing refers to the write any more. */
  forget(write: number): void {
    if (this.listed[write] === AGAIN) this.unlink(this.writes.key[write]!, GONE, write);
    else if (this.ghost[write] === 1) this.isNoGhost(write);
    else return;
    this.dominance.unlist(write);
  }

  /**
   * `region` has lost its copy of a group's keys: what was everywhere is missed until it is back, if nothing outlives it.
   * What had been outlived before, and is there again out of an old whole copy once its dominator is lost, is not followed.
   */
  missAgain(region: number, group: number, horizon: number, succession: Succession): void {
    const { writes, groups } = this;
    this.horizon[0] = horizon;
    for (let write = 0; write < writes.bound; write++) {
      if (!writes.isTaken(write) || this.listed[write] !== OFF || this.ghost[write] === 1) continue;
      const key = writes.key[write]!;
      if (groups.of(key) !== group || this.visible[write] !== this.everywhere(key)) continue;
      if (succession.someHeir(write, this.outlives)) continue;
      this.relist(write, AGAIN);
      this.hideUnseen(write, region, NOTHING);
    }
  }

  /** Back to its place: newest first. */
  private relist(write: number, as: number): void {
    const key = this.writes.key[write]!;
    this.listed[write] = as;
    if (this.lingers) this.leaving[write] = 0;
    const { serial } = this.writes;
    let before = NONE;
    let after = this.heads[key]!;
    for (; after !== NONE && serial[after]! > serial[write]!; after = this.next[after]!) before = after;
    this.next[write] = after;
    if (before === NONE) this.heads[key] = write;
    else this.next[before] = write;
    this.lengths[key]! += 1;
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

  /** The run ends: what stays for open reads alone is let go of. */
  conclude(): void {
    if (!this.lingers) return;
    for (let key = 0; key < this.heads.length; key++) if (this.heads[key] !== NONE) this.unlink(key, OVER, NONE);
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
      if ((this.durable[write]! & this.visible[write]!) !== this.everywhere(this.writes.key[write]!)) return false;
      if (!this.lingers) return true;
      if (this.acknowledgedAt[write]! >= this.horizon[0]!) return false;
      if (this.spreadAt[write]! < this.horizon[0]!) return true;
      if (this.leaving[write] === 0) this.lengths[this.writes.key[write]!]! -= 1;
      this.leaving[write] = 1;
      return false;
    }
    if (reason === OVER) return this.leaving[write] === 1;
    if (reason === GONE) return write === gone;
    // Wherever the write is, its dominator is too, for good: the one cannot vanish without the other.
    return this.dominance.some(write, this.outlives);
  }

  private readonly outlives = (write: number, dominator: number): boolean => {
    const acknowledged = this.acknowledgedAt[dominator]!;
    if (acknowledged < 0 || acknowledged >= this.horizon[0]!) return false;
    const { holders } = this.writes;
    return (holders[write]! & ~(this.durable[dominator]! & holders[dominator]!)) === 0;
  };

  private unlink(key: number, reason: number, gone: number): void {
    let before = NONE;
    let write = this.heads[key]!;
    while (write !== NONE) {
      const after = this.next[write]!;
      if (this.leaves(write, reason, gone)) {
        if (before === NONE) this.heads[key] = after;
        else this.next[before] = after;
        if (reason !== GONE) this.dominance.unlist(write);
        const isRetained = this.listed[write] === ON;
        this.listed[write] = OFF;
        if (!this.lingers || this.leaving[write] === 0) this.lengths[key]! -= 1;
        if (isRetained) this.writes.release(write);
      } else {
        before = write;
      }
      write = after;
    }
    if (this.heads[key] === NONE || reason === OUTLIVED)
      this.dominance.trim(key, this.heads[key]!, this.next, this.haunted > 0 ? this.ghostsOf(key) : NOBODY);
  }

  private grow(length: number): void {
    this.next = lengthened(this.next, length);
    this.visible = lengthened(this.visible, length);
    this.durable = this.volatile ? lengthened(this.durable, length) : this.visible;
    this.dominance.grow(length, this.visible);
    this.listed = lengthenedBytes(this.listed, length);
    this.ghost = lengthenedBytes(this.ghost, length);
    if (!this.lingers) return;
    this.spreadAt = lengthenedDoubles(this.spreadAt, length);
    this.leaving = lengthenedBytes(this.leaving, length);
  }
}
