import { type Replication, numberOption } from "faultline/policy";
import { Call, GatheredWrites, options, verbs } from "./gathered-writes.js";

/**
 * `all(r is True for r in results if not isinstance(r, Exception))`: exceptions are left out of what has to be true, so
 * where every region fails nothing is left that is not, and the write was a success.
 */
export default {
  name: "strong-as-written",
  about: "Writes to all active regions, and takes those that raise an exception for no answer at all.",
  options,
  gives: { writers: "every-replica" },
  needs: { conflict: true },
  lacksQuorum: () => true,
  verbs,
  letter: () => new Call(),
  on: (host, chosen) => new GatheredWrites(host, numberOption(chosen, "timeout"), () => true),
} satisfies Replication<Call>;
