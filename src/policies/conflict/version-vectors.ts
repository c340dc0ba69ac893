import type { Conflict, Register } from "../contract.js";
import { carriedBy, seenBy } from "./contexts.js";

/** The vector of a version: what it had seen, and itself. */
const entry = (version: Register, actor: number): number =>
  Math.max(version.seen[actor] ?? 0, version.actor === actor ? version.count : 0);

function descends(later: Register, earlier: Register): boolean {
  const actors = Math.max(later.seen.length, earlier.seen.length, later.actor + 1, earlier.actor + 1);
  for (let actor = 0; actor < actors; actor++) if (entry(later, actor) < entry(earlier, actor)) return false;
  return true;
}

/**
 * Siblings by vectors with an entry a region: what one region accepted later descends from all that it had accepted. Where
 * sessions say what they have seen that is not true: of two that wrote through one region without seeing each other's the
 * first is lost.
 */
export const versionVectors: Conflict = {
  name: "version-vectors",
  about:
    "Keeps versions whose vectors, an entry a region, do not descend from each other; readers are shown all of them.",
  costs: "A number a region with each version, and siblings that somebody has to merge.",
  follows: "Parker and others, Detection of Mutual Inconsistency in Distributed Systems (1983); Dynamo (2007)",
  causal: true,
  options: { carried_by: carriedBy },
  seenBy,
  merge(mine: Register, theirs: Register): "kept" | "took" | "both" {
    if (descends(theirs, mine)) return "took";
    return descends(mine, theirs) ? "kept" : "both";
  },
};
