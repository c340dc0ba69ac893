import type { Conflict } from "../contract.js";
import { byCausality } from "../contract/causality.js";

/** One vector for all siblings of a key: a context that is behind it does not tell which of them it has seen. */
export const sharedVersionVectors: Conflict = {
  name: "shared-version-vectors",
  about:
    "Keeps siblings under one vector for all of a key: a write replaces them all if its session has read them all, else none.",
  costs: "Siblings that were seen and stay: where several write one key at a time they grow without end.",
  follows: "Riak 1; Preguiça and others, Dotted Version Vectors (2012), section 3",
  causal: true,
  options: {},
  seenBy: () => "whole-session",
  merge: byCausality,
};
