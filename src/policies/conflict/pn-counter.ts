import type { Conflict } from "../contract.js";
import { byCausality } from "../contract/causality.js";

/** A deletion takes from each region's count what it had seen of it, once, however many delete it at the same time. */
export const pnCounter: Conflict = {
  name: "pn-counter",
  about:
    "A counter with a count of what was added and one of what was taken away, by region; a deletion takes all it saw.",
  costs: "Two counts a region with each value; a concurrent deletion does not take what it had not seen.",
  follows: "Shapiro and others, Conflict-free Replicated Data Types (2011); Riak's reset of a counter",
  causal: true,
  merges: ["counter"],
  options: {},
  merge: byCausality,
};
