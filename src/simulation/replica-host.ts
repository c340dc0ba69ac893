import type { Engine } from "../engine/engine.js";
import type { Conflict, Host, Letter, Operation, Refusal, RegionId, Register, Replica } from "../policies/contract.js";
import { APPEND, CAS, DELETE, INCREMENT, SET_ADD, WRITE } from "../record/record.js";
import type { ApplyQueue } from "./apply-queue.js";
import type { Attempts } from "./attempts.js";
import type { Authority } from "./authority.js";
import { DATA_MISSING, FENCED, NOT_PRIMARY, OK, REFUSED } from "./causes.js";
import type { Conditions } from "./conditions.js";
import { REPLICA_TIMER } from "./events.js";
import { HostLog } from "./host-log.js";
import type { Drawer } from "./letters.js";
import type { Observer } from "./observer.js";
import type { Sizes } from "./sizes.js";
import type { Storage } from "./storage.js";
import { DELETES, POISONS, type Writes } from "./writes.js";

const NONE = -1;
const NOTHING = -1;
/** In place of an attempt: nobody waits for the answer. */
export const OPERATOR = -1;
const VERB_BITS = 8;

const adds = (kind: number): boolean => kind === INCREMENT || kind === SET_ADD || kind === APPEND;

/** What a host needs from the world around it. */
export interface Surroundings {
  readonly engine: Engine;
  readonly writes: Writes;
  readonly attempts: Attempts;
  readonly conflict: Conflict;
  readonly observer: Observer;
  readonly drawer: Drawer<Letter>;
  /** Whether a newer term heard from a peer is believed at once. */
  readonly fencesByEpoch: boolean;
  readonly sizes: Sizes;
  readonly keys: number;
  /** Their clocks. */
  readonly conditions: Conditions;
  /** How often the host of each region's copy has died. */
  readonly lives: Int32Array;
  post(letter: Letter): void;
  reply(attempt: number, cause: number): void;
  copy(letter: Letter): void;
  /** A region has applied a write that will kill its host. */
  poisoned(write: number, region: number): void;
  /** How often the operation behind this attempt has been accepted, this time included. */
  countAcceptance(attempt: number): number;
}

/** One region's copy of the data, and the verbs through which its replication policy acts. */
export class ReplicaHost implements Host {
  readonly log: HostLog;
  /** What this copy holds of each key, and what it shows: the same, unless received writes wait to be applied. */
  readonly registers: Int32Array;
  private shown: Int32Array;
  replica!: Replica;
  /** Null where everything is durable at once. */
  storage: Storage | null = null;
  /** Null where what comes from others is shown at once. */
  queue: ApplyQueue | null = null;
  /** It has lost its copy, and no other has come yet. */
  blank = false;
  /** The kind of write that an operator is about to make. */
  operatorMeans = DELETES;
  private accepted = 0;
  private readonly mine: Register = { write: NONE, timestamp: 0, origin: 0, sequence: 0 };
  private readonly theirs: Register = { write: NONE, timestamp: 0, origin: 0, sequence: 0 };

  constructor(
    readonly id: RegionId,
    readonly peers: readonly RegionId[],
    readonly leadership: Authority,
    private readonly around: Surroundings,
  ) {
    this.log = new HostLog(around.writes);
    this.registers = new Int32Array(around.keys).fill(NONE);
    this.shown = this.registers;
  }

  /** From now on received writes wait until they are applied. */
  showLater(queue: ApplyQueue): void {
    this.queue = queue;
    this.shown = this.registers.slice();
  }

  get now(): number {
    return this.around.engine.now;
  }

  /** The wall clock of this region. */
  get clock(): number {
    return this.around.conditions.clock(this.id, this.around.engine.now);
  }

  mayWrite(): Refusal | null {
    if (!this.leadership.mayWriteAt(this.clock)) return "fenced";
    // Whoever is promoted first applies what it has received.
    return this.queue !== null && this.queue.length > 0 ? "catching-up" : null;
  }

  heard(leader: RegionId, term: number): void {
    const { leads: led, term: former } = this.leadership;
    if (!this.around.fencesByEpoch || term <= former || !this.leadership.accept(leader, term)) return;
    if (led && !this.leadership.leads) this.around.observer.leadershipEnded(this.id, former);
    this.replica.led();
  }

  accept(operation: Operation): number {
    const { writes, attempts, observer } = this.around;
    const before = this.registers[operation.key]!;
    const isOperator = operation.id === OPERATOR;
    const kind = isOperator ? (this.operatorMeans === DELETES ? DELETE : WRITE) : attempts.kind[operation.id]!;
    if (kind === CAS && this.visible(before) !== attempts.expected[operation.id]) {
      observer.swapMissed(this.id);
      return NONE;
    }
    const value = adds(kind) ? (this.visible(before) === NOTHING ? 0 : writes.value[before]!) + 1 : 0;
    const write = writes.create(operation.key, kind, value, this.id, this.accepted++, this.clock, this.now);
    // What is replaced may have no other holder than these, so they come first.
    this.log.push(write, before);
    this.storage?.changed(write, before, true);
    const took = this.merge(this.registers, write);
    if (this.shown !== this.registers) this.merge(this.shown, write);
    if (isOperator) {
      writes.meaning[write] = this.operatorMeans;
      observer.writeAccepted(write, this.id, before, took, false, NONE);
      writes.release(write);
      return write;
    }
    // The attempt keeps the reference with which the write was created, until its client has heard of it or given up.
    const earlier = attempts.write[operation.id]!;
    if (earlier !== NONE) writes.release(earlier);
    attempts.write[operation.id] = write;
    const repeated = this.around.countAcceptance(operation.id) === 2;
    observer.writeAccepted(write, this.id, before, took, repeated, attempts.operation[operation.id]!);
    return write;
  }

  apply(write: number): void {
    this.receive(write, false, true);
  }

  follow(write: number): void {
    this.receive(write, true, true);
  }

  /** Begins anew with what a backup holds. */
  restore(registers: Int32Array): void {
    for (const write of registers) if (write !== NONE) this.adopt(write);
    this.storage?.settle();
    this.blank = false;
  }

  /** A write of a whole copy: shown at once. */
  adopt(write: number): void {
    this.receive(write, false, false);
  }

  /** Event, or when nothing is to wait any more: a received write is applied, unless it has been undone since. */
  readonly show = (write: number): void => {
    if (!this.around.writes.isHeldBy(write, this.id)) return;
    const before = this.shown[this.around.writes.key[write]!]!;
    this.tellApplied(write, before, this.merge(this.shown, write));
  };

  rewind(position: number): void {
    while (this.log.end > position && this.log.end > this.log.begin) {
      const last = this.log.end - 1;
      this.around.observer.writeArchived(this.log.at(last), this.id);
      this.undo(this.log.at(last), this.log.before(last));
      this.log.pop();
    }
    this.storage?.settle();
  }

  /** The power is gone: what was not on disk is undone, from the last change to the first. */
  loseUnsynced(): void {
    this.storage?.powerCut((write, before, logged) => {
      this.undo(write, before);
      if (logged) this.log.pop();
    });
  }

  discard(): void {
    const { writes } = this.around;
    // What was replaced long ago is gone too, if anything still knows of it. Nothing is let go of before all of it is told.
    for (let write = 0; write < writes.bound; write++)
      if (writes.isLive(write) && writes.isHeldBy(write, this.id)) this.undo(write, NONE);
    this.blank = true;
    this.queue?.empty(false);
    for (let key = 0; key < this.registers.length; key++) {
      this.place(this.registers, key, NONE);
      this.place(this.shown, key, NONE);
    }
    this.log.resetTo(this.log.end);
    this.storage?.settle();
  }

  /** A whole copy has been merged. */
  install(letter: Letter): void {
    this.blank = false;
    this.storage?.settle();
    this.replica.installed(letter);
  }

  snapshot(letter: Letter): void {
    this.around.copy(letter);
  }

  letter(verb: number, to: RegionId): Letter {
    return this.around.drawer.take(verb, this.id, to, this.leadership.term);
  }

  send(letter: Letter): void {
    for (let index = 0; index < letter.writes.length; index++) this.around.writes.retain(letter.writes.at(index));
    this.around.post(letter);
  }

  after(delay: number, verb: number, what: number): void {
    const stamp = this.around.lives[this.id]! * (1 << VERB_BITS) + verb;
    this.around.engine.schedule(delay, REPLICA_TIMER, this.id, what, stamp);
  }

  /** Event: a timer of the policy, unless it was set before a restart. */
  timer(what: number, stamp: number): void {
    if (stamp >> VERB_BITS !== this.around.lives[this.id]) return;
    this.replica.timer(stamp & ((1 << VERB_BITS) - 1), what);
  }

  finish(operation: Operation): void {
    if (operation.id === OPERATOR) return;
    if (!operation.write) {
      const shown = this.shown[operation.key]!;
      if (shown !== NONE && this.around.writes.meaning[shown] === DELETES) {
        this.around.reply(operation.id, DATA_MISSING);
        return;
      }
      const { observer, attempts } = this.around;
      attempts.shown[operation.id] = this.visible(shown);
      observer.readServed(this.id, operation.key, shown, attempts.issuedAt[operation.id]!, operation.id);
    }
    this.around.reply(operation.id, OK);
  }

  commit(operation: Operation): void {
    if (operation.id === OPERATOR || this.storage === null || !this.storage.delays(operation.id))
      this.finish(operation);
  }

  refuse(operation: Operation, why: Refusal): void {
    if (operation.id === OPERATOR) return;
    if (why === "fenced") this.around.observer.leaderFenced(this.id, this.leadership.term);
    this.around.reply(operation.id, why === "not-primary" ? NOT_PRIMARY : why === "fenced" ? FENCED : REFUSED);
  }

  /** Which of all writes a reader is shown; nothing where a tombstone stands. */
  private visible(write: number): number {
    const { writes } = this.around;
    return write === NONE || writes.kind[write] === DELETE ? NOTHING : writes.serial[write]!;
  }

  /** From the log of another region, or at once from a whole copy. */
  private receive(write: number, logged: boolean, waits: boolean): void {
    const { writes, observer } = this.around;
    const before = this.registers[writes.key[write]!]!;
    const known = writes.isHeldBy(write, this.id);
    // What is replaced may have no other holder than these, so they come first.
    if (logged) this.log.push(write, before);
    if (logged || !known) this.storage?.changed(write, before, logged);
    const took = this.merge(this.registers, write);
    if (waits) this.storage?.received();
    if (known) return;
    writes.holders[write]! |= 1 << this.id;
    observer.writeReceived(write, this.id);
    if (this.queue === null) this.tellApplied(write, before, took);
    else if (waits) this.queue.push(write);
    else this.show(write);
  }

  /** Takes the latest change back that is not taken back yet: `before` is what the register held. */
  private undo(write: number, before: number): void {
    const { writes, observer } = this.around;
    // It came a second time, and changed nothing.
    if (before === write || !writes.isHeldBy(write, this.id)) return;
    const key = writes.key[write]!;
    writes.holders[write]! &= ~(1 << this.id);
    writes.showers[write]! &= ~(1 << this.id);
    const shown = this.shown[key] === write ? before : this.shown[key]!;
    observer.writeUndone(write, this.id, shown);
    if (this.registers[key] === write) this.place(this.registers, key, before);
    if (this.shown[key] !== write) return;
    this.place(this.shown, key, before);
    // Perhaps before its turn.
    if (before !== NONE) this.tellApplied(before, NONE, true);
  }

  private tellApplied(write: number, before: number, took: boolean): void {
    this.around.writes.showers[write]! |= 1 << this.id;
    this.around.observer.writeApplied(write, this.id, before, took);
    if (this.around.writes.meaning[write] === POISONS) this.around.poisoned(write, this.id);
  }

  /** Lets the conflict policy decide between a register and a write; true when the register took the write. */
  private merge(column: Int32Array, write: number): boolean {
    const { writes, conflict } = this.around;
    const before = column[writes.key[write]!]!;
    if (before !== NONE) {
      if (before === write) return false;
      const { mine, theirs } = this;
      mine.write = before;
      mine.timestamp = writes.timestamp[before]!;
      mine.origin = writes.origin[before]!;
      mine.sequence = writes.sequence[before]!;
      theirs.write = write;
      theirs.timestamp = writes.timestamp[write]!;
      theirs.origin = writes.origin[write]!;
      theirs.sequence = writes.sequence[write]!;
      if (conflict.merge(mine, theirs) === "kept") return false;
    }
    this.place(column, writes.key[write]!, write);
    return true;
  }

  private place(column: Int32Array, key: number, write: number): void {
    const before = column[key]!;
    if (write !== NONE) this.around.writes.retain(write);
    column[key] = write;
    if (before !== NONE) this.around.writes.release(before);
  }
}
