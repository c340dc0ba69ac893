import { type Replication, numberOption } from "faultline/policy";
import { Call, GatheredWrites, options, verbs } from "./gathered-writes.js";

/**
 * `quorum_size = len(active_regions) // 2 + 1`: of those that this region believes active, and not of those that there
 * are. Whoever hears from nobody is a majority of one.
 */
export default {
  name: "quorum-as-written",
  about: "Asks a majority of the regions that it believes active: each side of a partition has one of its own.",
  options,
  gives: { writers: "every-replica" },
  needs: { conflict: true },
  lacksQuorum: () => true,
  verbs,
  letter: () => new Call(),
  on: (host, chosen) =>
    new GatheredWrites(
      host,
      numberOption(chosen, "timeout"),
      ({ asked, succeeded }) => succeeded >= Math.floor(asked / 2) + 1,
    ),
} satisfies Replication<Call>;
