import type { CommandBody } from "../commands.js";
import { INTERRUPTED } from "../exit.js";
import { showLooks } from "../looks.js";
import { pinFaults } from "../pin-faults.js";
import { replayOf } from "../shell.js";
import { study } from "../study.js";
import { type WatchArguments, moment, watchOptions, watchRequest } from "../watch-options.js";
import { studyOptions, wholeNumber } from "./study-options.js";

interface Arguments extends WatchArguments {
  scenario: string;
  architecture: string | undefined;
  seed: string;
  seeds: number;
  out: string;
  workers: number | undefined;
  json: boolean;
  quiet: boolean;
  pinFaults: boolean;
  until: string | undefined;
}

export const run: CommandBody<Arguments> = {
  builder: (argv) =>
    watchOptions(studyOptions(argv))
      .option("architecture", { type: "string", requiresArg: true, describe: "only this one; all if left out" })
      .option("pin-faults", {
        type: "boolean",
        default: false,
        describe: "write the scenario with every random fault scripted as this seed decided it, and run nothing",
      })
      .option("until", { type: "string", requiresArg: true, describe: "end at this moment of the run, as 20m" })
      .option("seeds", { type: "number", requiresArg: true, default: 1, describe: "how many seeds" })
      .example("$0 run flapping-link --architecture pilot-light --seed 7", "replay one run") as never,
  handler: async (given) => {
    wholeNumber("seeds", given.seeds, 1, 10_000);
    wholeNumber("workers", given.workers, 1, 256);
    const watch = watchRequest(given, given.scenario);
    const until = moment("until", given.until);
    if (watch !== null && given.seeds > 1)
      throw new RangeError(`--seeds is ${given.seeds}, but a record or a trace is of one run; leave --seeds out`);
    if (watch?.trace?.file === "-" && given.json)
      throw new RangeError("--json and --trace - both want standard output; give the trace a file");
    if (given.pinFaults && (watch !== null || until !== undefined))
      throw new RangeError(
        "--pin-faults runs nothing, so there is nothing to record, to trace or to end; leave it out",
      );
    if (given.pinFaults) {
      pinFaults(given.scenario, given.seed, given.out);
      return;
    }
    const ending = given.until === undefined ? [] : ["--until", given.until];
    const only = [...(given.architecture === undefined ? [] : ["--architecture", given.architecture]), ...ending];
    // Of a run that ends early nobody has said when to look.
    const showsLooks = given.seeds === 1 && !given.json && !given.quiet && until === undefined;
    process.exitCode = await study({
      ...given,
      showsLooks,
      file: given.scenario,
      watch,
      until,
      replayOne: (architecture, seed) =>
        replayOf("run", given.scenario, "--architecture", architecture, ...ending, "--seed", seed),
      replay: (first, count) =>
        replayOf("run", given.scenario, ...only, "--seed", first, ...(count === 1 ? [] : ["--seeds", String(count)])),
    });
    if (showsLooks && process.exitCode !== INTERRUPTED) await showLooks(given.scenario, given.architecture, given.seed);
  },
};
