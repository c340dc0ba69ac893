import type { Failover } from "../contract.js";
import { choice, duration, numberOption, numbersOption, regions } from "../options.js";

export const lockService: Failover = {
  name: "lock-service",
  about: "The lead is a lock, kept for whoever holds it by a majority of regions that need no copy of the data.",
  costs: "A majority of the sites for the lead to be kept, and a lease's length until it passes on.",
  follows:
    "Burrows, The Chubby Lock Service for Loosely-Coupled Distributed Systems (2006); its lease is `failover.lease`",
  options: {
    sites: regions("the regions that keep the lock, with or without a copy of the data", { withoutCopy: true }),
    poll: duration(2_000_000, "how often who does not hold the lock asks for it", { least: 100_000 }),
    when_lost: choice(
      ["stop", "go-on"],
      "what a primary does that cannot prolong its lock: it stops writing (fails closed), or goes on (fails open)",
    ),
  },
  fences: (options) => options["when_lost"] === "stop",
  on: (options) => ({
    follows: true,
    leader: (view) => view.leader,
    lock: {
      sites: numbersOption(options, "sites"),
      poll: numberOption(options, "poll"),
      goesOn: options["when_lost"] === "go-on",
    },
  }),
};
