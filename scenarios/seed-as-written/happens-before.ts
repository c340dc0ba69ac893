import { type Conflict, type Register } from "faultline/policy";

/** `happens_before` compares entry by entry and is true of equal clocks: each of two writes then happened before the other. */
const happensBefore = (one: Register, other: Register): boolean =>
  one.seen.every((count, actor) => count <= (other.seen[actor] ?? 0));

/** Of two writes that had seen the same, each copy keeps the one that came last to it: they differ for ever. */
export default {
  name: "vector-clock-as-written",
  about: "Keeps the version before which the other one happened, as a comparison says that is true of equal clocks.",
  options: {},
  causal: true,
  merge: (mine, theirs) => (happensBefore(mine, theirs) ? "took" : "kept"),
} satisfies Conflict;
