import { CHECKERS, type Checker, runChecker } from "../../check/catalogue.js";
import { MODEL_NAMES } from "../../check/linearizable/model.js";
import type { Verdict } from "../../check/verdict.js";
import { CAS, OK, type RunRecord, operationCount } from "../../record/record.js";
import { type CheckArguments, boundsOf, checkOptions, chosenCheckers } from "../check-options.js";
import type { CommandBody } from "../commands.js";
import { Exit, badInput } from "../exit.js";
import { type LoadedHistory, loadHistory } from "../history-file.js";
import { evidenceRows, evidenceTable } from "../history-table.js";
import { severalFiles } from "../several-files.js";
import { type Said, exitOf, sayVerdicts, tell, worstExit } from "../verdicts.js";

interface Arguments extends CheckArguments {
  files: string[];
  failedCas: "compared" | "did-not-happen";
  json: boolean;
}

const OPTIONS = ["check", "model", "most-versions", "most-age", "quiet", "failed-cas", "json"];

const SAID: Readonly<Record<Verdict["verdict"], string>> = {
  true: "linearizable",
  false: "not linearizable",
  unknown: "undecided",
};

export const checkHistory: CommandBody<Arguments> = {
  builder: (argv) =>
    checkOptions(severalFiles(argv, "records, or files with one event a line", OPTIONS))
      .option("failed-cas", {
        type: "string",
        choices: ["compared", "did-not-happen"],
        default: "compared",
        describe: "a failed cas found another value, or nothing is known of it but that it did not swap",
      })
      .option("json", { type: "boolean", default: false, describe: "print one JSON document and nothing else" })
      .epilogue(
        "Without --check: is it linearizable? Exit codes: 0 yes, 1 no, 2 bad input, 4 undecided; of several files the first of 2, 1, 4 that any has.",
      ) as never,
  handler: (args) => {
    const { files, model, check, json } = args;
    const checkers = check === undefined ? null : chosenCheckers(check);
    if (checkers === null && model === undefined) {
      throw badInput(
        `error: --model is missing; expected one of ${MODEL_NAMES.join(", ")}, as --model register; or say with --check what to ask instead (--check all)`,
      );
    }
    const exits: number[] = [];
    const wrong: string[] = [];
    const documents: Said[] = [];
    for (const file of files) {
      try {
        const said = say(file, checkers, args);
        exits.push(said.exit);
        // A document is printed when all is known, text at once.
        if (json) documents.push(said);
        else tell([said], json);
      } catch (error) {
        if (!(error instanceof Exit)) throw error;
        exits.push(error.code);
        wrong.push(error.message);
      }
    }
    if (wrong.length > 0) throw badInput(wrong.join("\n"));
    tell(documents, json);
    process.exitCode = worstExit(exits);
  },
};

function say(file: string, checkers: readonly Checker[] | null, args: Arguments): Said {
  const loaded = loadHistory(file, { add: args.model === "set" ? "set-add" : "increment", failedCas: args.failedCas });
  const options = boundsOf(args, loaded.record.clock);
  return checkers === null ? sayLinearizable(file, loaded, options) : sayVerdicts(file, loaded, checkers, options);
}

function sayLinearizable(file: string, { record, lines }: LoadedHistory, options: ReturnType<typeof boundsOf>): Said {
  const linearizable = CHECKERS.find(({ name }) => name === "linearizable")!;
  const { model } = options;
  const verdict = runChecker(linearizable, record, options);
  const rows = evidenceRows(record, lines, verdict.evidence);
  const operations = operationCount(record);
  const { evidence, ...said } = verdict;
  const document = { schema: "faultline/check-history/1", file, model, operations, ...said, evidence: rows };
  const text = [`${file}: ${SAID[verdict.verdict]} as ${model}: ${verdict.reason} (${operations} operations).`];
  if (verdict.explanation !== "") text.push("", verdict.explanation);
  if (rows.length > 0) text.push("", "The smallest part found that cannot be:", "", ...evidenceTable(rows));
  if (lines !== null && evidence.some((row) => comparedInVain(record, row))) {
    text.push(
      "",
      "A cas that failed is taken to have found another value. If it only did not happen: --failed-cas did-not-happen.",
    );
  }
  return { document, lines: text, exit: exitOf(verdict.verdict) };
}

const comparedInVain = ({ operations }: RunRecord, row: number): boolean =>
  operations.kind[row] === CAS && operations.outcome[row] === OK && operations.value[row] === 0;
