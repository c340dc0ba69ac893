import type { Conflict, Register } from "faultline/policy";

/** Of two versions the earlier; the region and the number there break ties, so that every replica decides alike. */
const isEarlier = (one: Register, other: Register): boolean =>
  one.timestamp !== other.timestamp
    ? one.timestamp < other.timestamp
    : one.origin !== other.origin
      ? one.origin < other.origin
      : one.sequence < other.sequence;

export default {
  name: "first-write-wins",
  about: "Keeps the first version of a key for ever, as for names that may be claimed once.",
  options: {},
  merge: (mine, theirs) => (isEarlier(theirs, mine) ? "took" : "kept"),
} satisfies Conflict;
