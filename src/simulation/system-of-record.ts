import type { Engine } from "../engine/engine.js";
import type { Streams } from "../engine/random.js";
import { Backups } from "./backups.js";
import type { Conditions } from "./conditions.js";
import { CrashLoops } from "./crash-loops.js";
import { Deletions } from "./deletions.js";
import { BACKUP, CRASH, RESTORE } from "./events.js";
import type { Groups } from "./groups.js";
import type { DataHardship } from "./hardships.js";
import type { Lives } from "./lives.js";
import type { Observer } from "./observer.js";
import type { Plan } from "./plan.js";
import type { Replicas } from "./replicas.js";
import type { Writes } from "./writes.js";

/** What people do to the data as a whole, by mistake and to mend it, rather than users to single keys. */
export class SystemOfRecord {
  /** Of each group of keys by itself; none where there are no backups. */
  private readonly backups: readonly Backups[];
  readonly crashLoops: CrashLoops;
  private readonly deletions: Deletions;

  constructor(
    plan: Plan,
    engine: Engine,
    random: Streams,
    groups: Groups,
    conditions: Conditions,
    lives: Lives,
    replicas: Replicas,
    writes: Writes,
    observer: Observer,
  ) {
    const { backups } = plan;
    const backupsOf = (group: number): Backups =>
      new Backups(plan, backups!, engine, groups, group, replicas, lives, writes, observer);
    this.backups = backups === null ? [] : [...groups.all.keys()].map(backupsOf);
    this.crashLoops = new CrashLoops(engine, conditions, lives.hostLives, replicas, writes, random, groups.keys);
    this.deletions = new Deletions(random, groups.keys, replicas, this.backups, observer);
  }

  start(): void {
    for (const each of this.backups) each.archive();
  }

  /** A disk is lost. */
  copyLost(): void {
    for (const each of this.backups) each.copyLost();
  }

  /** The controller knows nobody who could lead. */
  nobodyLeads(): void {
    for (const each of this.backups) each.nobodyLeads();
  }

  begin(fault: number, hardship: DataHardship): void {
    if (hardship.kind === "deletion") this.deletions.strike(hardship);
    else this.crashLoops.begin(fault, hardship);
  }

  end(fault: number): void {
    this.crashLoops.end(fault);
  }

  /** Event: of backups and restores, which belong to a group of keys, and of crashes and restarts, to a region. */
  dispatch(kind: number, region: number, payload: number, life: number): void {
    if (kind === BACKUP) this.backups[region]!.archive();
    else if (kind === RESTORE) this.backups[region]!.step(payload);
    else if (kind === CRASH) this.crashLoops.crash(region, payload, life);
    else this.crashLoops.restarted(region);
  }
}
