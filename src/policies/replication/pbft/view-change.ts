import type { Host, RegionId } from "../../contract.js";
import { EMPTY, type Entry, NO_ENTRY, type PbftLetter } from "./letter.js";
import { type Slots, WINDOW } from "./slots.js";

/** What a new view begins with: places from beyond `stable` up to `last`, those without an entry left empty. */
export interface Beginning {
  readonly stable: number;
  readonly last: number;
  readonly entries: ReadonlyMap<number, Entry>;
}

/** Who asks for which view, with what each had prepared: the letters themselves, kept. */
export class ViewChanges {
  private readonly letters = new Map<RegionId, PbftLetter>();

  constructor(private readonly host: Host<PbftLetter>) {}

  take(letter: PbftLetter): void {
    const earlier = this.letters.get(letter.from);
    if (earlier !== undefined && earlier.view >= letter.view) return;
    if (earlier !== undefined) this.host.letGo(earlier);
    this.host.keepLetter(letter);
    this.letters.set(letter.from, letter);
  }

  /** The host has died, and what it kept with it. */
  forget(): void {
    this.letters.clear();
  }

  /** The lowest view beyond this one that so many others ask for a later view than this, at least; 0 if they are too few. */
  joins(view: number, needed: number): number {
    let lowest = Number.POSITIVE_INFINITY;
    let asking = 0;
    for (const letter of this.letters.values()) {
      if (letter.view <= view) continue;
      asking++;
      lowest = Math.min(lowest, letter.view);
    }
    return asking >= needed ? lowest : 0;
  }

  /** Others that ask for this very view. */
  asking(view: number): number {
    let sum = 0;
    for (const letter of this.letters.values()) if (letter.view === view) sum++;
    return sum;
  }

  /** Of each place what was prepared in the latest view, as all who ask for this view say, this node included. */
  beginning(view: number, stable: number, own: Slots): Beginning {
    const views = new Map<number, number>();
    const entries = new Map<number, Entry>();
    let [first, last] = [stable, stable];
    const take = (place: number, entry: Entry, prepared: number): void => {
      if ((views.get(place) ?? -1) >= prepared) return;
      views.set(place, prepared);
      entries.set(place, entry);
      last = Math.max(last, place);
    };
    for (const letter of this.letters.values()) {
      if (letter.view !== view) continue;
      first = Math.max(first, letter.stable);
      letter.each(take);
    }
    for (let place = stable + 1; place <= stable + WINDOW; place++) {
      const slot = own.find(place);
      if (slot !== undefined && slot.preparedView >= 0) take(place, slot.preparedEntry, slot.preparedView);
    }
    return { stable: first, last: Math.max(first, last), entries };
  }
}

/** Puts the places of a beginning into a letter. */
export function writeBeginning(letter: PbftLetter, { stable, last, entries }: Beginning): void {
  letter.clear();
  letter.stable = stable;
  letter.sequence = last;
  for (let place = stable + 1; place <= last; place++) letter.add(place, 0, entries.get(place) ?? NO_ENTRY);
}

export const isEmpty = ({ origin }: Entry): boolean => origin === EMPTY;
