import type { Engine } from "../engine/engine.js";
import { AT_DISK, type Attempts } from "./attempts.js";
import { OK } from "./causes.js";
import type { Conditions } from "./conditions.js";
import { Disk, type Stored } from "./disk.js";
import type { HostLog } from "./host-log.js";
import { Journal } from "./journal.js";
import type { Observer } from "./observer.js";
import type { Plan, StoragePlan } from "./plan.js";
import type { Sizes } from "./sizes.js";
import type { Writes } from "./writes.js";

/** Storage that is durable at once needs no disk. */
export const hasDisk = ({ sync, fsync, bandwidth }: StoragePlan): boolean =>
  sync !== "each-commit" || fsync > 0 || bandwidth < Number.POSITIVE_INFINITY;

/** What of one host's changes is durable, and which operations wait for it. */
export class Storage implements Stored {
  readonly disk: Disk;
  private readonly journal: Journal;
  /** Bytes that are not on disk. A double in a column: a field would be boxed at every change. */
  private readonly bytes = new Float64Array(1);
  /** Attempts whose acknowledgement waits for a sync, in order, each with the mark that it needs. */
  private readonly waiting: { attempt: number; mark: number }[] = [];

  constructor(
    private readonly region: number,
    private readonly plan: Plan,
    engine: Engine,
    conditions: Conditions,
    private readonly writes: Writes,
    private readonly sizes: Sizes,
    private readonly log: HostLog,
    private readonly observer: Observer,
    private readonly attempts: Attempts,
    private readonly reply: (attempt: number, cause: number) => void,
    /** The disk holds more than before. */
    private readonly persisted: () => void,
    node = region,
  ) {
    this.journal = new Journal(writes);
    this.disk = new Disk(region, plan.storage, engine, conditions, this, node);
    log.synced = 0;
    log.isSyncedEachCommit = plan.storage.sync === "each-commit";
  }

  changed(write: number, before: number, logged: boolean): void {
    this.bytes[0]! += this.sizes.write(write);
    this.journal.push(write, before, logged);
  }

  /** Another region's changes have come: no commit here waits for them, but where commits are synced so are they. */
  received(): void {
    if (this.plan.storage.sync === "each-commit") this.disk.request();
  }

  /** Whether the acknowledgement waits; if so it is sent when a sync has covered what was accepted so far. */
  delays(attempt: number): boolean {
    if (this.plan.storage.sync !== "each-commit") return false;
    this.waiting.push({ attempt, mark: this.journal.mark });
    this.attempts.state[attempt] = AT_DISK;
    this.disk.request();
    return true;
  }

  unsynced(): number {
    return this.bytes[0]!;
  }

  mark(): number {
    return this.journal.mark;
  }

  synced(mark: number): void {
    this.settleUntil(mark);
    let answered = 0;
    while (answered < this.waiting.length && this.waiting[answered]!.mark <= mark) answered++;
    for (const { attempt } of this.waiting.splice(0, answered)) this.reply(attempt, OK);
    this.persisted();
  }

  /** Rare work that ends with a sync of its own: a rewind, a whole copy. */
  settle(): void {
    this.settleUntil(this.journal.mark);
  }

  /** Undoes what is not on disk; what is left of the log is what was. */
  powerCut(undo: (write: number, before: number, logged: boolean) => void): void {
    this.journal.undo(undo);
    this.bytes[0] = 0;
    this.log.synced = this.log.end;
  }

  /** The host has died: what waited is no longer its. */
  died(): void {
    this.waiting.length = 0;
    this.disk.died();
  }

  private readonly durable = (write: number): void => {
    this.bytes[0]! -= this.sizes.write(write);
    if (this.writes.isHeldBy(write, this.region)) this.observer.writeSynced(write, this.region);
  };

  private settleUntil(mark: number): void {
    const unlogged = this.journal.settle(mark, this.durable);
    this.log.synced = this.log.end - unlogged;
  }
}
