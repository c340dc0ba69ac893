import type { Host } from "../../contract.js";
import { ANYTHING, EMPTY, type Entry, NO_ENTRY, type PbftLetter, UNSET } from "./letter.js";

/** Places that may be under way beyond the last stable one; and those that are remembered, to be sent to who lacks them. */
export const WINDOW = 1024;
const REMEMBERED = 4 * WINDOW;

/** One place in the order. */
export class Slot {
  sequence = 0;
  view = -1;
  entry: Entry = NO_ENTRY;
  isProposed = false;
  isPrepared = false;
  isCommitted = false;
  /** The last view in which it was prepared, and what: a later view must not forget that. */
  preparedView = -1;
  preparedEntry: Entry = NO_ENTRY;
  readonly prepares: Int32Array;
  readonly commits: Int32Array;

  constructor(regions: number) {
    this.prepares = new Int32Array(regions).fill(UNSET);
    this.commits = new Int32Array(regions).fill(UNSET);
  }

  /** Those whose vote is for what is proposed here. */
  count(votes: Int32Array): number {
    let sum = 0;
    for (let region = 0; region < votes.length; region++)
      if (votes[region] === this.entry.write || votes[region] === ANYTHING) sum++;
    return sum;
  }
}

/** The order as one replica knows it, as a ring of places. */
export class Slots {
  private readonly ring: (Slot | undefined)[] = new Array(REMEMBERED);

  constructor(
    private readonly host: Host<PbftLetter>,
    private readonly regions: number,
  ) {}

  /** The place in that view: what was heard of it in earlier ones counts no more. */
  at(sequence: number, view: number): Slot {
    const index = sequence % REMEMBERED;
    let slot = this.ring[index];
    if (slot === undefined) this.ring[index] = slot = new Slot(this.regions);
    if (slot.sequence !== sequence) {
      this.release(slot);
      slot.sequence = sequence;
    }
    if (view > slot.view) {
      slot.view = view;
      slot.isProposed = slot.isPrepared = false;
      slot.prepares.fill(UNSET);
      slot.commits.fill(UNSET);
    }
    return slot;
  }

  /** What is known of the place, if anything is. */
  find(sequence: number): Slot | undefined {
    const slot = this.ring[sequence % REMEMBERED];
    return slot?.sequence === sequence ? slot : undefined;
  }

  propose(slot: Slot, entry: Entry): void {
    this.keep(entry);
    this.forget(slot.entry);
    slot.entry = entry;
    slot.isProposed = true;
  }

  prepared(slot: Slot): void {
    this.keep(slot.entry);
    this.forget(slot.preparedEntry);
    slot.isPrepared = true;
    slot.preparedView = slot.view;
    slot.preparedEntry = slot.entry;
  }

  private release(slot: Slot): void {
    this.forget(slot.entry);
    this.forget(slot.preparedEntry);
    slot.entry = slot.preparedEntry = NO_ENTRY;
    slot.view = slot.preparedView = -1;
    slot.isCommitted = false;
  }

  private keep({ write }: Entry): void {
    if (write !== EMPTY) this.host.keep(write);
  }

  private forget({ write }: Entry): void {
    if (write !== EMPTY) this.host.forget(write);
  }
}
