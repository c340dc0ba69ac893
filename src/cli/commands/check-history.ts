import { readFileSync, statSync } from "node:fs";
import type { CommandModule } from "yargs";
import { checkLinearizable } from "../../check/linearizable/linearizable.js";
import { MODEL_NAMES, type ModelName } from "../../check/linearizable/model.js";
import type { Verdict } from "../../check/verdict.js";
import { operationCount } from "../../record/record.js";
import { type Imported, MOST_HISTORY_BYTES, importHistory } from "../../record/text/import.js";
import { escapeTerminal } from "../../report/escape.js";
import { formatProblem } from "../../scenario/problem.js";
import { EXPECTATION_FAILED, FINE, UNDECIDED, badInput } from "../exit.js";
import { evidenceRows, evidenceTable } from "../history-table.js";

interface Arguments {
  file: string;
  model: ModelName;
  failedCas: "compared" | "did-not-happen";
  json: boolean;
}

const EXIT: Readonly<Record<Verdict["verdict"], number>> = {
  true: FINE,
  false: EXPECTATION_FAILED,
  unknown: UNDECIDED,
};
const SAID: Readonly<Record<Verdict["verdict"], string>> = {
  true: "linearizable",
  false: "not linearizable",
  unknown: "undecided",
};

export const checkHistory: CommandModule<object, Arguments> = {
  command: "check-history <file>",
  describe: "say whether a recorded history (Jepsen log, EDN, JSON lines) is linearizable",
  builder: (argv) =>
    argv
      .positional("file", { type: "string", demandOption: true, describe: "history, one event a line" })
      .option("model", {
        type: "string",
        choices: MODEL_NAMES,
        demandOption: true,
        describe: "what the operations should have done",
      })
      .option("failed-cas", {
        type: "string",
        choices: ["compared", "did-not-happen"],
        default: "compared",
        describe: "a failed cas found another value, or nothing is known of it but that it did not swap",
      })
      .option("json", { type: "boolean", default: false, describe: "print one JSON document and nothing else" })
      .epilogue("Exit codes: 0 linearizable, 1 not, 2 bad input, 4 undecided within the limits.") as never,
  handler: ({ file, model, failedCas, json }) => {
    const { record, lines } = load(file, model, failedCas);
    const verdict = checkLinearizable(record, { model });
    process.exitCode = EXIT[verdict.verdict];
    const rows = evidenceRows(record, lines, verdict.evidence);
    const operations = operationCount(record);
    if (json) {
      const { evidence: _rows, ...said } = verdict;
      const document = { schema: "faultline/check-history/1", file, model, operations, ...said, evidence: rows };
      process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
      return;
    }
    const text = [`${file}: ${SAID[verdict.verdict]} as ${model}: ${verdict.reason} (${operations} operations).`];
    if (verdict.explanation !== "") text.push("", verdict.explanation);
    if (rows.length > 0) text.push("", "The smallest part found that cannot be:", "", ...evidenceTable(rows));
    process.stdout.write(`${escapeTerminal(text.join("\n"))}\n`);
  },
};

function load(file: string, model: ModelName, failedCas: Arguments["failedCas"]): Imported & { readonly ok: true } {
  const imported = importHistory(readBytes(file), { add: model === "set" ? "set-add" : "increment", failedCas });
  if (imported.ok) return imported;
  const { problems, count } = imported;
  const shown = problems.map((problem) => formatProblem({ file, severity: "error", ...problem }));
  const more = count > problems.length ? `, of which the first ${problems.length} are shown` : "";
  throw badInput([...shown, `${count} ${count === 1 ? "problem" : "problems"} in ${file}${more}`].join("\n"));
}

/** Refused by its size before it is read. */
function readBytes(file: string): Uint8Array {
  try {
    const { size } = statSync(file);
    if (size > MOST_HISTORY_BYTES) {
      throw badInput(
        `${file}: error: the history has ${size} bytes; expected at most ${MOST_HISTORY_BYTES}; check a part of it, by key or by time`,
      );
    }
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== "string") throw error;
    const what = code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`;
    throw badInput(`${file}: error: ${what}; expected a history: a Jepsen log, EDN maps, or JSON lines`);
  }
}
