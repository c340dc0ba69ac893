import type { Conflict, Register } from "../contract.js";

/** The later wall clock survives; the region's number breaks a tie, so that every replica decides alike. */
export const lastWriteWins: Conflict = {
  name: "last-write-wins",
  about: "Keeps the version with the later timestamp of the wall clock of the region that accepted it.",
  options: {},
  merge(mine: Register, theirs: Register): "kept" | "took" {
    if (theirs.timestamp !== mine.timestamp) return theirs.timestamp > mine.timestamp ? "took" : "kept";
    return theirs.origin > mine.origin ? "took" : "kept";
  },
};
