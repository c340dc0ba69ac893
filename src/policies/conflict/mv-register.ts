import type { Conflict } from "../contract.js";
import { byCausality } from "../contract/causality.js";

export const mvRegister: Conflict = {
  name: "mv-register",
  about: "A register that holds all values that were put concurrently, until one is put by somebody who had seen them.",
  costs: "A number a region with each value, and readers who are shown several.",
  follows: "Shapiro and others, Conflict-free Replicated Data Types (2011)",
  causal: true,
  merges: ["register"],
  options: {},
  merge: byCausality,
};
