import type { CommandModule } from "yargs";
import { pinFaults } from "../pin-faults.js";
import { replayOf } from "../shell.js";
import { study } from "../study.js";
import { studyOptions, wholeNumber } from "./study-options.js";

interface Arguments {
  scenario: string;
  architecture: string | undefined;
  seed: string;
  seeds: number;
  out: string;
  workers: number | undefined;
  json: boolean;
  quiet: boolean;
  pinFaults: boolean;
}

export const run: CommandModule<object, Arguments> = {
  command: "run <scenario>",
  describe: "run a scenario once, or one of its architectures",
  builder: (argv) =>
    studyOptions(argv)
      .option("architecture", { type: "string", requiresArg: true, describe: "only this one; all if left out" })
      .option("pin-faults", {
        type: "boolean",
        default: false,
        describe: "write the scenario with every random fault scripted as this seed decided it, and run nothing",
      })
      .option("seeds", { type: "number", requiresArg: true, default: 1, describe: "how many seeds" })
      .example("$0 run flapping-link --architecture pilot-light --seed 7", "replay one run") as never,
  handler: async (given) => {
    wholeNumber("seeds", given.seeds, 1, 10_000);
    wholeNumber("workers", given.workers, 1, 256);
    if (given.pinFaults) {
      pinFaults(given.scenario, given.seed, given.out);
      return;
    }
    const only = given.architecture === undefined ? [] : ["--architecture", given.architecture];
    process.exitCode = await study({
      ...given,
      file: given.scenario,
      replay: (first, count) =>
        replayOf("run", given.scenario, ...only, "--seed", first, ...(count === 1 ? [] : ["--seeds", String(count)])),
    });
  },
};
