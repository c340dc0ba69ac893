import { Interner } from "../../record/interner.js";
import { APPEND, CAS, DELETE, INCREMENT, NIL, type Names, READ, SET_ADD, WRITE } from "../../record/record.js";
import { setText } from "../../record/text/forms.js";

/** What an operation does to a state. Reads and comparisons that failed leave it as it is, and are legal in some only. */
export const IS = 0;
export const IS_NOT = 1;
export const BECOMES = 2;
export const SWAPS = 3;
export const COMBINES = 4;

/** No state, and no count, is this low. */
export const ILLEGAL = -0x80000000;

/** Thrown when a model leaves the numbers or the memory that it has; the verdict is then unknown, with this reason. */
export class ModelLimit extends Error {}

/**
 * A sequential specification. A state is a small integer: for registers the id of the value, for the others an id or
 * number of their own. `IS`, `IS_NOT`, `BECOMES` and `SWAPS` mean the same for all; `combine` is what differs.
 */
export interface Model {
  readonly name: ModelName;
  /** Kinds of operations that it specifies. */
  readonly kinds: readonly number[];
  readonly initial: number;
  /** States are values: what nobody asks for may be merged, and values written once tell their writer. */
  readonly isRegister: boolean;
  /** The state that a read with this result saw; ILLEGAL if no state answers so. */
  stateOf(value: number): number;
  /** What `step` takes as the argument of a write, a cas, an increment, an append or an addition. */
  argumentOf(value: number): number;
  combine(state: number, argument: number): number;
}

export const MODEL_NAMES = ["register", "cas-register", "kv", "counter", "set"] as const;
export type ModelName = (typeof MODEL_NAMES)[number];

/** The state after an operation, or ILLEGAL where it cannot have ended as it did. */
export function step(model: Model, state: number, action: number, argument: number, expected: number): number {
  switch (action) {
    case IS:
      return state === argument ? state : ILLEGAL;
    case IS_NOT:
      return state !== expected ? state : ILLEGAL;
    case BECOMES:
      return argument;
    case SWAPS:
      return state === expected ? argument : ILLEGAL;
    default:
      return model.combine(state, argument);
  }
}

export function makeModel(name: ModelName, names: Names): Model {
  switch (name) {
    case "register":
      return register("register", [READ, WRITE, DELETE]);
    case "cas-register":
      return register("cas-register", [READ, WRITE, DELETE, CAS]);
    case "kv":
      return kv(names);
    case "counter":
      return counter(names);
    case "set":
      return set(names);
  }
}

const register = (name: "register" | "cas-register", kinds: readonly number[]): Model => ({
  name,
  kinds,
  initial: NIL,
  isRegister: true,
  stateOf: (value) => value,
  argumentOf: (value) => value,
  combine: () => ILLEGAL,
});

/** Strings that can be appended to; a key that was never put holds the empty string, and so does a deleted one. */
function kv(names: Names): Model {
  const texts = new Texts();
  const empty = texts.id("");
  const stateOf = (value: number): number => (value === NIL ? empty : texts.id(names.values[value] ?? String(value)));
  return {
    name: "kv",
    kinds: [READ, WRITE, DELETE, CAS, APPEND],
    initial: empty,
    isRegister: true,
    stateOf,
    argumentOf: stateOf,
    combine: (state, argument) => texts.joined(state, argument),
  };
}

const MOST_TEXT = 1 << 27;

/** Strings and what appending made of them. */
class Texts {
  private readonly interner = new Interner();
  private readonly appended = new Map<number, number>();
  private characters = 0;

  id(text: string): number {
    const id = this.interner.id(text);
    if (id === this.interner.texts.length - 1) this.characters += text.length;
    if (this.characters > MOST_TEXT) throw new ModelLimit(`the values in question exceed ${MOST_TEXT} characters`);
    return id;
  }

  joined(state: number, argument: number): number {
    const pair = state * 0x4000000 + argument;
    const known = this.appended.get(pair);
    if (known !== undefined) return known;
    const id = this.id(this.interner.texts[state]! + this.interner.texts[argument]!);
    this.appended.set(pair, id);
    return id;
  }
}

/** Starts at 0; increments may be negative. */
function counter(names: Names): Model {
  const numberOf = (value: number): number => {
    if (names.values.length === 0) return within(value);
    const number = value === NIL ? 0 : Number(names.values[value]);
    return Number.isInteger(number) ? within(number) : ILLEGAL;
  };
  return {
    name: "counter",
    kinds: [READ, INCREMENT],
    initial: 0,
    isRegister: false,
    stateOf: numberOf,
    argumentOf: numberOf,
    combine: (state, argument) => within(state + argument),
  };
}

function within(count: number): number {
  if (Math.abs(count) > 0x3fffffff) throw new ModelLimit("the counter leaves the numbers below 2^30");
  return count;
}

/** A set that only grows; a read returns all of it. */
function set(names: Names): Model {
  const sets = new Interner();
  const elements: (readonly string[])[] = [];
  const idOf = (texts: readonly string[]): number => {
    const id = sets.id(setText(texts));
    elements[id] ??= [...new Set(texts)].toSorted();
    return id;
  };
  const textOf = (value: number): string => names.values[value] ?? String(value);
  const empty = idOf([]);
  return {
    name: "set",
    kinds: [READ, SET_ADD],
    initial: empty,
    isRegister: false,
    stateOf: (value) => (value === NIL ? empty : sets.id(textOf(value))),
    argumentOf: (value) => value,
    combine: (state, argument) => idOf([...elements[state]!, textOf(argument)]),
  };
}
