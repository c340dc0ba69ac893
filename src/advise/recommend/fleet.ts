import type { Candidate } from "./candidates.js";
import type { Ground } from "./ground.js";

/** Share of its workers that a region keeps busy at the peak, another region lost. */
export const BUSY = 0.6;
/** The peak over the mean of a day, as the users of a scenario have it. */
export const SWING = 1.6;
/** Workers of one instance. */
export const WORKERS = 8;

/** Workers that each region of a candidate needs, by the order of its regions: before and after the loss of another. */
export interface Fleet {
  readonly standing: readonly number[];
  readonly full: readonly number[];
}

/**
 * Sized so that whoever is left carries the peak: one that is too small for that is no candidate. `scale` is of a model of
 * the whole.
 */
export function fleetOf({ form, regions, primary }: Candidate, ground: Ground, scale = 1): Fleet {
  const { users, serviceTime } = ground.requirements;
  const workers = (rate: number): number => Math.max(1, Math.ceil((rate * scale * SWING * serviceTime) / 1e6 / BUSY));
  const total = users.reduce((sum, { rate }) => sum + rate, 0);
  if (form.routing === "primary") {
    const full = regions.map(() => workers(total));
    const standing = regions.map((region) =>
      region === primary
        ? workers(total)
        : form.standing === 0
          ? form.name === "backup-and-restore"
            ? 0
            : 1
          : Math.ceil(form.standing * workers(total)),
    );
    return { standing, full };
  }
  const writes = users.reduce((sum, { rate, reads }) => sum + rate * (1 - reads), 0);
  const full = regions.map((region) => {
    let most = 0;
    for (const lost of [-1, ...regions]) {
      if (lost === region) continue;
      const left = regions.filter((each) => each !== lost);
      const own = users.reduce((sum, { rate }, place) => sum + (ground.nearest(place, left) === region ? rate : 0), 0);
      most = Math.max(most, own);
    }
    // Whoever leads does the writes of all.
    return workers(most + (form.led ? writes : 0));
  });
  return { standing: full, full };
}
