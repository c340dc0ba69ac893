import type { Argv } from "yargs";

/** Options that run and compare share. */
export const studyOptions = (argv: Argv) =>
  argv
    .positional("scenario", { type: "string", demandOption: true, describe: "scenario file" })
    .option("seed", { type: "string", default: "1", describe: "first seed; the others follow it" })
    .option("out", { type: "string", default: "results", describe: "folder for the results" })
    .option("workers", { type: "number", describe: "threads; all cores if left out, 0 for none" })
    .option("json", { type: "boolean", default: false, describe: "print one JSON document and nothing else" })
    .option("quiet", { type: "boolean", default: false, describe: "no prose and no progress" });

/** A whole number in a range, or a message that says which option was wrong. */
export function wholeNumber(name: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  throw new RangeError(`--${name} is ${value}; expected a whole number from ${least} to ${most}`);
}
