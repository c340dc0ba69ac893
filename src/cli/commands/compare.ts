import type { CommandBody } from "../commands.js";
import { replayOf } from "../shell.js";
import { study } from "../study.js";
import { studyOptions, wholeNumber } from "./study-options.js";

const FULL_SEEDS = 30;
const FULL_RATE = 1000;
const SEEDS = 10;

interface Arguments {
  scenario: string;
  seed: string;
  seeds: number | undefined;
  out: string;
  workers: number | undefined;
  json: boolean;
  quiet: boolean;
  full: boolean;
}

export const compare: CommandBody<Arguments> = {
  builder: (argv) =>
    studyOptions(argv)
      .option("seeds", { type: "number", requiresArg: true, describe: `how many paired seeds (${SEEDS})` })
      .option("full", { type: "boolean", default: false, describe: `${FULL_SEEDS} seeds at ${FULL_RATE} requests/s` })
      .example("$0 compare active-active-vs-pilot-light", "the main question") as never,
  handler: async (given) => {
    wholeNumber("seeds", given.seeds, 1, 10_000);
    wholeNumber("workers", given.workers, 1, 256);
    const seeds = given.seeds ?? (given.full ? FULL_SEEDS : SEEDS);
    const full = given.full ? ["--full"] : [];
    process.exitCode = await study({
      ...given,
      file: given.scenario,
      seeds,
      rate: given.full ? FULL_RATE : undefined,
      weighs: true,
      replayOne: (architecture, seed) =>
        replayOf("run", given.scenario, "--architecture", architecture, "--seed", seed),
      replay: (first, count) => replayOf("compare", given.scenario, ...full, "--seed", first, "--seeds", String(count)),
    });
  },
};
