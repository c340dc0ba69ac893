/** A write as the slow replay of the oracle's questions remembers it. */
export interface Fact {
  readonly serial: number;
  readonly key: number;
  readonly kind: number;
  /** Of a counter's change. */
  readonly amount: number;
  readonly acceptedAt: number;
  /** By what last-write-wins compares, in its order. */
  readonly stamp: readonly number[];
  acknowledgedAt: number;
  /** Serials of all writes of the key that were visible where it was accepted. */
  readonly seen: ReadonlySet<number>;
  /** Those that its author had seen: the same where the region speaks for its users, else what his session had read. */
  readonly past: ReadonlySet<number>;
  /** Regions in whose history it stands. */
  readonly holders: Set<number>;
  /** Those of them that show it. */
  readonly showers: Set<number>;
  /** It deletes its key. */
  readonly deletes: boolean;
  /** Nothing refers to it any more; and whether a write that replaced it knowing it, or deleted it, existed then. */
  forgotten: boolean;
  supersededAtLast: boolean;
  deletedAtLast: boolean;
}
