import type { Argv } from "yargs";
import { wholeNumber } from "./commands/study-options.js";

/** What the commands about cost share. */
export interface CostArguments {
  scenario: string;
  architecture: string | undefined;
  prices: string | undefined;
  seed: string;
  seeds: number;
  workers: number | undefined;
  json: boolean;
  quiet: boolean;
}

export const costOptions = (argv: Argv, seeds: number) =>
  argv
    .positional("scenario", {
      type: "string",
      demandOption: true,
      describe: "scenario file, or the name of one that comes along",
    })
    .option("architecture", { type: "string", requiresArg: true, describe: "only this one" })
    .option("prices", { type: "string", requiresArg: true, describe: "aws, azure, gcp, or a CSV file of your own" })
    .option("seed", { type: "string", requiresArg: true, default: "1", describe: "first seed; the others follow it" })
    .option("seeds", { type: "number", requiresArg: true, default: seeds, describe: "how many seeds" })
    .option("workers", { type: "number", requiresArg: true, describe: "threads, 1 or more; all cores if left out" })
    .option("json", { type: "boolean", default: false, describe: "print one JSON document and nothing else" })
    .option("quiet", { type: "boolean", default: false, describe: "no progress" });

export function checkCostOptions({ seeds, workers }: CostArguments): void {
  wholeNumber("seeds", seeds, 1, 10_000);
  wholeNumber("workers", workers, 1, 256);
}
