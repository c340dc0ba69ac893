import { duration } from "./parts.js";
import { type ValueOf, either, list, name, object, text } from "./shape.js";

/** One order of an operator, in the words of the console. */
export const action = object(
  {
    at: duration("when it is given, from the start of the run"),
    do: text(
      "the command, as it is typed: an order (region promote|failover, replication pause|resume|reset, chaos test, failover test), or one that only looks, whose answer `faultline run` shows",
    ),
    in: either(
      name("an architecture"),
      list(name("an architecture"), "the only architectures in which it is given; all if left out", 1, 20),
    ),
  },
  "one order of an operator",
  ["at", "do"],
);
export type RawAction = ValueOf<typeof action>;
