import type { Conflict } from "../contract.js";
import { byCausality } from "../contract/causality.js";

/** A version knows how many increments of each region it includes; of concurrent ones the larger number of each counts. */
export const gCounter: Conflict = {
  name: "g-counter",
  about: "A counter that only grows, to which every increment of every region counts once.",
  costs: "A count a region with each value; nothing is ever taken away.",
  follows: "Shapiro and others, Conflict-free Replicated Data Types (2011)",
  causal: true,
  merges: ["counter"],
  deletes: false,
  decrements: false,
  options: {},
  merge: byCausality,
};
