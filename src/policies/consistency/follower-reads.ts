import type { Consistency } from "../contract/consistency.js";
import { duration, numberOption } from "../options.js";
import { AgeJudge, CLOCK_BOUND, givenAge } from "./age.js";
import { BEHIND_OPTIONS, WhenBehind, asksLeader } from "./behind.js";

export const followerReads: Consistency = {
  name: "follower-reads",
  about:
    "Answers a read as of a moment that is closed, at whatever copy: every copy that heard so has everything of it.",
  costs: "What is shown is as old as the interval, even where the copy has newer.",
  follows: "the closed timestamps of CockroachDB",
  options: {
    interval: duration(4_200_000, "how long ago that moment is"),
    clock_bound: CLOCK_BOUND,
    ...BEHIND_OPTIONS,
  },
  needs: (options) => ({ age: true, oneOrder: true, oneLeader: true, leader: asksLeader(options) }),
  gives: givenAge,
  on: (options) => {
    const ago = numberOption(options, "interval") - numberOption(options, "clock_bound");
    return new AgeJudge(ago, Number.POSITIVE_INFINITY, new WhenBehind(options), ago);
  },
};
