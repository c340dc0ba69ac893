import type { Conflict } from "../contract.js";
import { byCausality } from "../contract/causality.js";

/** Each addition has a dot of its own, and a deletion takes the dots away that it had seen. */
export const orSet: Conflict = {
  name: "or-set",
  about: "A set, or a list without an order of its own, in which additions win over deletions that had not seen them.",
  costs: "A number a region with each value; a removal loses to an addition that it had not seen.",
  follows:
    "Shapiro and others, Conflict-free Replicated Data Types (2011); Bieniusa and others, An Optimized OR-Set (2012)",
  causal: true,
  merges: ["set", "list"],
  options: {},
  merge: byCausality,
};
