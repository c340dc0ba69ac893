import { lengthened, lengthenedBytes, lengthenedDoubles } from "../engine/columns.js";
import { APPEND, INCREMENT, SET_ADD } from "../record/record.js";
import type { Observer } from "./observer.js";

const NONE = -1;
const FORGOTTEN = -1;
/** What a write means: a user's, or what an operator has done to the key. */
export const STORES = 0;
export const DELETES = 1;
export const POISONS = 2;
/** In place of an operation: a copy has the write, or had it. */
export const TAKEN = -1;
/** The write of an operator, which no copy has taken yet. */
export const OPERATORS = -2;
/** No write at all, but several that stand side by side. */
const BUNDLE = -3;

/** What a write of this kind leaves rests on what was there. */
export const adds = (kind: number): boolean => kind === INCREMENT || kind === SET_ADD || kind === APPEND;

/**
 * Every write that something still holds: facts that never change, by write id. An id is taken when a replica accepts
 * an operation, and given back when no register, log, letter or observer refers to the write any longer: so memory
 * follows what is in flight, not how long the simulation runs.
 */
export class Writes {
  key = new Int32Array(1024);
  /** What the operation did: one of the record's kinds. */
  kind = new Uint8Array(1024);
  /** How often a counter has been changed; how many elements a set or a list has. */
  value = new Int32Array(1024);
  /** How many of a counter's changes took one away. */
  lowered = new Int32Array(1024);
  origin = new Int32Array(1024);
  /** Wall clock of the accepting region, its skew included. */
  timestamp = new Float64Array(1024);
  /** Its hybrid logical clock. */
  hybrid = new Float64Array(1024);
  acceptedAt = new Float64Array(1024);
  /** Its number among the writes of its origin. */
  sequence = new Int32Array(1024);
  /** With which of these numbers its origin began anew after its latest loss. */
  run = new Int32Array(1024);
  /** Whether a user stores something, or an operator deletes the key or poisons it. */
  meaning = new Uint8Array(1024);
  /** The operation behind a write that a coordinator has made and no copy has taken yet, else TAKEN. */
  untaken = new Int32Array(1024);
  /** Bit r: region r has the write in its history. */
  holders = new Int32Array(1024);
  /** The same, once it has been applied there: it shows the write, or showed it before a later one. */
  showers = new Int32Array(1024);
  /** Which of all writes it is: tells it from an earlier one that had the same id. */
  serial = new Int32Array(1024);
  /** Of a row that is a bundle, the writes that it holds side by side. */
  readonly members: (readonly number[] | undefined)[] = [];
  /** Whether readers are shown all that a bundle holds, and not only the one that it looks like. */
  private readonly together: boolean[] = [];
  /** A bundle lets go of what it holds. */
  onBundleReleased: (bundle: number) => void = () => {};
  /** Writes ever made. */
  made = 0;
  private references = new Int32Array(1024);
  private free = new Int32Array(1024);
  private freeCount = 0;
  private used = 0;

  constructor(
    private readonly observer: () => Observer,
    /** An untaken write no longer stands for its operation. */
    private readonly parted: (operation: number) => void = () => {},
  ) {}

  /** Ids ever in use at the same time: columns of observers need this length. */
  get capacity(): number {
    return this.key.length;
  }

  get live(): number {
    return this.used - this.freeCount;
  }

  /** A new write with one reference, the caller's. */
  create(
    key: number,
    kind: number,
    value: number,
    origin: number,
    sequence: number,
    timestamp: number,
    now: number,
  ): number {
    let write = this.used;
    if (this.freeCount > 0) write = this.free[--this.freeCount]!;
    else if (this.used++ === this.key.length) this.grow();
    this.key[write] = key;
    this.kind[write] = kind;
    this.value[write] = value;
    this.lowered[write] = 0;
    this.origin[write] = origin;
    this.sequence[write] = sequence;
    this.holders[write] = 1 << origin;
    this.showers[write] = 1 << origin;
    this.serial[write] = this.made++;
    this.untaken[write] = TAKEN;
    this.meaning[write] = STORES;
    this.timestamp[write] = timestamp;
    this.acceptedAt[write] = now;
    this.references[write] = 1;
    return write;
  }

  /** A row that holds `members` and looks like `first`, one of them, with one reference, the caller's. */
  bundle(first: number, members: readonly number[], together: boolean): number {
    const { key, kind, value, origin, sequence, timestamp, acceptedAt, made } = this;
    const [at, where, which] = [key[first]!, origin[first]!, sequence[first]!];
    const bundle = this.create(at, kind[first]!, value[first]!, where, which, timestamp[first]!, acceptedAt[first]!);
    this.made = made;
    this.serial[bundle] = this.serial[first]!;
    this.hybrid[bundle] = this.hybrid[first]!;
    this.run[bundle] = this.run[first]!;
    this.meaning[bundle] = this.meaning[first]!;
    this.lowered[bundle] = this.lowered[first]!;
    this.detach(bundle, BUNDLE);
    this.members[bundle] = members;
    this.together[bundle] = together;
    return bundle;
  }

  isBundle(version: number): boolean {
    return this.members.length > 0 && version !== NONE && this.members[version] !== undefined;
  }

  /** The writes that a reader is shown of a version: several of a bundle that is one value. */
  standing(version: number): readonly number[] {
    const members = this.isBundle(version) ? this.members[version] : undefined;
    return members === undefined ? [version] : this.together[version] ? members : [this.first(version)];
  }

  /** The write that a version is, or looks like. */
  first(version: number): number {
    if (!this.isBundle(version)) return version;
    return this.members[version]!.find((member) => this.serial[member] === this.serial[version])!;
  }

  /** Whether a version is the write, or holds it beside others. */
  comprises(version: number, write: number): boolean {
    return version === write || (this.isBundle(version) && this.members[version]!.includes(write));
  }

  /** No copy has the write that was just created: it stands for its operation until one takes it. */
  detach(write: number, operation: number): void {
    this.holders[write] = 0;
    this.showers[write] = 0;
    this.untaken[write] = operation;
  }

  /** A copy has taken it, as the latest of all writes so far. */
  attach(write: number): void {
    const operation = this.untaken[write]!;
    this.untaken[write] = TAKEN;
    this.serial[write] = this.made++;
    if (operation >= 0) this.parted(operation);
  }

  retain(write: number): void {
    this.references[write]! += 1;
  }

  release(write: number): void {
    const left = --this.references[write]!;
    if (left > 0) return;
    if (left < 0) throw new Error(`write ${write} was released more often than it was retained`);
    const operation = this.untaken[write]!;
    if (operation === TAKEN) this.observer().writeForgotten(write);
    else if (operation >= 0) this.parted(operation);
    else if (operation === BUNDLE) {
      this.onBundleReleased(write);
      this.members[write] = undefined;
    }
    this.serial[write] = FORGOTTEN;
    this.free[this.freeCount++] = write;
  }

  /** What a counter shows. */
  numberAt(version: number): number {
    return this.value[version]! - 2 * this.lowered[version]!;
  }

  isHeldBy(write: number, region: number): boolean {
    return ((this.holders[write]! >> region) & 1) === 1;
  }

  isShownBy(write: number, region: number): boolean {
    return ((this.showers[write]! >> region) & 1) === 1;
  }

  /** All that something still holds, and that is in the region's history. */
  heldIn(region: number): number[] {
    const held: number[] = [];
    for (let write = 0; write < this.used; write++)
      if (this.isLive(write) && this.isHeldBy(write, region)) held.push(write);
    return held;
  }

  isLive(write: number): boolean {
    return write !== NONE && write < this.used && this.references[write]! > 0;
  }

  /** Whether it is live, and some copy has had it. */
  isTaken(write: number): boolean {
    return this.isLive(write) && this.untaken[write] === TAKEN;
  }

  /** Ids below this bound may be live. */
  get bound(): number {
    return this.used;
  }

  private grow(): void {
    const length = this.key.length * 2;
    this.key = lengthened(this.key, length);
    this.kind = lengthenedBytes(this.kind, length);
    this.value = lengthened(this.value, length);
    this.lowered = lengthened(this.lowered, length);
    this.origin = lengthened(this.origin, length);
    this.sequence = lengthened(this.sequence, length);
    this.run = lengthened(this.run, length);
    this.untaken = lengthened(this.untaken, length);
    this.holders = lengthened(this.holders, length);
    this.showers = lengthened(this.showers, length);
    this.meaning = lengthenedBytes(this.meaning, length);
    this.serial = lengthened(this.serial, length);
    this.references = lengthened(this.references, length);
    this.free = lengthened(this.free, length);
    this.timestamp = lengthenedDoubles(this.timestamp, length);
    this.hybrid = lengthenedDoubles(this.hybrid, length);
    this.acceptedAt = lengthenedDoubles(this.acceptedAt, length);
  }
}
