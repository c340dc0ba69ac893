import type { Failover, RegionId } from "../contract.js";
import { numberOption, turns, turnsOption } from "../options.js";
import { MAX_LAG, MAX_LAG_TIME, replacement } from "./automatic.js";

export const followTheSun: Failover = {
  name: "follow-the-sun",
  about: "Hands the lead from region to region by the hour of the day, losing nothing; fails over when it must.",
  costs: "A pause of writes at each hand-over.",
  follows: "the planned switchover of Amazon Aurora Global Database",
  options: {
    leaders: turns("who leads from which moment of the day (UTC) on"),
    max_lag: MAX_LAG,
    max_lag_time: MAX_LAG_TIME,
  },
  on: (options) => {
    const leaders = turnsOption(options, "leaders");
    const maxLag = numberOption(options, "max_lag");
    const maxLagTime = numberOption(options, "max_lag_time");
    return {
      leader: (view) => replacement(view, maxLag, maxLagTime),
      planned: (view): RegionId =>
        // Before the first turn of a day it is still the last one of the day before.
        (leaders.findLast(({ at }) => at <= view.timeOfDay) ?? leaders[leaders.length - 1]!).region,
    };
  },
};
