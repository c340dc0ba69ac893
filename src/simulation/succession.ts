import { lengthened } from "../engine/columns.js";
import type { Writes } from "./writes.js";

const NONE = -1;
/** From here on downwards: not the first edge of a list, but the only write that it would name. */
const ONLY = -2;
/**
 * Places in the row of a write: where the lists of edges begin from the writes that replaced it, and to those that it
 * replaced. Most writes replace one that nothing else replaces: then there is no edge, and either names the other.
 */
const HEIRS = 0;
const WARDS = 1;
/** A write that replaced it is overwritten for good, and so not lost. */
const SETTLED = 2;
/** It is kept. */
const CONTESTED = 3;
const ROW = 4;

/**
 * Who replaced whom, knowing it. A write is superseded while one that replaced it stands: is held by a region, or is
 * superseded itself. When nothing refers to a write any more, its heir answers for it and for all that rested on it, so
 * that whether it counts as superseded or as lost is decided by what becomes of the heir, and never too early. One that
 * two writes have replaced is kept until it has one heir, and one whose heir nobody holds any more until that is forgotten.
 */
export class Succession {
  /** By write a row, which is met long after it was made, and then all of it. */
  private rows = new Int32Array(1024 * ROW);
  private edgeHeir = new Int32Array(1024);
  private edgeWard = new Int32Array(1024);
  private nextHeir = new Int32Array(1024);
  private nextWard = new Int32Array(1024);
  private free = NONE;
  private used = 0;

  constructor(private readonly writes: Writes) {}

  begin(write: number): void {
    if (this.writes.capacity * ROW > this.rows.length) this.rows = lengthened(this.rows, this.writes.capacity * ROW);
    const row = write * ROW;
    this.rows[row + HEIRS] = NONE;
    this.rows[row + WARDS] = NONE;
    this.rows[row + SETTLED] = 0;
    this.rows[row + CONTESTED] = 0;
  }

  /** `write` has been made on top of `replaced`, knowing it. */
  replaces(write: number, replaced: number): void {
    this.link(write, replaced);
    const first = this.rows[replaced * ROW + HEIRS]!;
    if (first >= 0 && this.nextHeir[first] !== NONE) this.keep(replaced);
  }

  private keep(write: number): void {
    if (this.rows[write * ROW + CONTESTED] === 1) return;
    this.rows[write * ROW + CONTESTED] = 1;
    this.writes.retain(write);
  }

  /** The same for those of which that is not known yet. */
  replacesAll(write: number, replaced: readonly number[]): void {
    for (const each of replaced) if (!this.isHeirOf(write, each)) this.replaces(write, each);
  }

  /** Nobody holds it, and it may yet come off a wire: until then nothing is decided about what it replaced. */
  vanishes(write: number): void {
    const first = this.rows[write * ROW + WARDS]!;
    if (first <= ONLY) this.keep(ONLY - first);
    for (let edge = first; edge >= 0; edge = this.nextWard[edge]!) this.keep(this.edgeWard[edge]!);
  }

  isSuperseded(write: number): boolean {
    if (this.rows[write * ROW + SETTLED] === 1) return true;
    const first = this.rows[write * ROW + HEIRS]!;
    if (first <= ONLY) return this.stands(ONLY - first);
    for (let edge = first; edge >= 0; edge = this.nextHeir[edge]!) if (this.stands(this.edgeHeir[edge]!)) return true;
    return false;
  }

  /** Whether one of those that replaced it is as asked for. */
  someHeir(write: number, is: (write: number, heir: number) => boolean): boolean {
    const first = this.rows[write * ROW + HEIRS]!;
    if (first <= ONLY) return is(write, ONLY - first);
    for (let edge = first; edge >= 0; edge = this.nextHeir[edge]!) if (is(write, this.edgeHeir[edge]!)) return true;
    return false;
  }

  private stands(write: number): boolean {
    return this.writes.holders[write] !== 0 || this.isSuperseded(write);
  }

  /** Nothing refers to it any more. Returns the heir that answers for it from now on, -1 if its own fate is final. */
  forget(write: number, superseded: boolean): number {
    const isHeld = this.writes.holders[write] !== 0;
    const row = write * ROW;
    const first = this.rows[row + HEIRS]!;
    // Held by somebody, and no superseder stands: another version won.
    const isFinal = first === NONE || this.rows[row + SETTLED] === 1 || (isHeld && !superseded);
    const heir = isFinal ? NONE : this.heirAt(first);
    for (let at = first; at !== NONE; at = this.rows[row + HEIRS]!) this.unlink(this.heirAt(at), write, at);
    for (let at = this.rows[row + WARDS]!; at !== NONE; at = this.rows[row + WARDS]!) {
      const ward = at <= ONLY ? ONLY - at : this.edgeWard[at]!;
      this.unlink(write, ward, at);
      if (heir === NONE) this.rows[ward * ROW + SETTLED]! |= superseded || isHeld ? 1 : 0;
      else if (!this.isHeirOf(heir, ward)) this.link(heir, ward);
      this.decide(ward);
    }
    return heir;
  }

  private heirAt(place: number): number {
    return place <= ONLY ? ONLY - place : this.edgeHeir[place]!;
  }

  /** What has one heir, or needs none, waits for nothing any more. */
  private decide(write: number): void {
    const first = this.rows[write * ROW + HEIRS]!;
    const isOpen = this.rows[write * ROW + SETTLED] === 0 && first >= 0 && this.nextHeir[first] !== NONE;
    if (this.rows[write * ROW + CONTESTED] === 0 || isOpen) return;
    this.rows[write * ROW + CONTESTED] = 0;
    this.writes.release(write);
  }

  private isHeirOf(heir: number, ward: number): boolean {
    const first = this.rows[ward * ROW + HEIRS]!;
    if (first <= ONLY) return ONLY - first === heir;
    for (let edge = first; edge >= 0; edge = this.nextHeir[edge]!) if (this.edgeHeir[edge] === heir) return true;
    return false;
  }

  private link(heir: number, ward: number): void {
    const former = this.rows[ward * ROW + HEIRS]!;
    const other = this.rows[heir * ROW + WARDS]!;
    if (former === NONE && other === NONE) {
      this.rows[ward * ROW + HEIRS] = ONLY - heir;
      this.rows[heir * ROW + WARDS] = ONLY - ward;
      return;
    }
    if (former <= ONLY) this.part(ONLY - former, ward);
    if (other <= ONLY) this.part(heir, ONLY - other);
    this.join(heir, ward);
  }

  /** Two that name each other are one pair among several from now on. */
  private part(heir: number, ward: number): void {
    this.rows[ward * ROW + HEIRS] = NONE;
    this.rows[heir * ROW + WARDS] = NONE;
    this.join(heir, ward);
  }

  private join(heir: number, ward: number): void {
    let edge = this.free;
    if (edge !== NONE) this.free = this.nextHeir[edge]!;
    else {
      edge = this.used++;
      if (edge === this.edgeHeir.length) this.growEdges(edge * 2);
    }
    this.edgeHeir[edge] = heir;
    this.edgeWard[edge] = ward;
    this.nextHeir[edge] = this.rows[ward * ROW + HEIRS]!;
    this.nextWard[edge] = this.rows[heir * ROW + WARDS]!;
    this.rows[ward * ROW + HEIRS] = edge;
    this.rows[heir * ROW + WARDS] = edge;
  }

  private unlink(heir: number, ward: number, edge: number): void {
    if (edge <= ONLY) {
      this.rows[ward * ROW + HEIRS] = NONE;
      this.rows[heir * ROW + WARDS] = NONE;
      return;
    }
    remove(this.rows, ward * ROW + HEIRS, this.nextHeir, edge);
    remove(this.rows, heir * ROW + WARDS, this.nextWard, edge);
    this.nextHeir[edge] = this.free;
    this.free = edge;
  }

  private growEdges(length: number): void {
    this.edgeHeir = lengthened(this.edgeHeir, length);
    this.edgeWard = lengthened(this.edgeWard, length);
    this.nextHeir = lengthened(this.nextHeir, length);
    this.nextWard = lengthened(this.nextWard, length);
  }
}

/** Takes an edge out of a list; the lists are short. */
function remove(heads: Int32Array, of: number, next: Int32Array, edge: number): void {
  if (heads[of] === edge) {
    heads[of] = next[edge]!;
    return;
  }
  let before = heads[of]!;
  while (next[before] !== edge) before = next[before]!;
  next[before] = next[edge]!;
}
