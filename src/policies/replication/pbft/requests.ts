import type { Host, OperationId } from "../../contract.js";
import { EMPTY, type Entry, NO_ENTRY, type PbftLetter } from "./letter.js";

interface Pending extends Entry {
  readonly since: number;
  /** -1 where another region answers for it. */
  readonly operation: OperationId;
}

/** Requests that this replica knows of and that are not carried out, and which have been. */
export class Requests {
  private readonly pending: Pending[] = [];
  /** By origin: all up to a number, and some beyond it. */
  private readonly floors: number[] = [];
  private readonly beyond: Set<number>[] = [];

  constructor(private readonly host: Host<PbftLetter>) {}

  get all(): readonly Pending[] {
    return this.pending;
  }

  /** It waits from now on, if it does not already and is not carried out. */
  add(write: number, origin: number, stamp: number, operation: OperationId = -1): Entry {
    const at = this.find(origin, stamp);
    if (at >= 0) return this.pending[at]!;
    const entry = { write, origin, stamp, since: this.host.now, operation };
    if (this.isDone(origin, stamp)) return entry;
    this.host.keep(write);
    this.pending.push(entry);
    return entry;
  }

  /** The one that a letter carries. */
  entryOf({ origin, stamp, writes }: PbftLetter): Entry {
    if (origin === EMPTY) return NO_ENTRY;
    const at = this.find(origin, stamp);
    return at >= 0 ? this.pending[at]! : { write: writes.at(0), origin, stamp };
  }

  private find(origin: number, stamp: number): number {
    for (let at = 0; at < this.pending.length; at++) {
      const each = this.pending[at]!;
      if (each.origin === origin && each.stamp === stamp) return at;
    }
    return -1;
  }

  isDone(origin: number, stamp: number): boolean {
    return stamp <= (this.floors[origin] ?? 0) || this.beyond[origin]?.has(stamp) === true;
  }

  /** It is carried out: whoever waits for it here is answered. */
  done({ origin, stamp }: Entry): void {
    this.count(origin, stamp);
    const at = this.find(origin, stamp);
    if (at < 0) return;
    const { write, operation } = this.pending[at]!;
    this.pending.copyWithin(at, at + 1);
    this.pending.length--;
    if (operation >= 0) this.host.answer(operation);
    this.host.forget(write);
  }

  private count(origin: number, stamp: number): void {
    let floor = this.floors[origin] ?? 0;
    if (stamp === floor + 1) floor++;
    else (this.beyond[origin] ??= new Set()).add(stamp);
    const beyond = this.beyond[origin];
    if (beyond !== undefined && beyond.size > 0) while (beyond.delete(floor + 1)) floor++;
    this.floors[origin] = floor;
  }

  /** Which have been carried out, for a whole copy. */
  tell(letter: PbftLetter): void {
    letter.clear();
    for (let origin = 0; origin < this.floors.length; origin++) {
      letter.places.push(0);
      letter.origins.push(origin);
      letter.stamps.push(this.floors[origin] ?? 0);
      for (const stamp of this.beyond[origin] ?? []) {
        letter.places.push(1);
        letter.origins.push(origin);
        letter.stamps.push(stamp);
      }
    }
  }

  /** A whole copy has come, with these carried out. */
  adopt(letter: PbftLetter): void {
    letter.origins.forEach((origin, at) => {
      this.beyond[origin] ??= new Set();
      if (letter.places[at] === 1) this.beyond[origin]!.add(letter.stamps[at]!);
      else this.floors[origin] = Math.max(this.floors[origin] ?? 0, letter.stamps[at]!);
    });
    for (const each of [...this.pending]) if (this.isDone(each.origin, each.stamp)) this.done(each);
  }

  /** The host has restarted: nobody waits for an answer of its any more. */
  forget(): void {
    for (const { write } of this.pending.splice(0)) this.host.forget(write);
  }
}
