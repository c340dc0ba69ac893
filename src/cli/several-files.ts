import type { Argv } from "yargs";

/** Of an option that is given twice the last one counts, here as in every command. */
const lastGiven = (value: unknown): unknown => (Array.isArray(value) ? value.at(-1) : value);

/** A command that takes as many files as are named, and the options that are named here. */
export const severalFiles = (argv: Argv, describe: string, options: readonly string[]): Argv =>
  argv
    // Else only the last of the files would be read.
    .parserConfiguration({ "duplicate-arguments-array": true })
    .positional("files", { type: "string", array: true, demandOption: true, describe })
    .coerce([...options], lastGiven) as Argv;
