import { broken } from "./bounds.js";
import type { Estimate } from "./estimate.js";
import { familyOf } from "./forms.js";
import type { Requirements } from "./requirements.js";
import type { Kept } from "./screening.js";

export interface Selection {
  readonly chosen: readonly Kept[];
  /** Left out, and in the noise-free model no better in anything than one that was chosen. */
  readonly worse: number;
  /** Left out for want of runs. */
  readonly open: number;
}

/** Of each pattern, so that every one that could do has been looked at. */
const OF_EACH = 2;

/**
 * Which of those that no bound prunes are simulated, at most so many: of each pattern the cheapest and the quickest, then
 * what nothing beats in the noise-free model, by turns the cheapest and the quickest. Those that keep the requirements
 * there go first.
 */
export function select(kept: readonly Kept[], required: Requirements, most: number): Selection {
  const fits = new Set(kept.filter(({ candidate, typical }) => broken(candidate, typical, required).length === 0));
  const order = (by: (each: Kept) => number): Kept[] =>
    kept.toSorted((a, b) => Number(fits.has(b)) - Number(fits.has(a)) || by(a) - by(b));
  const cheapest = order(({ typical }) => typical.cost ?? 0);
  const quickest = order(({ typical }) => typical.p95);
  const chosen = new Set<Kept>();
  const take = (each: Kept | undefined): void => {
    if (each !== undefined && chosen.size < most) chosen.add(each);
  };
  for (const family of new Set(kept.map(({ candidate }) => familyOf(candidate.form)))) {
    const own = (all: readonly Kept[]): Kept[] => all.filter(({ candidate }) => familyOf(candidate.form) === family);
    const lists = [own(cheapest), own(quickest)];
    for (let place = 0; place < OF_EACH / 2; place++) for (const list of lists) take(list[place]);
  }
  const front = new Set(frontOf(quickest));
  for (const only of [(each: Kept) => front.has(each), () => true]) {
    const lists = [cheapest, quickest].map((list) => list.filter(only));
    for (let place = 0; place < Math.max(...lists.map(({ length }) => length)) && chosen.size < most; place++)
      for (const list of lists) take(list[place]);
  }
  const left = kept.filter((each) => !chosen.has(each));
  const worse = left.filter((each) => [...chosen].some((better) => noWorse(better.typical, each.typical))).length;
  return { chosen: [...chosen], worse, open: left.length - worse };
}

const noWorse = (one: Estimate, other: Estimate): boolean =>
  (one.cost ?? 0) <= (other.cost ?? 0) && one.p95 <= other.p95 && one.rto <= other.rto && one.rpo <= other.rpo;

/** What nothing else is as good as in everything; of equals the first. */
function frontOf(kept: readonly Kept[]): Kept[] {
  const front: Kept[] = [];
  for (const each of kept) {
    if (front.some((other) => noWorse(other.typical, each.typical))) continue;
    const still = front.filter((other) => !noWorse(each.typical, other.typical));
    front.length = 0;
    front.push(...still, each);
  }
  return front;
}
