import type { Engine } from "../engine/engine.js";
import { BACKUP, RESTORE } from "./events.js";
import type { Groups } from "./groups.js";
import type { Lives } from "./lives.js";
import type { Observer } from "./observer.js";
import type { BackupsPlan, Plan } from "./plan.js";
import type { ReplicaHost } from "./replica-host.js";
import type { Replicas } from "./replicas.js";
import type { Writes } from "./writes.js";

const NONE = -1;
/** Steps of a restore. */
const NOTICED = 0;
const BEGIN = 1;
const CUT_OVER = 2;
/** How often somebody looks whether a restore that cannot go on can. */
const LOOK_AGAIN = 60_000_000;

/** A state of the system of record that can be restored. */
interface Archive {
  readonly registers: Int32Array;
  readonly at: number;
  /** Writes to be replayed on the full backup before it. */
  readonly replayed: number;
}

/**
 * Backups of one group of keys, of its system of record, and the people who restore them. A full backup comes at intervals, and in between the
 * log is archived at shorter ones: what is archived can be restored as of any moment. A restore takes the time of reading
 * the backup and of replaying the log since; then every copy is given up for it, with all that was written after the
 * moment restored, and the other regions get whole copies.
 */
export class Backups {
  private latest: Archive | null = null;
  /** As it was right before somebody deleted data; it can be restored once the log up to there is archived. */
  private intact: Archive | null = null;
  private isArchived = false;
  /** The latest that was archived by then. */
  private older: Archive | null = null;
  private fullAt = Number.NEGATIVE_INFINITY;
  private fullMade = 0;
  private isRunning = false;
  /** It is because nobody leads that people restore, and not because the data are gone. */
  private isForLeader = false;
  private startedAt = 0;

  constructor(
    private readonly plan: Plan,
    private readonly backups: BackupsPlan,
    private readonly engine: Engine,
    private readonly groups: Groups,
    private readonly group: number,
    private readonly replicas: Replicas,
    private readonly lives: Lives,
    private readonly writes: Writes,
    private readonly observer: Observer,
  ) {}

  /** Event, the first one as the run begins: time for a backup, or for the archive of the log since. */
  archive(): void {
    const { interval, pointInTime } = this.backups;
    this.engine.schedule(Math.min(interval, pointInTime), BACKUP, this.group, 0, 0);
    const source = this.replicas.recordOf(this.group);
    if (source === NONE) return;
    if (this.engine.now - this.fullAt >= interval) {
      this.fullAt = this.engine.now;
      this.fullMade = this.replicas.made(this.group);
    }
    this.letGo(this.latest);
    this.latest = this.take(source);
    this.observer.backupTaken(this.vault, this.latest.registers);
    this.isArchived = pointInTime < Number.POSITIVE_INFINITY;
  }

  /** Somebody is about to delete data, and it will be noticed after so long. */
  deleting(detectAfter: number): void {
    const source = this.replicas.recordOf(this.group);
    if (source === NONE) return;
    this.engine.schedule(detectAfter, RESTORE, this.group, NOTICED, 0);
    // What an earlier deletion that is not mended yet left intact is what has to come back.
    if (this.intact !== null) return;
    this.intact = this.take(source);
    this.older = this.latest === null ? null : this.again(this.latest);
    this.isArchived = false;
  }

  /** A disk is lost; if it was the last one, only a backup is left. */
  copyLost(): void {
    if (this.replicas.anyLeft(this.group) || this.isRunning) return;
    this.isRunning = true;
    this.observer.restoreCalledFor();
    this.engine.schedule(this.backups.respond, RESTORE, this.group, BEGIN, 0);
  }

  /** The controller knows nobody who could lead: people restore into a site that waits for a backup, if there is one. */
  nobodyLeads(): void {
    if (this.isRunning || this.lives.waitingSite() === NONE) return;
    this.isRunning = this.isForLeader = true;
    this.engine.schedule(this.backups.respond, RESTORE, this.group, BEGIN, 0);
  }

  /** Event: the next step of a restore. */
  step(what: number): void {
    if (what === NOTICED) this.noticed();
    else if (what === BEGIN) this.begin();
    else this.cutOver();
  }

  private noticed(): void {
    // It may have been mended by the restore that an earlier deletion needed.
    if (this.intact === null || this.isRunning) return;
    this.isRunning = true;
    this.observer.restoreCalledFor();
    this.engine.schedule(this.backups.respond, RESTORE, this.group, BEGIN, 0);
  }

  private begin(): void {
    if (this.isOver()) return;
    const target = this.target();
    if (target === NONE || this.lives.up[this.vault] === 0) return this.later(BEGIN);
    const goal = this.goal();
    // Nothing was ever backed up, or it is kept no longer: the data will not come back.
    if (goal === null || this.engine.now - goal.at > this.backups.retention) return;
    this.startedAt = this.engine.now;
    this.observer.restoreBegan(target, goal.at, this.group);
    const { bandwidth: read, replay } = this.backups;
    const bandwidth = target === this.vault ? read : Math.min(read, this.plan.network.bandwidth);
    const took = (this.groups.all[this.group]!.size / bandwidth + goal.replayed / replay) * 1e6;
    this.engine.schedule(Math.ceil(took), RESTORE, this.group, CUT_OVER, 0);
  }

  private cutOver(): void {
    if (this.isOver()) return;
    const target = this.target();
    if (target === NONE) return this.later(CUT_OVER);
    const goal = this.goal()!;
    this.observer.dataRestored(target, goal.at, this.startedAt, this.group);
    this.lives.restoreAt(target, goal.registers, this.group);
    const restored = this.again(goal);
    for (const archive of [this.latest, this.intact, this.older]) this.letGo(archive);
    this.latest = restored;
    this.intact = this.older = null;
    this.isRunning = this.isForLeader = false;
  }

  /** Somebody leads again, so nothing need be restored: all would lose what they have written since the backup. */
  private isOver(): boolean {
    if (!this.isForLeader || this.lives.parts.control.failovers[0]!.lacksLeader || !this.replicas.anyLeft(this.group))
      return false;
    this.isRunning = this.isForLeader = false;
    return true;
  }

  /** People restore where a copy was and its host is alive; or where one is to be, when there is none or nobody leads there. */
  private target(): number {
    const target = this.isForLeader ? NONE : this.replicas.target(this.group);
    return target === NONE ? this.lives.waitingSite() : target;
  }

  private later(what: number): void {
    this.engine.schedule(LOOK_AGAIN, RESTORE, this.group, what, 0);
  }

  /** Where they are. */
  private get vault(): number {
    return this.backups.regions[this.group]!;
  }

  private goal(): Archive | null {
    if (this.intact === null) return this.latest;
    return this.isArchived ? this.intact : this.older;
  }

  private take(source: number): Archive {
    const { whole, replica } = this.hostAt(source);
    // Where no copy keeps every key, each is taken from one that does.
    const registers =
      replica.owns === undefined
        ? whole
        : whole.map((write, key) => (replica.owns!(key) ? write : this.elsewhere(key)));
    const replayed = this.replicas.made(this.group) - this.fullMade;
    return this.again({ registers, at: this.engine.now, replayed });
  }

  private elsewhere(key: number): number {
    const owner = this.replicas.record(key);
    return owner === NONE ? NONE : this.hostAt(owner).whole[key]!;
  }

  private hostAt(region: number): ReplicaHost {
    return this.replicas.hosts[this.groups.node(this.group, region)]!;
  }

  private again({ registers, at, replayed }: Archive): Archive {
    for (const write of registers) if (write !== NONE) this.writes.retain(write);
    return { registers: registers.slice(), at, replayed };
  }

  private letGo(archive: Archive | null): void {
    for (const write of archive?.registers ?? []) if (write !== NONE) this.writes.release(write);
  }
}
