import { BECOMES, COMBINES, IS, type Model, SWAPS } from "./model.js";
import { type Part, eventsOf } from "./part.js";

/**
 * What changes may leave, whatever their order: more than they can, so an answer beyond it is impossible without a search.
 * Changes are told as they are called; what they may have left once they may leave for ever.
 */
export interface Leavings {
  called(action: number, argument: number): void;
  mayLeave(state: number): boolean;
}

/** Beyond so many characters compared, nothing more is ruled out. */
const MOST_COMPARED = 50_000_000;

/** The first read whose answer nothing that was called by its return can have left; -1 if there is none. */
export function firstFromNowhere(part: Part, model: Model): number {
  if (model.leavings === undefined || !part.action.includes(COMBINES)) return -1;
  const leavings = model.leavings();
  for (const event of eventsOf(part)) {
    const row = event >> 1;
    const action = part.action[row]!;
    if ((event & 1) === 0) leavings.called(action, part.argument[row]!);
    else if (action === IS && part.optional[row] === 0 && !leavings.mayLeave(part.argument[row]!)) return row;
  }
  return -1;
}

/** A number between the sums of all that was taken away and of all that was added. */
export function countsLeft(): Leavings {
  let least = 0;
  let most = 0;
  return {
    called: (action, argument) => {
      if (action !== COMBINES) return;
      if (argument < 0) least += argument;
      else most += argument;
    },
    mayLeave: (state) => state >= least && state <= most,
  };
}

/** A text that was put, or none, and pieces that were appended. */
export function textsLeft(textOf: (state: number) => string): Leavings {
  const pieces = new Pieces();
  const put = new Set([""]);
  return {
    called: (action, argument) => {
      if (action === COMBINES) pieces.add(textOf(argument));
      else if (action === BECOMES || action === SWAPS) put.add(textOf(argument));
    },
    mayLeave: (state) => pieces.make(textOf(state), put),
  };
}

/** Elements that were added. */
export function elementsLeft(textOf: (value: number) => string, setOf: (state: number) => string): Leavings {
  const pieces = new Pieces();
  const nothing = new Set([""]);
  return {
    called: (action, argument) => {
      if (action === COMBINES) pieces.add(`${textOf(argument)} `);
    },
    mayLeave: (state) => {
      const text = setOf(state);
      if (text === "#{}") return true;
      return text.startsWith("#{") && text.endsWith("}") && pieces.make(`${text.slice(2, -1)} `, nothing);
    },
  };
}

/** Pieces of text, each of which may be used any number of times. */
class Pieces {
  private readonly byLength = new Map<number, Set<string>>();
  /** Texts that were found to be made of pieces. */
  private readonly made = new Set<string>();
  private compared = 0;

  add(piece: string): void {
    if (piece === "") return;
    const alike = this.byLength.get(piece.length);
    if (alike === undefined) this.byLength.set(piece.length, new Set([piece]));
    else alike.add(piece);
  }

  /** Whether the text is one of these beginnings and then pieces; true as well when that takes too long to tell. */
  make(text: string, beginnings: ReadonlySet<string>): boolean {
    if (this.made.has(text)) return true;
    const reached = new Uint8Array(text.length + 1);
    for (const beginning of beginnings) if (text.startsWith(beginning)) reached[beginning.length] = 1;
    for (let at = 0; at < text.length; at++) {
      if (reached[at] === 0) continue;
      for (const [length, alike] of this.byLength) {
        if (at + length > text.length || reached[at + length] === 1) continue;
        if ((this.compared += length) > MOST_COMPARED) return true;
        if (alike.has(text.slice(at, at + length))) reached[at + length] = 1;
      }
    }
    if (reached[text.length] === 0) return false;
    this.made.add(text);
    return true;
  }
}
