import type { Conflict } from "../contract.js";
import { lastWriteWins } from "./last-write-wins.js";

/** The rule of last-write-wins as a replicated data type, which it is for registers and for nothing else. */
export const lwwRegister: Conflict = {
  name: "lww-register",
  about: "A register that holds the value with the latest timestamp: copies converge, and concurrent values are lost.",
  costs: "Of two concurrent values one is lost.",
  follows: "Shapiro and others, Conflict-free Replicated Data Types (2011)",
  merges: ["register"],
  options: {},
  merge: lastWriteWins.merge,
};
