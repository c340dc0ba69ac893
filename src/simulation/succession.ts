import { lengthened, lengthenedBytes } from "../engine/columns.js";
import type { Writes } from "./writes.js";

const NONE = -1;
/** From here on downwards: not the first edge of a list, but the only write that it would name. */
const ONLY = -2;

/**
 * Who replaced whom, knowing it. A write is superseded while one that replaced it stands: is held by a region, or is
 * superseded itself. When nothing refers to a write any more, its heir answers for it and for all that rested on it, so
 * that whether it counts as superseded or as lost is decided by what becomes of the heir, and never too early. One that
 * two writes have replaced is kept until it has one heir, and one whose heir nobody holds any more until that is forgotten.
 */
export class Succession {
  /**
   * Lists of edges from the writes that replaced one, and to those that it replaced. Most writes replace one that nothing
   * else replaces: then there is no edge, and either names the other.
   */
  private heirs = new Int32Array(1024).fill(NONE);
  private wards = new Int32Array(1024).fill(NONE);
  /** A write that replaced it is overwritten for good, and so not lost. */
  private settled = new Uint8Array(1024);
  private contested = new Uint8Array(1024);
  private edgeHeir = new Int32Array(1024);
  private edgeWard = new Int32Array(1024);
  private nextHeir = new Int32Array(1024);
  private nextWard = new Int32Array(1024);
  private free = NONE;
  private used = 0;

  constructor(private readonly writes: Writes) {}

  begin(write: number): void {
    if (this.writes.capacity > this.settled.length) this.grow(this.writes.capacity);
    this.heirs[write] = NONE;
    this.wards[write] = NONE;
    this.settled[write] = 0;
    this.contested[write] = 0;
  }

  /** `write` has been made on top of `replaced`, knowing it. */
  replaces(write: number, replaced: number): void {
    this.link(write, replaced);
    const first = this.heirs[replaced]!;
    if (first >= 0 && this.nextHeir[first] !== NONE) this.keep(replaced);
  }

  private keep(write: number): void {
    if (this.contested[write] === 1) return;
    this.contested[write] = 1;
    this.writes.retain(write);
  }

  /** The same for those of which that is not known yet. */
  replacesAll(write: number, replaced: readonly number[]): void {
    for (const each of replaced) if (!this.isHeirOf(write, each)) this.replaces(write, each);
  }

  /** Nobody holds it, and it may yet come off a wire: until then nothing is decided about what it replaced. */
  vanishes(write: number): void {
    const first = this.wards[write]!;
    if (first <= ONLY) this.keep(ONLY - first);
    for (let edge = first; edge >= 0; edge = this.nextWard[edge]!) this.keep(this.edgeWard[edge]!);
  }

  isSuperseded(write: number): boolean {
    if (this.settled[write] === 1) return true;
    const first = this.heirs[write]!;
    if (first <= ONLY) return this.stands(ONLY - first);
    for (let edge = first; edge >= 0; edge = this.nextHeir[edge]!) if (this.stands(this.edgeHeir[edge]!)) return true;
    return false;
  }

  private stands(write: number): boolean {
    return this.writes.holders[write] !== 0 || this.isSuperseded(write);
  }

  /** Nothing refers to it any more. Returns the heir that answers for it from now on, -1 if its own fate is final. */
  forget(write: number, superseded: boolean): number {
    const isHeld = this.writes.holders[write] !== 0;
    const first = this.heirs[write]!;
    // Held by somebody, and no superseder stands: another version won.
    const isFinal = first === NONE || this.settled[write] === 1 || (isHeld && !superseded);
    const heir = isFinal ? NONE : this.heirAt(first);
    while (this.heirs[write] !== NONE) this.unlink(this.heirAt(this.heirs[write]!), write, this.heirs[write]!);
    while (this.wards[write] !== NONE) {
      const next = this.wards[write]!;
      const ward = next <= ONLY ? ONLY - next : this.edgeWard[next]!;
      this.unlink(write, ward, next);
      if (heir === NONE) this.settled[ward]! |= superseded || isHeld ? 1 : 0;
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
    const first = this.heirs[write]!;
    const isOpen = this.settled[write] === 0 && first >= 0 && this.nextHeir[first] !== NONE;
    if (this.contested[write] === 0 || isOpen) return;
    this.contested[write] = 0;
    this.writes.release(write);
  }

  private isHeirOf(heir: number, ward: number): boolean {
    const first = this.heirs[ward]!;
    if (first <= ONLY) return ONLY - first === heir;
    for (let edge = first; edge >= 0; edge = this.nextHeir[edge]!) if (this.edgeHeir[edge] === heir) return true;
    return false;
  }

  private link(heir: number, ward: number): void {
    const former = this.heirs[ward]!;
    const other = this.wards[heir]!;
    if (former === NONE && other === NONE) {
      this.heirs[ward] = ONLY - heir;
      this.wards[heir] = ONLY - ward;
      return;
    }
    if (former <= ONLY) this.part(ONLY - former, ward);
    if (other <= ONLY) this.part(heir, ONLY - other);
    this.join(heir, ward);
  }

  /** Two that name each other are one pair among several from now on. */
  private part(heir: number, ward: number): void {
    this.heirs[ward] = NONE;
    this.wards[heir] = NONE;
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
    this.nextHeir[edge] = this.heirs[ward]!;
    this.nextWard[edge] = this.wards[heir]!;
    this.heirs[ward] = edge;
    this.wards[heir] = edge;
  }

  private unlink(heir: number, ward: number, edge: number): void {
    if (edge <= ONLY) {
      this.heirs[ward] = NONE;
      this.wards[heir] = NONE;
      return;
    }
    remove(this.heirs, ward, this.nextHeir, edge);
    remove(this.wards, heir, this.nextWard, edge);
    this.nextHeir[edge] = this.free;
    this.free = edge;
  }

  private grow(length: number): void {
    this.heirs = lengthened(this.heirs, length);
    this.wards = lengthened(this.wards, length);
    this.settled = lengthenedBytes(this.settled, length);
    this.contested = lengthenedBytes(this.contested, length);
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
