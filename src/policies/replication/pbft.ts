import type { Host, Replication } from "../contract.js";
import { type OptionValues, count, duration, numberOption } from "../options.js";
import { PbftLetter, VERBS } from "./pbft/letter.js";
import { PbftReplica } from "./pbft/pbft.js";
import { WINDOW } from "./pbft/slots.js";

export const pbft: Replication<PbftLetter> = {
  name: "pbft",
  about: "The copies agree on one order of writes although some of them lie: f of 3f + 1 may.",
  costs: "Three rounds among 2f + 1 of the copies for a write, and messages that grow with the square of the copies.",
  follows: "Castro and Liskov, Practical Byzantine Fault Tolerance (1999)",
  options: {
    heartbeat: duration(500_000, "between signs of life, and between looks at what is overdue", { least: 10_000 }),
    view_timeout: duration(
      3_000_000,
      "who has known of a request for so long, and sees nothing carried out, asks for the next primary; doubled each time that it is in vain",
      { least: 100_000 },
    ),
    checkpoint: count(64, "places in the order between two checkpoints", { least: 1, most: WINDOW / 4 }),
  },
  gives: { writers: "every-replica", confirms: true, agrees: true },
  needs: { conflict: false },
  verbs: VERBS,
  check: (_, { holders }) =>
    holders >= 4
      ? null
      : {
          option: "checkpoint",
          message: `with ${holders} copies nobody may lie`,
          expected: "4 copies or more: 3f + 1 for f liars",
          hint: "add regions, or choose replication: raft, which trusts all of them",
        },
  letter: () => new PbftLetter(),
  on: (host: Host<PbftLetter>, options: OptionValues) =>
    new PbftReplica(host, {
      heartbeat: numberOption(options, "heartbeat"),
      timeout: numberOption(options, "view_timeout"),
      interval: numberOption(options, "checkpoint"),
    }),
};
