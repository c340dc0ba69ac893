import type { Conflict, Register } from "../contract.js";
import { choice } from "../options.js";

/** The later hybrid stamp survives: never an earlier version that the later one had seen, whatever the wall clocks say. */
export const hybridClocks: Conflict = {
  name: "hybrid-logical-clocks",
  about: "Keeps the version with the later stamp of a hybrid logical clock: later than all that its region had seen.",
  costs: "Of two concurrent writes one is lost.",
  follows: "Kulkarni and others, Logical Physical Clocks (2014)",
  options: {
    carried_by: choice(
      ["regions", "sessions"],
      "who carries the latest stamp along: only what regions send each other, or what users ask as well",
    ),
  },
  carriesStamps: ({ carried_by: by }) => by === "sessions",
  merge(mine: Register, theirs: Register): "kept" | "took" {
    if (theirs.hybrid !== mine.hybrid) return theirs.hybrid > mine.hybrid ? "took" : "kept";
    if (theirs.origin !== mine.origin) return theirs.origin > mine.origin ? "took" : "kept";
    return theirs.sequence > mine.sequence ? "took" : "kept";
  },
};
