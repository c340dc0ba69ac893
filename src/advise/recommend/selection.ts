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

/**
 * Which of those that no bound prunes are simulated, at most so many: of each pattern the cheapest and the quickest, so that
 * every one that could do has been looked at; then what nothing beats in the noise-free model, by turns the cheapest and the
 * quickest. Those that keep the requirements there go first.
 */
export function select(kept: readonly Kept[], required: Requirements, most: number): Selection {
  const [fit, unfit]: [Kept[], Kept[]] = [[], []];
  for (const each of kept) (broken(each.candidate, each.typical, required).length === 0 ? fit : unfit).push(each);
  const order = (by: (each: Kept) => number): Kept[] =>
    [fit, unfit].flatMap((some) => some.toSorted((a, b) => by(a) - by(b)));
  const cheapest = order(({ typical }) => typical.cost ?? 0);
  const quickest = order(({ typical }) => typical.p95);
  const chosen = new Set<Kept>();
  const take = (each: Kept | undefined): void => {
    if (each !== undefined && chosen.size < most) chosen.add(each);
  };
  const firsts = [cheapest, quickest].map(firstOfEach);
  for (const family of new Set(kept.map(({ candidate }) => familyOf(candidate.form))))
    for (const first of firsts) take(first.get(family));
  const front = new Set(frontOf(quickest));
  for (const only of [(each: Kept) => front.has(each), () => true]) {
    const lists = [cheapest, quickest].map((list) => list.filter(only));
    for (let place = 0; place < Math.max(...lists.map(({ length }) => length)) && chosen.size < most; place++)
      for (const list of lists) take(list[place]);
  }
  const all = [...chosen];
  const left = kept.filter((each) => !chosen.has(each));
  const worse = left.filter((each) => all.some((better) => noWorse(better.typical, each.typical))).length;
  return { chosen: all, worse, open: left.length - worse };
}

/** By pattern. */
function firstOfEach(all: readonly Kept[]): ReadonlyMap<string, Kept> {
  const firsts = new Map<string, Kept>();
  for (const each of all) {
    const family = familyOf(each.candidate.form);
    if (!firsts.has(family)) firsts.set(family, each);
  }
  return firsts;
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
