import type { Conflict } from "../contract.js";
import { choice } from "../options.js";

/** A setting of policies that compare what versions of a register had seen. */
export const carriedBy = choice(
  ["regions", "sessions"],
  "who says what a write of a register had seen: the region that takes it, so all that it shows; or the session, by the context of its last read of the key",
);

export const seenBy: NonNullable<Conflict["seenBy"]> = ({ carried_by: by }) => (by === "sessions" ? "session" : "copy");
