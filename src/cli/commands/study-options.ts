import type { Argv } from "yargs";

/** Options that run and compare share. */
export const studyOptions = (argv: Argv) =>
  argv
    .positional("scenario", {
      type: "string",
      demandOption: true,
      describe: "scenario file, or the name of one that comes along",
    })
    .option("seed", { type: "string", requiresArg: true, default: "1", describe: "first seed; the others follow it" })
    .option("out", { type: "string", requiresArg: true, default: "results", describe: "folder for the results" })
    .option("workers", { type: "number", requiresArg: true, describe: "threads, 1 or more; all cores if left out" })
    .option("json", { type: "boolean", default: false, describe: "print one JSON document and nothing else" })
    .option("quiet", { type: "boolean", default: false, describe: "no prose and no progress" });

/** A whole number in a range, or a message that says which option was wrong. */
export function wholeNumber(name: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  const is = Number.isInteger(value) ? `is ${value}` : "is not a whole number";
  throw new RangeError(`--${name} ${is}; expected a whole number from ${least} to ${most}`);
}
