import type { Engine } from "../engine/engine.js";
import type { Conditions } from "./conditions.js";
import { DISK_SYNCED, DISK_TIMER } from "./events.js";
import type { StoragePlan } from "./plan.js";

/** Whose changes a disk makes durable. */
export interface Stored {
  /** Bytes that a sync would have to write now. */
  unsynced(): number;
  /** Where the changes stand that a sync beginning now will cover. */
  mark(): number;
  /** Everything up to `mark` is durable; so are the operations that waited for it. */
  synced(mark: number): void;
}

/**
 * The disk of one host, a resource with a queue: one sync at a time, which covers all that was changed before it began
 * (group commit), and bulk data, read or written, that keep it busy in between. A sync takes the time of an fsync and its bytes over the
 * bandwidth, longer while the disk is slow.
 */
export class Disk {
  private syncing = false;
  private wanted = false;
  /** Syncs of an earlier life of the host mean nothing. */
  private life = 0;
  /** Until when bulk data keep the disk busy; mark of the sync that runs. */
  private readonly cells = new Float64Array(2);

  constructor(
    private readonly region: number,
    private readonly plan: StoragePlan,
    private readonly engine: Engine,
    private readonly conditions: Conditions,
    private readonly stored: Stored,
    /** Whose events its own are. */
    private readonly node = region,
  ) {}

  /** At the start and after a restart: where syncs come at intervals, the first one is due after one. */
  start(): void {
    if (this.plan.sync !== "each-commit")
      this.engine.schedule(this.plan.every, DISK_TIMER, this.node, this.life, this.life);
  }

  /** Something must become durable as soon as it can. */
  request(): void {
    if (this.syncing) this.wanted = true;
    else this.begin();
  }

  /** Event: time for a sync. */
  timer(life: number): void {
    if (life !== this.life) return;
    if (this.stored.unsynced() > 0) this.request();
    this.engine.schedule(this.plan.every, DISK_TIMER, this.node, life, life);
  }

  /** Event: the sync is done. */
  synced(life: number): void {
    if (life !== this.life) return;
    this.syncing = false;
    this.stored.synced(this.cells[1]!);
    if (!this.wanted) return;
    this.wanted = false;
    this.begin();
  }

  /** Bulk data in competition with syncs; returns the microseconds until it is read or written. */
  transfer(bytes: number): number {
    const { now } = this.engine;
    const free = this.cells[0]! > now ? this.cells[0]! : now;
    this.cells[0] = free + this.taken(bytes);
    return this.cells[0] - now;
  }

  died(): void {
    this.life++;
    this.syncing = false;
    this.wanted = false;
    this.cells[0] = 0;
  }

  private begin(): void {
    this.syncing = true;
    this.cells[1] = this.stored.mark();
    const wait = this.cells[0]! - this.engine.now;
    const slowdown = this.conditions.disk[this.region]!;
    const took = Math.round(this.plan.fsync * slowdown) + this.taken(this.stored.unsynced());
    this.engine.schedule((wait > 0 ? wait : 0) + took, DISK_SYNCED, this.node, this.life, this.life);
  }

  private taken(bytes: number): number {
    return Math.ceil(((bytes * 1e6) / this.plan.bandwidth) * this.conditions.disk[this.region]!);
  }
}
