import type { Host, Operation, RegionId } from "../policies/contract.js";
import { DELETE } from "../record/record.js";
import type { ApplyQueue } from "./apply-queue.js";
import { Author, OPERATOR } from "./author.js";
import type { Freshness } from "./freshness.js";
import { HostLog } from "./host-log.js";
import { CopyMarks } from "./marks.js";
import type { PastVersions } from "./past-versions.js";
import type { Storage } from "./storage.js";
import type { Surroundings } from "./surroundings.js";
import { OPERATORS, POISONS, TAKEN } from "./writes.js";

const NONE = -1;

/** One region's copy of a group of keys: its registers, its log, and how either changes and is undone. */
export class ReplicaCopy {
  readonly log: HostLog;
  /** What this copy holds of each key, and what it shows: the same, unless received writes wait to be applied. */
  readonly registers: Int32Array;
  shown: Int32Array;
  /** Null where everything is durable at once. */
  storage: Storage | null = null;
  /** Null where what comes from others is shown at once. */
  queue: ApplyQueue | null = null;
  /** Null where whoever is asked can make a write. */
  handOn: Host["handOn"] = null;
  /** It has lost its copy, and no other has come yet. */
  blank = false;
  /** What it holds, and what it shows, of each origin's writes; null where nobody asks. */
  marks: CopyMarks | null = null;
  shownMarks: CopyMarks | null = null;
  /** As of when it shows everything, and what it showed before; null where nobody asks. */
  freshness: Freshness | null = null;
  past: PastVersions | null = null;
  /** The write that an operator has made, -1 if it was refused. */
  operated = NONE;
  readonly author: Author;
  /** What comes is part of a whole copy, and in no order. */
  protected adopting = false;
  /** What is in the log is shown when it is committed: up to here. */
  protected defers = false;
  protected shownTo = 0;

  constructor(
    readonly id: RegionId,
    protected readonly around: Surroundings,
    readonly group = 0,
  ) {
    this.log = new HostLog(around.writes);
    this.author = new Author(id, around);
    this.registers = new Int32Array(around.keys).fill(NONE);
    this.shown = this.registers;
  }

  /** From now on received writes wait until they are applied. */
  showLater(queue: ApplyQueue): void {
    this.queue = queue;
    this.shown = this.registers.slice();
  }

  /** What the log takes is shown when its replication says so. */
  showCommitted(): void {
    this.defers = true;
    this.shown = this.registers.slice();
  }

  /** From now on it is known what it has of each origin; after what else is shown later. */
  keepMarks(origins: number): void {
    this.shownMarks = new CopyMarks(origins);
    this.marks = this.shown === this.registers ? this.shownMarks : new CopyMarks(origins);
  }

  get now(): number {
    return this.around.engine.now;
  }

  /** The wall clock of this region. */
  get clock(): number {
    return this.around.conditions.clock(this.id, this.around.engine.now);
  }

  /** A leader shows at once what it commits, unless it still has to catch up; a follower's workers take their time. */
  protected showUpTo(position: number, leads: boolean): void {
    const { log } = this;
    if (this.shownTo < log.begin) this.shownTo = log.begin;
    for (; this.shownTo < position && this.shownTo < log.end; this.shownTo++) {
      const write = log.at(this.shownTo);
      if (this.queue === null || (leads && this.queue.length === 0)) this.showOne(write);
      else this.queue.push(write);
    }
  }

  /** Event, or when nothing is to wait any more: a received write is applied, unless it has been undone since. */
  readonly showOne = (write: number): void => {
    this.freshness?.applied();
    if (!this.around.writes.isHeldBy(write, this.id)) return;
    const before = this.shown[this.around.writes.key[write]!]!;
    const lent = this.lend(before);
    this.tellApplied(write, before, this.merge(this.shown, write));
    if (lent) this.around.writes.release(before);
  };

  rewind(position: number): void {
    while (this.log.end > position && this.log.end > this.log.begin) {
      const last = this.log.end - 1;
      this.around.observer.writeArchived(this.log.at(last), this.id);
      this.undo(this.log.at(last), this.log.before(last));
      this.log.pop();
    }
    if (this.shownTo > this.log.end) this.shownTo = this.log.end;
    this.freshness?.forget();
    this.storage?.settle();
  }

  /** The power is gone: what was not on disk is undone, from the last change to the first. */
  loseUnsynced(): void {
    this.storage?.powerCut((write, before, logged) => {
      this.undo(write, before);
      if (logged) this.log.pop();
    });
    if (this.shownTo > this.log.end) this.shownTo = this.log.end;
    this.freshness?.forget();
  }

  discard(): void {
    const { writes, groups } = this.around;
    const lent = [this.registers, this.shown].flatMap((column) => [...column].filter((each) => this.lend(each)));
    // What was replaced long ago is gone too, if anything still knows of it. Nothing is let go of before all of it is told.
    const gone = writes.heldIn(this.id).filter((write) => groups.of(writes.key[write]!) === this.group);
    for (const write of gone) writes.retain(write);
    for (const write of gone) this.undo(write, NONE);
    this.blank = true;
    this.shownTo = 0;
    this.author.lost();
    this.marks?.clear();
    this.shownMarks?.clear();
    this.freshness?.forget();
    this.queue?.empty(false);
    for (let key = 0; key < this.registers.length; key++) {
      this.place(this.registers, key, NONE);
      this.place(this.shown, key, NONE);
    }
    for (const version of [...lent, ...gone]) writes.release(version);
    this.log.resetTo(this.log.end);
    this.storage?.settle();
    this.around.observer.copyGivenUp(this.id, this.group);
  }

  /** What a whole copy of it holds, and has of each origin. */
  get whole(): Int32Array {
    return this.defers ? this.shown : this.registers;
  }

  get wholeMarks(): Int32Array | null {
    return (this.defers ? this.shownMarks : this.marks)?.numbers ?? null;
  }

  protected joinMarks(marks: Int32Array): void {
    this.shownMarks!.join(marks);
    if (this.marks !== this.shownMarks) this.marks!.join(marks);
  }

  /** A new write, at the end of the log: shown at once, or when it is committed. */
  protected take(operation: Operation, shown: boolean): number {
    const { writes, attempts, observer } = this.around;
    const before = this.registers[operation.key]!;
    const isOperator = operation.id === OPERATOR;
    const write = this.author.write(operation, before, this.shown[operation.key]!);
    if (write === NONE) return NONE;
    // What is replaced may have no other holder than these, so they come first.
    this.log.push(write, before);
    this.storage?.changed(write, before, true);
    let after = this.merge(this.registers, write);
    // What its users have been shown so far: what waits to be applied was not. Nothing else may hold it any more.
    let seen = before;
    if (!shown) {
      writes.showers[write] = 0;
      this.storage?.received();
    } else if (this.shown !== this.registers) {
      seen = this.shown[operation.key]!;
      if (seen !== NONE) writes.retain(seen);
      after = this.merge(this.shown, write);
    }
    const lends = shown && this.shown !== this.registers && seen !== NONE;
    if (this.marks !== null) this.marks.take(this.around.writes, write);
    if (shown && this.shownMarks !== this.marks) this.shownMarks!.take(this.around.writes, write);
    if (isOperator) {
      writes.meaning[write] = this.author.operatorMeans;
      this.operated = write;
      observer.writeAccepted(write, this.id, seen, after, false, NONE, shown);
      if (lends) writes.release(seen);
      writes.release(write);
      return write;
    }
    // The reference with which it was created is the attempt's, until its client has heard of it or given up.
    this.attach(operation.id, write);
    const user = attempts.operation[operation.id]!;
    const repeated = this.around.acceptances.add(user, write) === 2;
    observer.writeAccepted(write, this.id, seen, after, repeated, user, shown);
    if (lends) writes.release(seen);
    return write;
  }

  /** A new write that is not to be held here. */
  protected make(operation: Operation, write: number): number {
    const { writes, attempts, operations } = this.around;
    if (write === NONE) return NONE;
    if (operation.id === OPERATOR) {
      writes.meaning[write] = this.author.operatorMeans;
      this.operated = write;
      writes.detach(write, OPERATORS);
      return write;
    }
    const user = attempts.operation[operation.id]!;
    operations.retain(user);
    writes.detach(write, user);
    writes.retain(write);
    this.attach(operation.id, write);
    return write;
  }

  /** The attempt stands for the write from now on, and keeps the caller's reference to it. */
  protected attach(attempt: number, write: number): void {
    const { writes, attempts } = this.around;
    const earlier = attempts.write[attempt]!;
    if (earlier !== NONE) writes.release(earlier);
    attempts.write[attempt] = write;
  }

  /** The next command of an order that is the same everywhere: the first copy decides for all what it does. */
  protected carryOut(command: number): void {
    const { untaken, key } = this.around.writes;
    const operation = untaken[command]!;
    if (operation === TAKEN || this.author.decides(command, operation, this.registers[key[command]!]!))
      this.receive(command, true, true);
  }

  /** From the log of another region, or at once from a whole copy. */
  protected receive(write: number, logged: boolean, waits: boolean): void {
    const before = this.registers[this.around.writes.key[write]!]!;
    const lent = this.lend(before);
    this.takeIn(write, before, logged, waits);
    if (lent) this.around.writes.release(before);
  }

  private takeIn(write: number, before: number, logged: boolean, waits: boolean): void {
    const { writes, observer } = this.around;
    const known = writes.isHeldBy(write, this.id);
    // What is replaced may have no other holder than these, so they come first.
    if (logged) this.log.push(write, before);
    if (logged || !known) this.storage?.changed(write, before, logged);
    const after = this.merge(this.registers, write);
    this.author.saw(write);
    if (waits) this.storage?.received();
    if (this.marks !== null && !this.adopting) this.marks.take(this.around.writes, write);
    // What had replaced it was let go of here.
    if (known && after === write && before === NONE && this.shown === this.registers)
      this.tellApplied(write, before, after);
    if (known) return;
    writes.holders[write]! |= 1 << this.id;
    if (writes.untaken[write] === TAKEN) observer.writeReceived(write, this.id);
    else if (this.acceptMade(write, before, after)) return;
    // What is in the log is shown when it is committed.
    if (this.defers && logged) return;
    if (this.queue === null && !this.defers) this.tellApplied(write, before, after);
    else if (waits && this.queue !== null) this.queue.push(write);
    else this.showOne(write);
  }

  /** The first copy to take a write from its coordinator has accepted it. True where it shows it at once. */
  private acceptMade(write: number, before: number, after: number): boolean {
    const { writes, observer } = this.around;
    const operation = writes.untaken[write]!;
    const user = operation === OPERATORS ? NONE : operation;
    const repeated = user !== NONE && this.around.acceptances.add(user, write) === 2;
    const shown = this.shown === this.registers;
    writes.attach(write);
    if (shown) writes.showers[write] = 1 << this.id;
    observer.writeAccepted(write, this.id, before, after, repeated, user, shown);
    if (shown && writes.meaning[write] === POISONS) this.around.poisoned(write, this.id);
    return shown;
  }

  /** Lets go of a key where a deletion stands that is older than `age`. */
  purge(key: number, age: number): void {
    const write = this.shown[key]!;
    const { writes } = this.around;
    if (write === NONE || writes.kind[write] !== DELETE || this.now - writes.acceptedAt[write]! < age) return;
    this.around.merging.siblings?.letsGo(write, this.id);
    if (this.registers[key] === write) this.place(this.registers, key, NONE);
    if (this.shown !== this.registers) this.place(this.shown, key, NONE);
  }

  /** Takes the latest change back that is not taken back yet: `before` is what the register held. */
  private undo(write: number, before: number): void {
    const { writes, observer } = this.around;
    // It came a second time, and changed nothing.
    if (writes.comprises(before, write) || !writes.isHeldBy(write, this.id)) return;
    const key = writes.key[write]!;
    if (writes.origin[write] === this.id) this.author.lost();
    this.marks?.drop(writes, write);
    this.shownMarks?.drop(writes, write);
    writes.holders[write]! &= ~(1 << this.id);
    writes.showers[write]! &= ~(1 << this.id);
    const stood = writes.comprises(this.shown[key]!, write);
    observer.writeUndone(write, this.id, stood ? before : this.shown[key]!);
    if (writes.comprises(this.registers[key]!, write)) this.place(this.registers, key, before);
    if (!stood || this.shown === this.registers) return;
    this.place(this.shown, key, before);
    if (before === NONE) return;
    // Perhaps before its turn.
    if (!writes.isBundle(before)) this.tellApplied(before, NONE, before);
    else for (const shown of writes.members[before]!) this.tellApplied(shown, before, before);
  }

  /** Holds on to what is about to be replaced until that has been told: nothing else may. */
  private lend(before: number): boolean {
    if (before === NONE) return false;
    this.around.writes.retain(before);
    return true;
  }

  private tellApplied(write: number, before: number, after: number): void {
    if (this.shownMarks !== null && !this.adopting) this.shownMarks.take(this.around.writes, write);
    this.around.writes.showers[write]! |= 1 << this.id;
    this.around.observer.writeApplied(write, this.id, before, after);
    if (this.around.writes.meaning[write] === POISONS) this.around.poisoned(write, this.id);
  }

  /** What the register holds now that the write has come to it. */
  private merge(column: Int32Array, write: number): number {
    const { merging, writes } = this.around;
    const key = writes.key[write]!;
    const before = column[key]!;
    const after = merging.join(before, write);
    if (after === before) return after;
    if (column === this.shown) this.past?.replaced(key, before, after, this.clock, !this.adopting);
    this.place(column, key, after);
    // A bundle that has just been made.
    if (after !== write) writes.release(after);
    return after;
  }

  private place(column: Int32Array, key: number, write: number): void {
    const before = column[key]!;
    if (write !== NONE) this.around.writes.retain(write);
    column[key] = write;
    if (before !== NONE) this.around.writes.release(before);
  }
}
