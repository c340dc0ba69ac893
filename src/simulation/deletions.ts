import type { Keyed, Streams } from "../engine/random.js";
import type { Backups } from "./backups.js";
import type { DeletionHardship } from "./hardships.js";
import type { Observer } from "./observer.js";
import type { Replicas } from "./replicas.js";

const NONE = -1;

/**
 * Data that somebody deletes by mistake from the system of record, row by row. To the machinery that is one write more
 * for each key: replication carries it everywhere.
 */
export class Deletions {
  private readonly luck: Keyed;
  private strikes = 0;

  constructor(
    random: Streams,
    private readonly keys: number,
    private readonly replicas: Replicas,
    private readonly backups: readonly Backups[],
    private readonly observer: Observer,
  ) {
    this.luck = random.keyed("deleted keys");
  }

  strike({ share, detectAfter }: DeletionHardship): void {
    const source = this.replicas.anyRecord();
    if (source === NONE) return;
    for (const each of this.backups) each.deleting(detectAfter);
    this.observer.dataDeleted(source);
    const strike = this.strikes++;
    for (let key = 0; key < this.keys; key++) {
      if (this.luck.uniform(key, strike) >= share) continue;
      const region = this.replicas.record(key);
      if (region !== NONE) this.replicas.remove(region, key);
    }
  }
}
