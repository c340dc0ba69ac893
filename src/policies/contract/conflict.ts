import type { PolicyFacts, RegionId, WriteId } from "../contract.js";
import type { OptionValues } from "../options.js";

/** A version of a key, lent. */
export interface Register {
  readonly write: WriteId;
  /** Wall clock of the region that accepted it, skew included. */
  readonly timestamp: number;
  /** Hybrid logical clock of that region: its wall clock, but later than all that it had seen. */
  readonly hybrid: number;
  readonly origin: RegionId;
  /** Its number among the writes that its origin accepted. */
  readonly sequence: number;
  /**
   * Of a causal policy: who made it, and as which of his versions of this key, from 1. A region that has lost some of its
   * own goes on as another actor.
   */
  readonly actor: number;
  readonly count: number;
  /** By actor: up to which of his versions it had seen them; beyond the end none. */
  readonly seen: readonly number[];
}

export type Witness = "copy" | "session" | "whole-session";

/** What keys can hold. */
export type Holding = "register" | "counter" | "set" | "list";

/**
 * Two versions of one key: what survives? Commutative, associative, idempotent. What is answered is asked of any two, in
 * any order, and all copies end with the same.
 */
export interface Conflict extends PolicyFacts {
  /** Whether versions carry what they had seen of their key. Only then may two stand side by side. */
  readonly causal?: boolean;
  /** What keys it can merge; all where it is left out. */
  readonly merges?: readonly Holding[];
  /** Whether it can merge what deletions leave; yes where it is left out. */
  readonly deletes?: boolean;
  /** Whether it can merge counters from which something was taken away; yes where it is left out. */
  readonly decrements?: boolean;
  /**
   * Whether, with these options, sessions carry the latest stamp that they have met, so that a region stamps a write later
   * than all that its user had seen.
   */
  carriesStamps?(options: OptionValues): boolean;
  /**
   * Of a causal policy, who says what a write of a register had seen of its key, with these options. "copy": the copy that
   * takes it, and it had seen all that is shown there. "session": whoever writes; his session sends the context of what it
   * last read of the key. "whole-session": the same, but a context that lacks anything that is shown there counts for none.
   * "copy" where it is left out.
   */
  seenBy?(options: OptionValues): Witness;
  /** "both": they stand side by side, until a version comes that had seen them. */
  merge(mine: Register, theirs: Register): "kept" | "took" | "both";
  /**
   * Of those that stand side by side, the one that readers are shown: of any two, in any order. Left out where readers are
   * shown all of them as one: siblings, or what they add up to.
   */
  pick?(mine: Register, theirs: Register): "kept" | "took";
}
