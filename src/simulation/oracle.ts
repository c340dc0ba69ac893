import type { Engine } from "../engine/engine.js";
import { lengthenedBytes, lengthenedDoubles } from "./attempts.js";
import { Blame } from "./blame.js";
import type { IncidentSpan } from "./incidents.js";
import { Observer } from "./observer.js";
import { type Plan, longestDeadline } from "./plan.js";
import { hasDisk } from "./storage.js";
import { Unsettled } from "./unsettled.js";
import { DELETES, type Writes, lengthened } from "./writes.js";

const NONE = -1;
const NOT_ACKNOWLEDGED = -1;
const NOTHING_SHOWN = -1;

/**
 * The oracle knows the truth: which writes each write had seen, which were acknowledged, and which survive. It counts
 * conflicts, stale reads, duplicate effects and the fates of acknowledged writes, whatever the policies believe. It is
 * an observer: nothing that is simulated can ask it.
 */
export class Oracle extends Observer {
  readonly conflicts: Float64Array;
  readonly staleReads: Float64Array;
  readonly reads: Float64Array;
  duplicateEffects = 0;
  acknowledged = 0;
  superseded = 0;
  overwritten = 0;
  lost = 0;
  splitBrain = 0;
  /** Lost since a backup was restored that is older. */
  rolledBack = 0;
  surviving = 0;
  unavailable = 0;
  /** By incident and shard: how long before its start the oldest write was acknowledged that is missing, microseconds. */
  readonly recoveryPoints: readonly Float64Array[];

  private readonly unsettled: Unsettled;
  private acknowledgedAt = new Float64Array(1024).fill(NOT_ACKNOWLEDGED);
  /** Writes that replaced this one knowing it, and still exist. */
  private superseders = new Int32Array(1024);
  /** The same for those that only delete it. */
  private deleters = new Int32Array(1024);
  /** The incident that took a write's last copy; it means nothing while there is one. */
  private takenBy = new Int32Array(1024);
  /** It was the restore of a backup that took it. */
  private restoredAway = new Uint8Array(1024);
  private restoredAt = Number.NEGATIVE_INFINITY;
  private readonly blame: Blame;
  /** After it nobody waits for an operation. */
  private readonly deadline: number;
  /** What a write replaced where it was accepted, knowing it; and which write that id meant then. */
  private replaced = new Int32Array(1024);
  private replacedSerial = new Int32Array(1024);

  constructor(
    private readonly plan: Plan,
    keys: number,
    private readonly engine: Engine,
    private readonly writes: Writes,
    private readonly up: Uint8Array,
    private readonly incidents: readonly IncidentSpan[],
    private readonly onConflict: (region: number) => void,
  ) {
    super();
    this.conflicts = new Float64Array(plan.regions.length);
    this.staleReads = new Float64Array(plan.regions.length);
    this.reads = new Float64Array(plan.regions.length);
    this.deadline = longestDeadline(plan);
    this.blame = new Blame(plan, incidents);
    this.recoveryPoints = incidents.map(() => new Float64Array(plan.data.shards));
    let everywhere = 0;
    plan.regions.forEach((region, id) => {
      if (region.replica) everywhere |= 1 << id;
    });
    this.unsettled = new Unsettled(keys, writes, everywhere, hasDisk(plan.storage));
  }

  override writeAccepted(write: number, region: number, before: number, took: boolean, repeated: boolean): void {
    if (this.writes.capacity > this.superseders.length) this.grow(this.writes.capacity);
    const key = this.writes.key[write]!;
    this.prune(key);
    const { unsettled } = this;
    let conflict = false;
    for (let earlier = unsettled.heads[key]!; earlier !== NONE; earlier = unsettled.next[earlier]!) {
      if (!unsettled.sees(earlier, region)) conflict = true;
    }
    if (conflict) {
      this.conflicts[region]! += 1;
      this.onConflict(region);
    }
    if (repeated) this.duplicateEffects++;
    this.acknowledgedAt[write] = NOT_ACKNOWLEDGED;
    this.superseders[write] = 0;
    this.deleters[write] = 0;
    this.restoredAway[write] = 0;
    this.replaced[write] = took ? before : NONE;
    if (took && before !== NONE) this.replacedSerial[write] = this.writes.serial[before]!;
    this.supersede(write, 1);
    if (took && before !== NONE && this.writes.meaning[write] === DELETES)
      this.takenBy[before] = this.blame.of(region, this.engine.now);
    unsettled.add(write, region);
  }

  override writeReceived(write: number, region: number): void {
    // Off the wire again after its last copy was gone.
    if (this.writes.holders[write] === 1 << region) this.supersede(write, 1);
    this.unsettled.hold(write);
  }

  override writeApplied(write: number, region: number): void {
    this.unsettled.show(write, region);
  }

  override writeUndone(write: number, region: number): void {
    const anywhere = this.writes.holders[write] !== 0;
    this.unsettled.hide(write, region, anywhere);
    if (anywhere) return;
    this.takenBy[write] = this.blame.of(region, this.engine.now);
    this.restoredAway[write] = this.engine.now === this.restoredAt ? 1 : 0;
    this.supersede(write, -1);
  }

  override writeSynced(write: number, region: number): void {
    this.unsettled.endure(write, region);
  }

  override writeAcknowledged(write: number): void {
    this.acknowledgedAt[write] = this.engine.now;
    this.acknowledged++;
  }

  /** Stale: a write acknowledged before the read was issued is missing, and what was shown is no newer. */
  override readServed(region: number, key: number, shown: number, issuedAt: number): void {
    // Nobody waits for it any more.
    if (issuedAt < this.engine.now - this.deadline) return;
    this.reads[region]! += 1;
    const { unsettled } = this;
    if (unsettled.heads[key] === NONE) return;
    this.prune(key);
    const shownAt = shown === NONE ? NOTHING_SHOWN : this.writes.acceptedAt[shown]!;
    for (let write = unsettled.heads[key]!; write !== NONE; write = unsettled.next[write]!) {
      const acknowledged = this.acknowledgedAt[write]!;
      const missed = acknowledged >= 0 && acknowledged <= issuedAt && !unsettled.sees(write, region);
      if (missed && this.writes.acceptedAt[write]! > shownAt) {
        this.staleReads[region]! += 1;
        return;
      }
    }
  }

  override dataRestored(): void {
    this.restoredAt = this.engine.now;
  }

  override leaderChanged(region: number): void {
    this.blame.leads(region);
  }

  override failoverEnded(from: number, _to: number, start: number, planned: boolean): void {
    if (!planned) this.blame.deposed(from, start);
  }

  override writeForgotten(write: number): void {
    if (this.acknowledgedAt[write]! < 0) return;
    this.countHidden(write);
  }

  /**
   * The fates of the writes that something still holds when the run ends. `shown` is the write that each region shows,
   * by key; null for a region without a copy.
   */
  conclude(shown: readonly (Int32Array | null)[]): void {
    const alive = this.alive();
    const current = new Uint8Array(this.writes.bound);
    shown.forEach((registers, region) => {
      if (registers === null || this.up[region] === 0) return;
      for (const write of registers) if (write !== NONE) current[write] = 1;
    });
    for (let write = 0; write < this.writes.bound; write++) {
      if (!this.writes.isLive(write) || this.acknowledgedAt[write]! < 0) continue;
      const held = this.writes.holders[write] !== 0;
      if (held && (this.writes.holders[write]! & alive) === 0) {
        this.unavailable++;
        this.countMissing(write, this.lastBlame(this.writes.holders[write]!));
      } else if (held && current[write] === 1) this.surviving++;
      else this.countHidden(write);
    }
  }

  /** The fate of a write that no live copy shows. What was only deleted is lost, whoever has it in a log. */
  private countHidden(write: number): void {
    if (this.superseders[write]! > 0) this.superseded++;
    else if (this.writes.holders[write] === 0 || this.deleters[write]! > 0) this.countLost(write);
    else this.overwritten++;
  }

  /** A write is missing since the last of its holders was struck. */
  private lastBlame(holders: number): number {
    let last = NONE;
    for (let region = 0; region < this.plan.regions.length; region++)
      if (((holders >> region) & 1) === 1) last = Math.max(last, this.blame.of(region, this.engine.now));
    return last;
  }

  private countLost(write: number): void {
    this.lost++;
    const incident = this.takenBy[write]!;
    this.countMissing(write, incident);
    // By a primary that did not know that it was none. What was accepted before and answered after is no such write.
    if (this.restoredAway[write] === 1) this.rolledBack++;
    else if (incident >= 0 && this.writes.acceptedAt[write]! > this.incidents[incident]!.start) this.splitBrain++;
  }

  /** Charges a missing write to the incident that parted it from the surviving copies. */
  private countMissing(write: number, incident: number): void {
    if (incident < 0) return;
    const age = this.incidents[incident]!.start - this.acknowledgedAt[write]!;
    const shard = this.writes.key[write]! % this.plan.data.shards;
    const points = this.recoveryPoints[incident]!;
    if (age > points[shard]!) points[shard] = age;
  }

  /** The write exists again, or not any more: what it replaced has one superseder more or less. */
  private supersede(write: number, change: number): void {
    const replaced = this.replaced[write]!;
    if (replaced === NONE || this.writes.serial[replaced] !== this.replacedSerial[write]) return;
    if (this.writes.meaning[write] === DELETES) this.deleters[replaced]! += change;
    else this.superseders[replaced]! += change;
  }

  /** Bits of the regions that are up. */
  private alive(): number {
    let alive = 0;
    for (let region = 0; region < this.plan.regions.length; region++) alive |= this.up[region]! << region;
    return alive;
  }

  private prune(key: number): void {
    this.unsettled.prune(key, this.acknowledgedAt, this.engine.now - this.deadline);
  }

  private grow(length: number): void {
    const from = this.acknowledgedAt.length;
    this.superseders = lengthened(this.superseders, length);
    this.deleters = lengthened(this.deleters, length);
    this.takenBy = lengthened(this.takenBy, length);
    this.restoredAway = lengthenedBytes(this.restoredAway, length);
    this.replaced = lengthened(this.replaced, length);
    this.replacedSerial = lengthened(this.replacedSerial, length);
    this.acknowledgedAt = lengthenedDoubles(this.acknowledgedAt, length).fill(NOT_ACKNOWLEDGED, from);
  }
}
