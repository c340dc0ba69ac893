import type { Metered } from "../simulation/outcome.js";
import type { Plan } from "../simulation/plan.js";

/** Of a write beside its value, as it is stored and sent in the simulation. */
const WRITE_BYTES = 64;

export interface BackupBytes {
  /** Where the backups are, and the copy that they are made of. */
  readonly region: number;
  readonly from: number;
  readonly stored: number;
  /** Bytes a microsecond that come to be kept. */
  readonly copied: number;
}

/**
 * What backups take in the long run, of which a run of hours is too short to show anything. Providers' snapshots are
 * incremental: the first has the size of the data, and each later one, or the archived log, what was written since; that
 * is kept for the retention. Null where there are none.
 */
export function backupsOf(plan: Plan, { writes, duration }: Metered): BackupBytes | null {
  const { backups, data, regions, policies } = plan;
  if (backups === null) return null;
  const { region, retention } = backups;
  const copied = (writes * bytesOfWrite(plan)) / duration;
  const here = regions[region]!;
  const first =
    policies.primary >= 0 ? policies.primary : regions.findIndex(({ replica, waiting }) => replica && !waiting);
  return {
    region,
    from: here.replica && !here.waiting ? region : first,
    stored: data.size + copied * retention,
    copied,
  };
}

/** The mean over the classes of data, by how often each is written. */
function bytesOfWrite({ data, places }: Plan): number {
  const rate = places.reduce((sum, place) => sum + place.rate, 0);
  const usual = rate === 0 ? 0 : places.reduce((sum, place) => sum + place.rate * place.readShare, 0) / rate;
  const weights = data.classes.map(({ share, reads }) => share * (1 - (reads ?? usual)));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  if (all === 0) return 0;
  return data.classes.reduce((sum, { valueBytes }, at) => sum + (weights[at]! / all) * (WRITE_BYTES + valueBytes), 0);
}
