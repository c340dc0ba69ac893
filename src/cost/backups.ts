import type { Metered } from "../simulation/outcome.js";
import { placementIn } from "../simulation/placement-plan.js";
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
 * What the backups of each group of keys take in the long run, of which a run of hours is too short to show anything. Providers' snapshots are
 * incremental: the first has the size of the data, and each later one, or the archived log, what was written since; that
 * is kept for the retention.
 */
export function backupsOf(plan: Plan, { writes, duration }: Metered): readonly BackupBytes[] {
  const { backups, data, regions } = plan;
  if (backups === null) return [];
  return placementIn(plan).groups.map(({ size, holders, primary }, group) => {
    const region = backups.regions[group]!;
    // Writes are taken to be spread over the groups as the data are.
    const copied = (writes * bytesOfWrite(plan) * (size / data.size)) / duration;
    const first = primary >= 0 ? primary : holders.find((holder) => !regions[holder]!.waiting)!;
    return {
      region,
      from: holders.includes(region) && !regions[region]!.waiting ? region : first,
      stored: size + copied * backups.retention,
      copied,
    };
  });
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
