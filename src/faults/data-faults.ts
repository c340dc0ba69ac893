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
    data: { kind: "deletion", share: numberOption(values, "share"), detectAfter: numberOption(values, "detect_after") },
  }),
};

export const poisonWrite: FaultKind = {
  name: "poison_write",
  about:
    "A write kills the host of every copy that applies it, and again after each restart, until somebody has it skipped. Replication carries it everywhere: all regions fail together.",
  target: ["crash"],
  options: {
    fuse: duration(5_000_000, "from applying it, or from a restart with it, until the host dies", {
      least: 1000,
    }),
    restart: duration(30_000_000, "how long the host needs to restart", { least: 1000 }),
  },
  ends: true,
  hardships: (values) => ({
    ...NO_HARDSHIPS,
    data: { kind: "poison", fuse: numberOption(values, "fuse"), restart: numberOption(values, "restart") },
  }),
};
