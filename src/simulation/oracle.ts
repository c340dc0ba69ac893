import { lengthened, lengthenedDoubles } from "../engine/columns.js";
import type { Engine } from "../engine/engine.js";
import { Blame } from "./blame.js";
import { DeletedVersions } from "./deleted-versions.js";
import type { Groups } from "./groups.js";
import type { IncidentSpan } from "./incidents.js";
import { Inheritance } from "./inheritance.js";
import { aliveOf } from "./lives.js";
import type { MergeTelemetry } from "./merge-telemetry.js";
import type { Merging } from "./merging.js";
import { Observer } from "./observer.js";
import { type Plan, longestDeadline } from "./plan.js";
import { Staleness } from "./staleness.js";
import { hasDisk } from "./storage.js";
import { Succession } from "./succession.js";
import { Unsettled } from "./unsettled.js";
import { DELETES, type Writes } from "./writes.js";

const NONE = -1;
const NOT_ACKNOWLEDGED = -1;
/** Places in the row of a write: incidents that had begun when it was accepted. */
const EPOCH = 0;
/** The incident that took its last copy; it means nothing while there is one. */
const TAKEN_BY = 1;
/** Accepted, and shown by no region so far. */
const PROPOSED = 2;
/** For which operation it was proposed, -1 for none. */
const OPERATION = 3;
/** It was the restore of a backup that took it. */
const RESTORED_AWAY = 4;
const ROW = 5;
/** In place of an incident: live regions hold it. */
const NOT_AWAY = -2;

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
  private readonly succession: Succession;
  private readonly inheritance: Inheritance;
  /** By write a row. */
  private rows = new Int32Array(1024 * ROW);
  /** Incidents that have begun by now. */
  private begun = 0;
  private readonly deleted: DeletedVersions;
  private restoredAt = Number.NEGATIVE_INFINITY;
  private readonly blame: Blame;
  readonly staleness: Staleness;
  merges: MergeTelemetry | null = null;
  /** After it nobody waits for an operation. */
  private readonly deadline: number;

  constructor(
    private readonly plan: Plan,
    private readonly groups: Groups,
    private readonly engine: Engine,
    private readonly writes: Writes,
    private readonly up: Uint8Array,
    private readonly incidents: readonly IncidentSpan[],
    private readonly onConflict: (region: number) => void,
    private readonly isSecond: (operation: number, write: number) => boolean,
    private readonly merging: Merging,
    /** Whether reads are answered by what several copies have shown before. */
    gathers: boolean,
  ) {
    super();
    this.conflicts = new Float64Array(plan.regions.length);
    this.staleReads = new Float64Array(plan.regions.length);
    this.reads = new Float64Array(plan.regions.length);
    this.succession = new Succession(writes);
    this.inheritance = new Inheritance(writes);
    this.deleted = new DeletedVersions(writes);
    this.deadline = longestDeadline(plan);
    this.blame = new Blame(plan, incidents);
    this.recoveryPoints = incidents.map(() => new Float64Array(plan.data.shards));
    this.unsettled = new Unsettled(writes, groups, hasDisk(plan.storage), gathers, plan.regions.length, engine);
    this.unsettled.acknowledgedAt = this.acknowledgedAt;
    this.staleness = new Staleness(engine, writes, merging, this.unsettled, this.deadline);
  }

  override writeAccepted(
    write: number,
    region: number,
    before: number,
    after: number,
    repeated: boolean,
    operation: number,
    shown: boolean,
  ): void {
    if (this.writes.capacity > this.acknowledgedAt.length) this.grow(this.writes.capacity);
    if (repeated && shown) this.duplicateEffects++;
    this.acknowledgedAt[write] = NOT_ACKNOWLEDGED;
    while (this.begun < this.incidents.length && this.incidents[this.begun]!.start < this.engine.now) this.begun++;
    this.rows[write * ROW + EPOCH] = this.begun;
    this.succession.begin(write);
    this.inheritance.begin(write);
    this.deleted.begin(write);
    this.rows[write * ROW + RESTORED_AWAY] = 0;
    this.unsettled.begin(write);
    // What is only proposed is there for nobody; it is once a region shows it.
    if (shown) this.stands(write, region, before, after);
    else {
      this.rows[write * ROW + PROPOSED] = 1;
      this.rows[write * ROW + OPERATION] = operation;
    }
  }

  /** The write is there from now on: which earlier ones has it seen? */
  private stands(write: number, region: number, before: number, after: number): void {
    const took = this.writes.comprises(after, write);
    const key = this.writes.key[write]!;
    this.rows[write * ROW + PROPOSED] = 0;
    const { unsettled } = this;
    unsettled.prune(key, this.engine.now - this.deadline);
    // It was made elsewhere, without knowing what it has found.
    const blind = !took && this.writes.origin[write] !== region;
    let conflict = blind;
    for (let earlier = unsettled.heads[key]!; earlier !== NONE; earlier = unsettled.next[earlier]!) {
      if (!unsettled.sees(earlier, region)) conflict = true;
    }
    if (conflict) {
      this.conflicts[region]! += 1;
      this.onConflict(region);
    }
    if (took && before !== NONE) this.replaces(write, before, region);
    this.deleted.isThere(write, true);
    unsettled.add(write, region, blind);
  }

  /** The write has been made on top of what was shown, knowing it; or some of it, where its session says what it knows. */
  private replaces(write: number, before: number, region: number): void {
    const deletes = this.writes.meaning[write] === DELETES;
    if (!deletes && !this.writes.isBundle(before)) {
      if (this.merging.hadSeen(write, before)) this.succession.replaces(write, before);
      return;
    }
    const known = this.writes.standing(before).filter((each) => this.merging.hadSeen(write, each));
    if (deletes) this.deleted.add(write, known);
    for (const each of known)
      if (deletes)
        this.rows[each * ROW + TAKEN_BY] = this.blame.of(
          region,
          this.groups.of(this.writes.key[each]!),
          this.engine.now,
        );
      else this.succession.replaces(write, each);
  }

  override writeReceived(write: number, region: number): void {
    if (this.rows[write * ROW + PROPOSED] === 1) return;
    // Off the wire again after its last copy was gone.
    if (this.writes.holders[write] === 1 << region) this.deleted.isThere(write, true);
    this.unsettled.hold(write);
  }

  override writeApplied(write: number, region: number, before: number, after: number): void {
    if (this.rows[write * ROW + PROPOSED] === 1) {
      if (this.rows[write * ROW + OPERATION]! >= 0 && this.isSecond(this.rows[write * ROW + OPERATION]!, write))
        this.duplicateEffects++;
      this.stands(write, region, before, after);
    } else {
      this.unsettled.show(write, region);
      // Its author may have read elsewhere what it meets here, and replaces.
      if (before !== NONE && this.merging.asksSessions(write))
        this.succession.replacesAll(write, this.merging.replacedBy(write, before, after));
    }
  }

  override writeUndone(write: number, region: number): void {
    if (this.rows[write * ROW + PROPOSED] === 1) {
      this.unsettled.lose(write, region);
      return;
    }
    const anywhere = this.writes.holders[write] !== 0;
    if (!anywhere) {
      // First, since it may be forgotten with its place among the unsettled, and then its fate is counted.
      this.rows[write * ROW + TAKEN_BY] = this.blame.of(region, this.groupOf(write), this.engine.now);
      this.rows[write * ROW + RESTORED_AWAY] = this.engine.now === this.restoredAt ? 1 : 0;
      this.succession.vanishes(write);
    }
    this.unsettled.hide(write, region, anywhere);
    if (!anywhere) this.deleted.isThere(write, false);
  }

  override copyGivenUp(region: number, group: number): void {
    this.unsettled.missAgain(region, group, this.engine.now - this.deadline, this.succession);
  }

  override writeSynced(write: number, region: number): void {
    this.unsettled.endure(write, region);
  }

  override writeAcknowledged(write: number): void {
    this.acknowledgedAt[write] = this.engine.now;
    this.acknowledged++;
  }

  override readServed(
    region: number,
    key: number,
    shown: number,
    issuedAt: number,
    _attempt: number,
    gathered: boolean,
  ): void {
    // Nobody waits for it any more.
    if (issuedAt < this.engine.now - this.deadline) return;
    this.reads[region]! += 1;
    if (this.staleness.isStale(region, key, shown, issuedAt, gathered)) this.staleReads[region]! += 1;
  }

  override dataRestored(): void {
    this.restoredAt = this.engine.now;
  }

  override leaderChanged(region: number, _term: number, group: number): void {
    this.blame.leads(region, group);
  }

  override failoverEnded(from: number, _to: number, start: number, planned: boolean, group: number): void {
    if (!planned) this.blame.deposed(from, group, start);
  }

  override writeForgotten(write: number): void {
    if (this.rows[write * ROW + PROPOSED] === 1) return;
    this.unsettled.forget(write);
    const acknowledgedAt = this.acknowledgedAt[write]!;
    const superseded = this.succession.isSuperseded(write);
    const heir = this.succession.forget(write, superseded);
    if (heir !== NONE) {
      this.inheritance.pass(write, heir);
      if (acknowledgedAt >= 0) this.inheritance.add(heir, this.rows[write * ROW + EPOCH]!, acknowledgedAt);
      return;
    }
    if (acknowledgedAt >= 0) this.countHidden(write, superseded);
    this.countInherited(write, superseded);
  }

  /**
   * The fates of the writes that something still holds when the run ends. `shown` is the write that each copy shows, by
   * key, and the region that it is in.
   */
  conclude(shown: readonly { readonly id: number; readonly whole: Int32Array }[]): void {
    this.unsettled.conclude();
    const alive = aliveOf(this.up, this.plan.regions.length);
    const current = new Uint8Array(this.writes.bound);
    this.merges?.conclude(shown, this.up);
    for (const { id, whole } of shown)
      for (const version of this.up[id] === 1 ? whole : [])
        if (version !== NONE) for (const write of this.writes.standing(version)) current[write] = 1;
    for (let write = 0; write < this.writes.bound; write++) {
      if (!this.writes.isTaken(write) || this.rows[write * ROW + PROPOSED] === 1) continue;
      const superseded = this.succession.isSuperseded(write);
      const away = this.writes.holders[write] !== 0 && (this.writes.holders[write]! & alive) === 0;
      this.countInherited(write, superseded, away ? this.lastBlame(write) : NOT_AWAY);
      if (this.acknowledgedAt[write]! < 0) continue;
      if (away) {
        this.unavailable++;
        this.countMissing(write, this.lastBlame(write));
      } else if (this.writes.holders[write] !== 0 && current[write] === 1) this.surviving++;
      else this.countHidden(write, superseded);
    }
  }

  /** The fate of a write that no live copy shows. What was only deleted is lost, whoever has it in a log. */
  private countHidden(write: number, superseded: boolean): void {
    if (superseded) this.superseded++;
    else if (this.writes.holders[write] === 0 || this.deleted.isDeleted(write))
      this.countLost(write, this.rows[write * ROW + EPOCH]!, 1, this.acknowledgedAt[write]!);
    else this.overwritten++;
  }

  /** Those whose fate rests on this one: lost with it, away with it, or superseded, as where somebody has only deleted it. */
  private countInherited(write: number, superseded: boolean, away = NOT_AWAY): void {
    const isGone = !superseded && this.writes.holders[write] === 0;
    this.inheritance.take(write, (epoch, count, oldest) => {
      if (isGone) this.countLost(write, epoch, count, oldest);
      else if (away === NOT_AWAY) this.superseded += count;
      else this.unavailable += count;
      if (away !== NOT_AWAY) this.countMissing(write, away, oldest);
    });
  }

  /** A write is missing since the last of its holders was struck. */
  private lastBlame(write: number): number {
    let last = NONE;
    for (let region = 0; region < this.plan.regions.length; region++)
      if (this.writes.isHeldBy(write, region))
        last = Math.max(last, this.blame.of(region, this.groupOf(write), this.engine.now));
    return last;
  }

  private groupOf(write: number): number {
    return this.groups.of(this.writes.key[write]!);
  }

  /** So many writes have gone with this one, the oldest of them acknowledged then; of one epoch, all of them. */
  private countLost(write: number, epoch: number, count: number, acknowledgedAt: number): void {
    this.lost += count;
    const incident = this.rows[write * ROW + TAKEN_BY]!;
    this.countMissing(write, incident, acknowledgedAt);
    // By a primary that did not know that it was none. What was accepted before and answered after is no such write.
    if (this.rows[write * ROW + RESTORED_AWAY] === 1) this.rolledBack += count;
    else if (incident >= 0 && epoch > incident) this.splitBrain += count;
  }

  /** Charges a missing write to the incident that parted it from the surviving copies. */
  private countMissing(write: number, incident: number, acknowledgedAt = this.acknowledgedAt[write]!): void {
    if (incident < 0) return;
    const age = this.incidents[incident]!.start - acknowledgedAt;
    const shard = this.writes.key[write]! % this.plan.data.shards;
    const points = this.recoveryPoints[incident]!;
    if (age > points[shard]!) points[shard] = age;
  }

  private grow(length: number): void {
    const from = this.acknowledgedAt.length;
    this.rows = lengthened(this.rows, length * ROW);
    this.acknowledgedAt = lengthenedDoubles(this.acknowledgedAt, length).fill(NOT_ACKNOWLEDGED, from);
    this.unsettled.acknowledgedAt = this.acknowledgedAt;
  }
}
