import type { Conflict } from "../contract.js";

/** For a replication that has one order of writes: what comes later in the log replaces what came before. */
export const logOrder: Conflict = {
  name: "none",
  about: "Needs no rule: one replica at a time orders the writes, and the others follow its log.",
  costs: "The way to whoever orders the writes.",
  follows: "Schneider, Implementing Fault-Tolerant Services Using the State Machine Approach (1990)",
  options: {},
  merge: () => "took",
};
