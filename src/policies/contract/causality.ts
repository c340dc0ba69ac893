import type { Register } from "../contract.js";

/** Whether `later` had seen `earlier`, exactly: each version is told by its dot, the actor and his number. */
export const hadSeen = (later: Register, earlier: Register): boolean =>
  (later.seen[earlier.actor] ?? 0) >= earlier.count;

/** What had been seen gives way; what had not stands beside it. */
export function byCausality(mine: Register, theirs: Register): "kept" | "took" | "both" {
  if (hadSeen(theirs, mine)) return "took";
  return hadSeen(mine, theirs) ? "kept" : "both";
}
