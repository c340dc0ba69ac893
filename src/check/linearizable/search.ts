import { BECOMES, ILLEGAL, type Model, step } from "./model.js";
import { type Part, isReadOnly } from "./part.js";
import { type SearchSpace, searchSpace } from "./search-space.js";
import { Visited } from "./visited.js";

/** What a search may use up before it gives up; the same on every machine, so a verdict never depends on speed. */
export interface SearchLimits {
  readonly mostSteps: number;
  readonly mostBytes: number;
}

export const SEARCH_LIMITS: SearchLimits = { mostSteps: 2_000_000, mostBytes: 256 * 1024 * 1024 };

export interface Searched {
  readonly verdict: "true" | "false" | "unknown";
  readonly reason: string;
  /** The operation at whose return no order went on, of the order that came furthest; -1 when there is an order. */
  readonly stuck: number;
  readonly steps: number;
}

/** The reason when every order was tried. */
export const NO_ORDER = "no order explains every answer";

/** Positions in a configuration's words. */
const EVENT = 0;
const STATE = 1;
const DONE = 2;

const NO_SWAPS = new Int32Array(0);

/** The state when nobody asks any more for the value that is there. */
const FORGOTTEN = ILLEGAL + 1;

/**
 * Looks for a linearization (Wing and Gong 1993) with memory (Lowe 2017), just in time: a change is put in its place only
 * when an operation returns that needs it, so all orders of what nobody waits for are one. What keeps hot keys tractable:
 *
 * - Operations that leave the state alone are put in as soon as they are legal, which never hurts.
 * - A write that nobody sees is not ordered at all: if another blind write was put in while it was open, it hides right
 *   before that one. So writes are put in early only when somebody open asks for what they leave.
 * - Optional changes are spent, and spending fewer is never worse; nor is having more to hide behind (visited.ts).
 *
 * Iterative: a history may be as long as memory allows.
 */
export function search(part: Part, model: Model, limits: SearchLimits = SEARCH_LIMITS): Searched {
  const space = searchSpace(part, model);
  if (space === null)
    return { verdict: "unknown", reason: "too many operations are open at once", stuck: -1, steps: 0 };
  return new Search(space, model, limits).run();
}

class Search {
  /** Where the words of optional operations begin that were spent, and of open writes that have nothing to hide behind. */
  private readonly spent: number;
  private readonly exposed: number;
  private readonly visited: Visited;
  /** The configuration being made. */
  private readonly now: Int32Array;
  /** Ids of configurations on the path, and for each which choice comes next. */
  private path = new Int32Array(1024);
  private choice = new Int32Array(1024);
  private depth = 0;
  private furthest = -1;
  private steps = 0;

  constructor(
    private readonly space: SearchSpace,
    private readonly model: Model,
    private readonly limits: SearchLimits,
  ) {
    const slotWords = (space.slots + 31) >> 5;
    const spentWords = (space.optional.length + 31) >> 5;
    this.spent = DONE + slotWords;
    this.exposed = this.spent + spentWords;
    this.visited = new Visited(this.spent, spentWords + slotWords, limits.mostBytes);
    this.now = new Int32Array(this.exposed + slotWords);
  }

  run(): Searched {
    this.now[STATE] = this.model.initial;
    if (this.settle()) return this.ended("true", "an order was found");
    if (!this.push()) return this.ended("unknown", "the memory of the search is too small");
    while (this.depth > 0) {
      if (++this.steps > this.limits.mostSteps) {
        return this.ended("unknown", `the search was given up after ${this.limits.mostSteps} steps`);
      }
      if (!this.next()) {
        this.depth--;
        continue;
      }
      if (this.settle()) return this.ended("true", "an order was found");
      if (!this.push()) {
        return this.ended("unknown", `the search needs more than ${this.limits.mostBytes >> 20} MiB of memory`);
      }
    }
    return this.ended("false", NO_ORDER);
  }

  private ended(verdict: Searched["verdict"], reason: string): Searched {
    const stuck = verdict === "true" || this.furthest === -1 ? -1 : this.space.events[this.furthest]! >> 1;
    return { verdict, reason, stuck, steps: this.steps };
  }

  /** Goes on to the next return of an operation that is not yet in its place; true when there is none. */
  private settle(): boolean {
    const { now, space } = this;
    const { events, slot, part, lastAsked } = space;
    let at = now[EVENT]!;
    for (; at < events.length; at++) {
      const row = events[at]! >> 1;
      const bit = slot[row]!;
      if ((events[at]! & 1) === 0) {
        if (bit === -1) continue;
        if (part.action[row] === BECOMES) setBit(now, this.exposed, bit);
        else if (isReadOnly(part.action[row]!) && this.after(row) !== ILLEGAL) setBit(now, DONE, bit);
        continue;
      }
      if (!hasBit(now, DONE, bit)) break;
      clearBit(now, DONE, bit);
    }
    now[EVENT] = at;
    if (at > this.furthest) this.furthest = at;
    if (lastAsked !== null && (lastAsked.get(now[STATE]!) ?? -1) < at) now[STATE] = FORGOTTEN;
    return at === events.length;
  }

  /** Puts the configuration on the path unless it needs no trying; false when memory is used up. */
  private push(): boolean {
    const id = this.visited.add(this.now);
    if (id === -2) return false;
    if (id === -1) return true;
    if (this.depth === this.path.length) {
      this.path = doubled(this.path);
      this.choice = doubled(this.choice);
    }
    this.path[this.depth] = id;
    this.choice[this.depth++] = 0;
    return true;
  }

  /**
   * Makes the next configuration from the one at the path's end; false when all were made. The first choice is that the
   * write that returns hides; then two rounds over the same candidates: those after which the operation that returns is
   * in its place, and the others.
   */
  private next(): boolean {
    const { space, now, visited } = this;
    const top = this.depth - 1;
    const from = visited.offset(this.path[top]!);
    for (let at = 0; at < now.length; at++) now[at] = visited.words[from + at]!;
    const event = now[EVENT]!;
    const waiting = space.events[event]! >> 1;
    const openFrom = space.openFrom[event]!;
    const open = space.openFrom[event + 1]! - openFrom;
    const swaps = space.swapsFrom.get(now[STATE]!) ?? NO_SWAPS;
    const free = space.anywhere.length;
    const candidates = open + free + swaps.length;
    while (this.choice[top]! <= 2 * candidates) {
      const choice = this.choice[top]!++;
      if (choice === 0) {
        if (!this.canHide(waiting)) continue;
        setBit(now, DONE, space.slot[waiting]!);
        return true;
      }
      const helps = choice <= candidates;
      const index = choice - 1 - (helps ? 0 : candidates);
      const other = index - open;
      const place = other < 0 ? -1 : other < free ? space.anywhere[other]! : swaps[other - free]!;
      const row = place < 0 ? this.openChange(space.open[openFrom + index]!) : this.optionalChange(place);
      if (row === -1) continue;
      const after = this.after(row);
      if (after === ILLEGAL || helps !== this.completes(row, after, waiting)) continue;
      // An optional change is there to change something, or to hide what nobody saw.
      if (place >= 0 && after === now[STATE] && !this.hides(row)) continue;
      if (row !== waiting && this.isIdle(row, place >= 0, after, openFrom, open)) continue;
      this.take(row, place, after, openFrom, open);
      return true;
    }
    return false;
  }

  private canHide(row: number): boolean {
    const { forgets, part, slot } = this.space;
    return forgets && part.action[row] === BECOMES && !hasBit(this.now, this.exposed, slot[row]!);
  }

  /** Whether this is a blind write, and another that is open has nothing to hide behind yet. */
  private hides(row: number): boolean {
    if (this.space.part.action[row] !== BECOMES) return false;
    for (let at = this.exposed; at < this.now.length; at++) if (this.now[at] !== 0) return true;
    return false;
  }

  /** The row if it is a change that is not in its place; -1 otherwise. Reads are put in by `take` and `settle`. */
  private openChange(row: number): number {
    const { slot, part } = this.space;
    return hasBit(this.now, DONE, slot[row]!) || isReadOnly(part.action[row]!) ? -1 : row;
  }

  /** The row if it was called by now, is not spent, and all that do the same and were called earlier are. */
  private optionalChange(index: number): number {
    const { optional, called, sameAsBefore } = this.space;
    const row = optional[index]!;
    if (called[row]! > this.now[EVENT]! || hasBit(this.now, this.spent, index)) return -1;
    return sameAsBefore[index] === 1 && !hasBit(this.now, this.spent, index - 1) ? -1 : row;
  }

  private completes(row: number, after: number, waiting: number): boolean {
    if (row === waiting) return true;
    return isReadOnly(this.space.part.action[waiting]!) && this.stepped(after, waiting) !== ILLEGAL;
  }

  /** A change before its time that nobody open would see: a write can hide later, an optional change can wait. */
  private isIdle(row: number, isOptional: boolean, after: number, openFrom: number, open: number): boolean {
    const { space, now } = this;
    const { part } = space;
    if (!space.forgets || (!isOptional && part.action[row] !== BECOMES)) return false;
    for (let at = openFrom; at < openFrom + open; at++) {
      const other = space.open[at]!;
      if (other === row || part.action[other] === BECOMES || hasBit(now, DONE, space.slot[other]!)) continue;
      if (this.stepped(after, other) !== ILLEGAL) return false;
    }
    for (const place of space.swapsFrom.get(after) ?? NO_SWAPS) {
      if (space.optional[place] !== row && this.optionalChange(place) !== -1) return false;
    }
    return true;
  }

  private take(row: number, optional: number, after: number, openFrom: number, open: number): void {
    const { now, space } = this;
    const { part, slot } = space;
    if (optional >= 0) setBit(now, this.spent, optional);
    else setBit(now, DONE, slot[row]!);
    // Every write that is open may have happened right before this one.
    if (part.action[row] === BECOMES) now.fill(0, this.exposed);
    now[STATE] = after;
    for (let at = openFrom; at < openFrom + open; at++) {
      const other = space.open[at]!;
      if (isReadOnly(part.action[other]!) && this.after(other) !== ILLEGAL) setBit(now, DONE, slot[other]!);
    }
  }

  private after(row: number): number {
    return this.stepped(this.now[STATE]!, row);
  }

  private stepped(state: number, row: number): number {
    const { part, argument } = this.space;
    return step(this.model, state, part.action[row]!, argument[row]!, part.expected[row]!);
  }
}

const hasBit = (words: Int32Array, from: number, bit: number): boolean =>
  (words[from + (bit >> 5)]! & (1 << (bit & 31))) !== 0;
const setBit = (words: Int32Array, from: number, bit: number): void => {
  words[from + (bit >> 5)]! |= 1 << (bit & 31);
};
const clearBit = (words: Int32Array, from: number, bit: number): void => {
  words[from + (bit >> 5)]! &= ~(1 << (bit & 31));
};

function doubled(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(column.length * 2);
  longer.set(column);
  return longer;
}
