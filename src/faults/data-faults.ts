import { duration, fraction, numberOption } from "../policies/options.js";
import { NO_HARDSHIPS } from "../simulation/hardships.js";
import type { FaultKind } from "./kind.js";

export const operatorError: FaultKind = {
  name: "operator_error",
  about:
    "Somebody deletes data by mistake from the system of record, and replication carries it everywhere: until a backup from before is restored, a read finds nothing and fails.",
  target: ["deletion"],
  options: {
    share: fraction(0, "of the keys", { above: 0 }),
    detect_after: duration(900_000_000, "until somebody notices; then a backup is restored, where there is one"),
  },
  needs: ["share"],
  momentary: true,
  hardships: (values) => ({
    ...NO_HARDSHIPS,
    data: { deleted: numberOption(values, "share"), detectAfter: numberOption(values, "detect_after") },
  }),
};
