import type { Consistency } from "../contract/consistency.js";
import { count, duration, numberOption } from "../options.js";
import { AgeJudge, CLOCK_BOUND, givenAge } from "./age.js";
import { BEHIND_OPTIONS, WhenBehind, asksLeader } from "./behind.js";

export const boundedStaleness: Consistency = {
  name: "bounded-staleness",
  about: "Answers a read from a copy that knows itself to be at most so old and so many versions behind.",
  costs: "Reads wait, or go to the leader, while the copy is too old or cannot tell how old it is.",
  follows: "Terry, Replicated Data Consistency Explained Through Baseball (2013)",
  options: {
    within: duration(5_000_000, "how old what a read shows may be"),
    versions: count(100_000, "writes that the copy may know of and not show yet; of others it knows nothing"),
    clock_bound: CLOCK_BOUND,
    ...BEHIND_OPTIONS,
  },
  needs: (options) => ({ age: true, oneLeader: true, leader: asksLeader(options) }),
  gives: givenAge,
  on: (options) =>
    new AgeJudge(
      numberOption(options, "within") - numberOption(options, "clock_bound"),
      numberOption(options, "versions"),
      new WhenBehind(options),
    ),
};
