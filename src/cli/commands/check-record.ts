import type { CommandModule } from "yargs";
import { CHECKERS, type CheckOptions, runCheckers } from "../../check/catalogue.js";
import { MODEL_NAMES, type ModelName } from "../../check/linearizable/model.js";
import { operationCount } from "../../record/record.js";
import { escapeTerminal } from "../../report/escape.js";
import { checkNames, exitOf, judgementLines, judgementsDocument } from "../judgements.js";
import { readRecord } from "../read-record.js";
import { Terminal } from "../terminal.js";
import { moment } from "../watch-options.js";
import { wholeNumber } from "./study-options.js";

interface Arguments {
  file: string;
  check: string;
  model: ModelName | undefined;
  mostVersions: number | undefined;
  mostAge: string | undefined;
  quiet: string | undefined;
  json: boolean;
}

export const checkRecord: CommandModule<object, Arguments> = {
  command: "check-record <file>",
  describe: "say what holds of a run that was recorded, and show what does not",
  builder: (argv) =>
    argv
      .positional("file", { type: "string", demandOption: true, describe: "written by run --record" })
      .option("check", {
        type: "string",
        requiresArg: true,
        default: "all",
        describe: `all, or some of ${CHECKERS.map(({ name }) => name).join(",")}`,
      })
      .option("model", { type: "string", choices: MODEL_NAMES, describe: "what the operations should have done" })
      .option("most-versions", { type: "number", requiresArg: true, describe: "that a read may be behind" })
      .option("most-age", { type: "string", requiresArg: true, describe: "by which a read may be behind, as 2s" })
      .option("quiet", { type: "string", requiresArg: true, describe: "after which copies must agree, as 10s" })
      .option("json", { type: "boolean", default: false, describe: "print one JSON document and nothing else" })
      .epilogue(
        "Exit codes: 0 all hold, 1 one is broken, 2 bad input, 4 one is open: undecided within its limits.",
      ) as never,
  handler: ({ file, check, json, ...given }) => {
    wholeNumber("most-versions", given.mostVersions, 0, Number.MAX_SAFE_INTEGER);
    const names = checkNames("check", check);
    const options = optionsOf(given);
    const record = readRecord(file);
    const judgements = runCheckers(record, names, options);
    process.exitCode = exitOf(judgements);
    const operations = operationCount(record);
    if (json) {
      const verdicts = judgementsDocument(judgements);
      const document = { schema: "faultline/check-record/1", file, operations, verdicts };
      process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
      return;
    }
    const lines = judgementLines(judgements, new Terminal(false, false).width);
    process.stdout.write(`${escapeTerminal([`${file}: ${operations} operations`, "", ...lines].join("\n"))}\n`);
  },
};

function optionsOf({
  model,
  mostVersions,
  mostAge,
  quiet,
}: Pick<Arguments, "model" | "mostVersions" | "mostAge" | "quiet">): CheckOptions {
  const age = moment("most-age", mostAge);
  const rest = moment("quiet", quiet);
  return {
    ...(model === undefined ? {} : { model }),
    ...(mostVersions === undefined ? {} : { mostVersions }),
    ...(age === undefined ? {} : { mostAge: age }),
    ...(rest === undefined ? {} : { quiet: rest }),
  };
}
