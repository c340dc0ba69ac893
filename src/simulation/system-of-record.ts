import type { Engine } from "../engine/engine.js";
import type { Streams } from "../engine/random.js";
import { Backups } from "./backups.js";
import type { Conditions } from "./conditions.js";
import { CrashLoops } from "./crash-loops.js";
import { Deletions } from "./deletions.js";
import { BACKUP, CRASH, RESTORE } from "./events.js";
import type { DataHardship } from "./hardships.js";
import type { Lives } from "./lives.js";
import type { Observer } from "./observer.js";
import type { Plan } from "./plan.js";
import type { Replicas } from "./replicas.js";
import type { Writes } from "./writes.js";

/** What people do to the data as a whole, by mistake and to mend it, rather than users to single keys. */
export class SystemOfRecord {
  /** Null where there are none. */
  readonly backups: Backups | null;
  readonly crashLoops: CrashLoops;
  private readonly deletions: Deletions;

  constructor(
    plan: Plan,
    engine: Engine,
    random: Streams,
    keys: number,
    conditions: Conditions,
    lives: Lives,
    replicas: Replicas,
    writes: Writes,
    observer: Observer,
  ) {
    const { backups } = plan;
    this.backups = backups === null ? null : new Backups(plan, backups, engine, replicas, lives, writes, observer);
    this.crashLoops = new CrashLoops(engine, conditions, lives.hostLives, replicas, writes, random, keys);
    this.deletions = new Deletions(random, keys, replicas, this.backups, observer);
  }

  start(): void {
    this.backups?.archive();
  }

  begin(fault: number, hardship: DataHardship): void {
    if (hardship.kind === "deletion") this.deletions.strike(hardship);
    else this.crashLoops.begin(fault, hardship);
  }

  end(fault: number): void {
    this.crashLoops.end(fault);
  }

  /** Event: of backups, restores, crashes and restarts. */
  dispatch(kind: number, region: number, payload: number, life: number): void {
    if (kind === BACKUP) this.backups!.archive();
    else if (kind === RESTORE) this.backups!.step(payload);
    else if (kind === CRASH) this.crashLoops.crash(region, payload, life);
    else this.crashLoops.restarted(region);
  }
}
