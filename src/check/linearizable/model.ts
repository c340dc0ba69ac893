import type { Leavings } from "./leavings.js";

/** What an operation does to a state. Reads and comparisons that failed leave it as it is, and are legal in some only. */
export const IS = 0;
export const IS_NOT = 1;
export const BECOMES = 2;
export const SWAPS = 3;
export const COMBINES = 4;

/** No state, and no count, is this low. */
export const ILLEGAL = -0x80000000;

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
  /**
   * Where reads name versions: the state from which an addition, by its row of the record, is a swap; ILLEGAL for one that
   * is a blind write of what nobody reads.
   */
  readonly putOn?: (operation: number) => number;
  /** Whether the record leaves open which state that is. */
  readonly isUnclear?: (operation: number) => boolean;
  /** What changes may leave together, in whatever order: an answer beyond that needs no search. */
  readonly leavings?: () => Leavings;
}

export const MODEL_NAMES = ["register", "cas-register", "kv", "counter", "set", "versions"] as const;
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
