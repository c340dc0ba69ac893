import type { PolicyFacts } from "../contract.js";
import type { OptionValues } from "../options.js";

/** The contract of consistencies: what a copy knows of itself, what a session carries, and what is made of the two. */

/**
 * What becomes of an operation at the copy that was asked. `ask-leader`: the leader serves it; its user is sent there, or
 * it is handed on. `ask-any`: the nearest other copy serves it. `confirm`: by whatever the replication has, so that the
 * answer is the latest version there is. `wait`: until the copy knows more, and at most for the judge's patience.
 */
export type Judgement = "serve" | "ask-leader" | "ask-any" | "confirm" | "wait" | "refuse";

/** What a copy knows of itself when an operation comes; lent. */
export interface CopyView {
  /**
   * It leads, may write, shows all that it holds, and would know if it led no more. Where copies elect their leader none
   * can be so sure.
   */
  readonly leads: boolean;
  /** Operations that need the order of writes come here: it believes that it leads, or there is no leader at all. */
  readonly accepts: boolean;
  /** It has lost its data, and no other has come yet. */
  readonly blank: boolean;
  /** It has a version of the key. */
  readonly hasKey: boolean;
  /** Its wall clock, and the moment of the writers' clocks as of which it shows everything: -Infinity if it never heard. */
  readonly clock: number;
  readonly asOf: number;
  /** Writes that it knows of and does not show. */
  readonly lacks: number;
  /** How long this operation has waited here, and whether another region has handed it on. */
  readonly waited: number;
  readonly isHandedOn: boolean;
}

/** What the client's session carries along, against what the copy shows; lent. */
export interface SessionView {
  /** The copy shows all that the session had written, and all that it had been shown, when it sent the operation. */
  readonly writesShown: boolean;
  readonly readsShown: boolean;
}

export interface Judge {
  readonly patience: number;
  /** A client that is refused in the end forgets what it carries: what it asks from then on is another session. */
  readonly endsSession?: boolean;
  /** Reads are shown what stood so long ago by the clock of the copy that serves them, microseconds; else what stands now. */
  readonly ago?: number;
  read(copy: CopyView, session: SessionView): Judgement;
  /** Of a write; without it, whatever the replication says holds. */
  readonly write?: ((copy: CopyView, session: SessionView) => Judgement) | undefined;
}

/** What a consistency cannot do without; `validate` refuses an architecture that lacks it. */
export interface ConsistencyNeeds {
  /** A replication that proves what the latest version is; or that all copies agree. */
  readonly confirms?: boolean;
  /** Copies that agree on one order of all writes before any of them is answered. */
  readonly agrees?: boolean;
  readonly unanimous?: boolean;
  /** One order of all writes of a key; and of all data, which then have to be kept together. */
  readonly oneOrder?: boolean;
  readonly together?: boolean;
  /** A way to the leader, where there is one, for operations that have to be served there. */
  readonly leader?: boolean;
  /** Never two leaders whose writes count; and that who is not the leader any more knows it before it has a successor. */
  readonly oneLeader?: boolean;
  readonly sureLeader?: boolean;
  /** Copies that hear as of when they have everything. */
  readonly age?: boolean;
  /** Sessions carry what they have seen, by the numbers of the origins; and no copy has an effect before its causes. */
  readonly tokens?: boolean;
  readonly causal?: boolean;
}

/** Is this copy good enough for this operation? */
export interface Consistency extends PolicyFacts {
  needs(options: OptionValues): ConsistencyNeeds;
  /** Guarantees, by the names of the checks that look for them. */
  gives(options: OptionValues): readonly string[];
  /** Without it every copy is good enough. */
  on?(options: OptionValues): Judge;
}
