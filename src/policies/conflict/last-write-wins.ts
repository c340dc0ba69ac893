import type { Conflict, Register } from "../contract.js";

/** The later wall clock survives; the region's number and the write's there break ties, so that every replica decides alike. */
export const lastWriteWins: Conflict = {
  name: "last-write-wins",
  about: "Keeps the version with the later timestamp of the wall clock of the region that accepted it.",
  costs: "Of two concurrent writes one is lost; under skewed clocks the later one may be.",
  follows: "Johnson and Thomas, The Maintenance of Duplicate Databases (1975), RFC 677",
  options: {},
  merge(mine: Register, theirs: Register): "kept" | "took" {
    if (theirs.timestamp !== mine.timestamp) return theirs.timestamp > mine.timestamp ? "took" : "kept";
    if (theirs.origin !== mine.origin) return theirs.origin > mine.origin ? "took" : "kept";
    return theirs.sequence > mine.sequence ? "took" : "kept";
  },
};
