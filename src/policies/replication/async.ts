import type { Host, Replication } from "../contract.js";
import { type OptionValues, count, duration, numberOption } from "../options.js";
import { AsyncLetter, AsyncReplica } from "./async-replica.js";
import { LAG_OPTIONS, boundOf, boundRefuses, objectionToBound } from "./lag-bound.js";

export const asynchronous: Replication<AsyncLetter> = {
  name: "async",
  about: "One primary acknowledges writes by itself and ships its log to the standbys afterwards.",
  costs: "What was acknowledged and not yet shipped is lost with the primary.",
  follows: "Gray and others, The Dangers of Replication and a Solution (1996), lazy master",
  options: {
    batch: duration(250_000, "how long writes are collected before they are shipped; 0 ships each at once"),
    heartbeat: duration(1_000_000, "between signs of life, and between acknowledgements at the latest", {
      least: 10_000,
    }),
    retention: count(1_000_000, "writes kept for a standby that is away; beyond them it needs a whole copy"),
    ...LAG_OPTIONS,
  },
  gives: { writers: "leader", inOrder: true, tellsAge: true, admits: true },
  needs: { conflict: false },
  check: objectionToBound,
  lacksQuorum: (options) => boundOf(options) !== Number.POSITIVE_INFINITY,
  verbs: ["open", "hello", "append", "acknowledge", "sync", "stale"],
  letter: () => new AsyncLetter(),
  on: (host: Host<AsyncLetter>, options: OptionValues) =>
    new AsyncReplica(
      host,
      numberOption(options, "heartbeat"),
      numberOption(options, "retention"),
      numberOption(options, "batch"),
      boundOf(options),
      boundRefuses(options),
    ),
};
