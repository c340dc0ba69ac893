import type { CommandModule } from "yargs";
import { CHECKERS, runChecker } from "../../check/catalogue.js";
import { MODEL_NAMES } from "../../check/linearizable/model.js";
import type { Verdict } from "../../check/verdict.js";
import { operationCount } from "../../record/record.js";
import { escapeTerminal } from "../../report/escape.js";
import { type CheckArguments, boundsOf, checkOptions, chosenCheckers } from "../check-options.js";
import { badInput } from "../exit.js";
import { type LoadedHistory, loadHistory } from "../history-file.js";
import { evidenceRows, evidenceTable } from "../history-table.js";
import { exitOf, tellVerdicts } from "../verdicts.js";

interface Arguments extends CheckArguments {
  file: string;
  failedCas: "compared" | "did-not-happen";
  json: boolean;
}

const SAID: Readonly<Record<Verdict["verdict"], string>> = {
  true: "linearizable",
  false: "not linearizable",
  unknown: "undecided",
};

export const checkHistory: CommandModule<object, Arguments> = {
  command: "check-history <file>",
  describe: "say whether a history (Jepsen log, EDN, JSON lines, a record) is linearizable, causal, durable, …",
  builder: (argv) =>
    checkOptions(
      argv.positional("file", { type: "string", demandOption: true, describe: "a record, or one event a line" }),
    )
      .option("failed-cas", {
        type: "string",
        choices: ["compared", "did-not-happen"],
        default: "compared",
        describe: "a failed cas found another value, or nothing is known of it but that it did not swap",
      })
      .option("json", { type: "boolean", default: false, describe: "print one JSON document and nothing else" })
      .epilogue("Without --check: is it linearizable? Exit codes: 0 yes, 1 no, 2 bad input, 4 undecided.") as never,
  handler: (args) => {
    const { file, model, check, failedCas, json } = args;
    const checkers = check === undefined ? null : chosenCheckers(check);
    if (checkers === null && model === undefined) {
      throw badInput(
        `error: --model is missing; expected one of ${MODEL_NAMES.join(", ")}, as --model register; or say with --check what to ask instead (--check all)`,
      );
    }
    const loaded = loadHistory(file, { add: model === "set" ? "set-add" : "increment", failedCas });
    const options = boundsOf(args, loaded.record.clock);
    process.exitCode =
      checkers === null
        ? tellLinearizable(file, loaded, options, json)
        : tellVerdicts(file, loaded, checkers, options, json);
  },
};

function tellLinearizable(
  file: string,
  { record, lines }: LoadedHistory,
  options: ReturnType<typeof boundsOf>,
  json: boolean,
): number {
  const linearizable = CHECKERS.find(({ name }) => name === "linearizable")!;
  const { model } = options;
  const verdict = runChecker(linearizable, record, options);
  const rows = evidenceRows(record, lines, verdict.evidence);
  const operations = operationCount(record);
  if (json) {
    const { evidence: _rows, ...said } = verdict;
    const document = { schema: "faultline/check-history/1", file, model, operations, ...said, evidence: rows };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    const text = [`${file}: ${SAID[verdict.verdict]} as ${model}: ${verdict.reason} (${operations} operations).`];
    if (verdict.explanation !== "") text.push("", verdict.explanation);
    if (rows.length > 0) text.push("", "The smallest part found that cannot be:", "", ...evidenceTable(rows));
    process.stdout.write(`${escapeTerminal(text.join("\n"))}\n`);
  }
  return exitOf(verdict.verdict);
}
