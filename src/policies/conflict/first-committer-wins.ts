import type { Conflict, Register } from "../contract.js";
import { byCausality } from "../contract/causality.js";

/** The earlier by a clock that agrees with causality. */
function earlier(mine: Register, theirs: Register): "kept" | "took" {
  if (theirs.hybrid !== mine.hybrid) return theirs.hybrid < mine.hybrid ? "took" : "kept";
  if (theirs.origin !== mine.origin) return theirs.origin < mine.origin ? "took" : "kept";
  return theirs.sequence < mine.sequence ? "took" : "kept";
}

/** Of concurrent writes one stands and the others are undone: no write replaces what it had not seen. */
export const firstCommitterWins: Conflict = {
  name: "first-committer-wins",
  about:
    "Refuses one: of versions that had not seen each other the first by hybrid clocks stands, and the others are undone.",
  costs: "Acknowledged writes are undone when another is found to have been first.",
  follows: "Berenson and others, A Critique of ANSI SQL Isolation Levels (1995)",
  causal: true,
  options: {},
  merge: byCausality,
  pick: earlier,
};
