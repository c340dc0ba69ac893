import type { Conflict } from "../contract.js";
import { byCausality } from "../contract/causality.js";
import { carriedBy, seenBy } from "./contexts.js";

/** Siblings, exactly those that had not seen each other: a version is told by its dot and not by what it had seen. */
export const dottedVersionVectors: Conflict = {
  name: "dotted-version-vectors",
  about: "Keeps every version that no later one had seen, as siblings; readers are shown all of them.",
  costs: "A number a region and a dot with each version, and siblings that somebody has to merge.",
  follows: "Preguiça and others, Dotted Version Vectors (2012); Riak 2",
  causal: true,
  options: { carried_by: carriedBy },
  seenBy,
  merge: byCausality,
};
