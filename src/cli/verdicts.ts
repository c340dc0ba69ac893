import { CHECKERS, type CheckOptions, type Checker, type Judgement, runCheckers } from "../check/catalogue.js";
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
export function jointExit(judgements: readonly Judgement[]): number {
  if (judgements.some(({ verdict }) => verdict.verdict === "false")) return EXPECTATION_FAILED;
  return judgements.some(({ verdict }) => verdict.verdict === "unknown") ? UNDECIDED : FINE;
}

/** A line for each checker; then each that has something to explain, with its evidence as a table. */
export function verdictLines(
  judgements: readonly Judgement[],
  evidence: (verdict: Verdict) => readonly string[],
): string[] {
  const width = Math.max(...judgements.map(({ check }) => check.length));
  const lines = judgements.map(
    ({ check, verdict: { verdict, reason } }) => `${check.padEnd(width)}  ${SAID[verdict].padEnd(9)}  ${reason}`,
  );
  for (const { check, verdict } of judgements) {
    if (verdict.explanation === "") continue;
    lines.push("", `${check}: ${verdict.explanation}`);
    if (verdict.evidence.length > 0) lines.push("", ...evidence(verdict));
  }
  return lines;
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
  const names = checkers.map(({ name }) => name);
  const judgements = runCheckers(record, names, options);
  const rowsOf = ({ evidence }: Verdict) => evidenceRows(record, lines, evidence);
  if (json) {
    const document = {
      schema: "faultline/checks/1",
      file,
      operations: operationCount(record),
      checks: judgements.map(({ check, verdict }) => ({
        check,
        question: CHECKERS.find(({ name }) => name === check)!.question,
        ...verdict,
        evidence: rowsOf(verdict),
      })),
    };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    const evidence = (verdict: Verdict): string[] => evidenceTable(rowsOf(verdict));
    const text = [`${file}: ${operationCount(record)} operations`, "", ...verdictLines(judgements, evidence)];
    process.stdout.write(`${escapeTerminal(text.join("\n"))}\n`);
  }
  return jointExit(judgements);
}
