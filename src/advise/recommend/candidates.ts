import type { Level } from "./format.js";
import { FORMS, type Form } from "./forms.js";

/** Regions × pattern × consistency × primary. */
export interface Candidate {
  readonly form: Form;
  /** Ids of the regions, ascending. */
  readonly regions: readonly number[];
  /** -1 where nobody leads. */
  readonly primary: number;
  /** What every read shows at least; a class that needs more gets it. */
  readonly level: Level;
}

/** Data that belong to nobody cannot be divided by whose they are. */
const formsFor = (owned: boolean): readonly Form[] =>
  owned ? FORMS : FORMS.filter(({ name }) => name !== "geo-partitioned");

/** Every one, in an order that depends on nothing but the number of regions and whether data belong to somebody. */
export function* candidates(regions: number, most: number, owned: boolean): Generator<Candidate> {
  const forms = formsFor(owned);
  for (let size = 1; size <= most; size++)
    for (const chosen of subsets(regions, size))
      for (const form of forms)
        if (size >= form.least && size <= form.most)
          for (const level of form.levels)
            for (const primary of form.led ? chosen : [-1]) yield { form, regions: chosen, primary, level };
}

export function candidateCount(regions: number, most: number, owned: boolean): number {
  let count = 0;
  for (let size = 1; size <= Math.min(most, regions); size++) {
    const forms = formsFor(owned).filter(({ least, most: largest }) => size >= least && size <= largest);
    const each = forms.reduce((sum, { levels, led }) => sum + levels.length * (led ? size : 1), 0);
    count += chosenFrom(regions, size) * each;
  }
  return count;
}

function chosenFrom(all: number, size: number): number {
  let count = 1;
  for (let index = 1; index <= size; index++) count = (count * (all - size + index)) / index;
  return Math.round(count);
}

function* subsets(all: number, size: number, from = 0): Generator<readonly number[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = from; first <= all - size; first++)
    for (const rest of subsets(all, size - 1, first + 1)) yield [first, ...rest];
}
