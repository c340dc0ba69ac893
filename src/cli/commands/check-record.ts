import { CHECKERS, applicable } from "../../check/catalogue.js";
import { type CheckArguments, boundsOf, checkOptions, chosenCheckers } from "../check-options.js";
import type { CommandBody } from "../commands.js";
import { readRecord } from "../read-record.js";
import { sayVerdicts, tell } from "../verdicts.js";

interface Arguments extends CheckArguments {
  file: string;
  json: boolean;
}

export const checkRecord: CommandBody<Arguments> = {
  builder: (argv) =>
    checkOptions(argv.positional("file", { type: "string", demandOption: true, describe: "written by run --record" }))
      .option("json", { type: "boolean", default: false, describe: "print one JSON document and nothing else" })
      .epilogue(
        "Without --check: all that the record has the rows for. Exit codes: 0 all hold, 1 one does not, 2 bad input, 4 undecided.",
      ) as never,
  handler: (args) => {
    const checkers = args.check === undefined ? CHECKERS : chosenCheckers(args.check);
    const record = readRecord(args.file);
    const asked = args.check === undefined ? checkers.filter((checker) => applicable(checker, record)) : checkers;
    const options = boundsOf(args, record.clock);
    const said = sayVerdicts(args.file, { record, lines: null }, asked, options);
    tell([said], args.json);
    process.exitCode = said.exit;
  },
};
