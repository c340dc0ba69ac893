import type { Candidate } from "./candidates.js";
import type { Ground } from "./ground.js";
import type { ClassNeed, Requirements } from "./requirements.js";
import { servedAt } from "./serving.js";

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
export function fleetOf(candidate: Candidate, ground: Ground, scale = 1): Fleet {
  const { form, regions, primary } = candidate;
  const { users, classes, serviceTime } = ground.requirements;
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
  // Whoever leads, or may have to, does what others hand on.
  const handed = classes.reduce((sum, need) => sum + handedOn(candidate, need, users), 0);
  const full = regions.map((region) => {
    let most = 0;
    for (const lost of [-1, ...regions]) {
      if (lost === region) continue;
      const left = regions.filter((each) => each !== lost);
      const own = users.reduce((sum, { rate }, place) => sum + (ground.nearest(place, left) === region ? rate : 0), 0);
      most = Math.max(most, own);
    }
    return workers(most + handed);
  });
  return { standing: full, full };
}

/** Requests per second of a class that the region where they come in hands on to one that leads. */
function handedOn(candidate: Candidate, need: ClassNeed, users: Requirements["users"]): number {
  const { form } = candidate;
  const isDivided = form.name === "geo-partitioned";
  if (!form.led && !isDivided) return 0;
  // Nearest to its users, a home is where they come in anyway, unless the law has it elsewhere.
  if (isDivided && need.owned && need.allowed === null) return 0;
  const readsToo = servedAt(candidate, need) === "strong" || (isDivided && need.owned);
  return users.reduce((sum, { rate, reads }) => sum + rate * need.share * (readsToo ? 1 : 1 - reads), 0);
}
