import type { ScenarioFact } from "../record/circumstances.js";

/** What went wrong with an operation, as far as a setting could have helped. */
export type Trouble =
  | "asynchronous"
  | "split-brain"
  | "power-cut"
  | "disk-lost"
  | "conflict"
  | "clock"
  | "outage"
  | "duplicate"
  | "stale";

/** Which setting would have saved it: for each trouble what to choose, given what was chosen. */
const REMEDIES: Readonly<Record<Trouble, (chosen: ScenarioFact | null) => string>> = {
  asynchronous: (chosen) =>
    `replication that acknowledges a write only when a second region has it (semi-synchronous, synchronous, a quorum), instead of ${chosen?.replication ?? "asynchronous"}; it costs a round trip a write.`,
  "split-brain": (chosen) =>
    chosen?.fencing === "lease"
      ? "a commit that needs a second region: a lease ends on the primary's own clock, and what it acknowledges until then is not yet anywhere else."
      : `fencing: lease instead of ${chosen?.fencing ?? "none"}: a primary that nobody can reach stops by itself before another one is promoted. A commit that needs a second region would have refused the write.`,
  "power-cut": (chosen) =>
    `storage: {sync: each-commit} instead of ${chosen?.sync ?? "later syncs"}: it acknowledges only what is on the disk; or a second region before the acknowledgement.`,
  "disk-lost": () =>
    "a second region that has the write before it is acknowledged (semi-synchronous, synchronous, a quorum): no setting of one disk outlives the disk.",
  conflict: (chosen) =>
    `a conflict policy that keeps both (siblings, or a CRDT that merges them) instead of ${chosen?.conflict ?? "one winner"}; or one primary that orders the writes of a key.`,
  clock: () =>
    "an order that does not trust wall clocks (version vectors with siblings, a hybrid logical clock, or one primary); or clocks that are watched, and a region whose clock is off taken out.",
  outage: () =>
    "nothing needs saving if the region comes back; a second region before the acknowledgement would have had it.",
  duplicate: () =>
    "an operation id that the servers remember, so that a retry is known as one; or no retry of writes that may have been accepted.",
  stale: (chosen) =>
    `reads that ask the leader, or a session guarantee (read your writes, monotonic reads), instead of ${chosen?.consistency ?? "local"} reads.`,
};

export const remedyFor = (trouble: Trouble, chosen: ScenarioFact | null): string => REMEDIES[trouble](chosen);
