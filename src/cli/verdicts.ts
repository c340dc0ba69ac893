import { type CheckOptions, type Checker, runChecker } from "../check/catalogue.js";
import type { Verdict } from "../check/verdict.js";
import { operationCount } from "../record/record.js";
import { escapeTerminal } from "../report/escape.js";
import { EXPECTATION_FAILED, FINE, UNDECIDED } from "./exit.js";
import type { LoadedHistory } from "./history-file.js";
import { evidenceRows, evidenceTable } from "./history-table.js";

const EXIT: Readonly<Record<Verdict["verdict"], number>> = {
  true: FINE,
  false: EXPECTATION_FAILED,
  unknown: UNDECIDED,
};
const SAID: Readonly<Record<Verdict["verdict"], string>> = { true: "yes", false: "NO", unknown: "undecided" };

export const exitOf = (verdict: Verdict["verdict"]): number => EXIT[verdict];

/** Any no is a no; else any undecided leaves all undecided. */
export function jointExit(verdicts: readonly Verdict[]): number {
  if (verdicts.some(({ verdict }) => verdict === "false")) return EXPECTATION_FAILED;
  return verdicts.some(({ verdict }) => verdict === "unknown") ? UNDECIDED : FINE;
}

/** Runs the checkers, prints what they say and returns the exit code. */
export function tellVerdicts(
  file: string,
  loaded: LoadedHistory,
  checkers: readonly Checker[],
  options: CheckOptions,
  json: boolean,
): number {
  const { record, lines } = loaded;
  const checks = checkers.map((checker) => ({ checker, verdict: runChecker(checker, record, options) }));
  const rowsOf = ({ evidence }: Verdict) => evidenceRows(record, lines, evidence);
  if (json) {
    const document = {
      schema: "faultline/checks/1",
      file,
      operations: operationCount(record),
      checks: checks.map(({ checker, verdict }) => ({
        check: checker.name,
        question: checker.question,
        ...verdict,
        evidence: rowsOf(verdict),
      })),
    };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    const width = Math.max(...checkers.map(({ name }) => name.length));
    const text = [`${file}: ${operationCount(record)} operations`, ""];
    for (const { checker, verdict } of checks) {
      text.push(`${checker.name.padEnd(width)}  ${SAID[verdict.verdict].padEnd(9)}  ${verdict.reason}`);
    }
    for (const { checker, verdict } of checks) {
      if (verdict.explanation === "") continue;
      text.push("", `${checker.name}: ${verdict.explanation}`);
      if (verdict.evidence.length > 0) text.push("", ...evidenceTable(rowsOf(verdict)));
    }
    process.stdout.write(`${escapeTerminal(text.join("\n"))}\n`);
  }
  return jointExit(checks.map(({ verdict }) => verdict));
}
