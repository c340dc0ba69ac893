import { CHECKERS, type CheckOptions, type Checker, type Judgement, runCheckers } from "../check/catalogue.js";
import type { Verdict } from "../check/verdict.js";
import { operationCount } from "../record/record.js";
import { escapeTerminal } from "../report/escape.js";
import { BAD_INPUT, EXPECTATION_FAILED, FINE, UNDECIDED } from "./exit.js";
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
export const jointExit = (judgements: readonly Judgement[]): number =>
  worstExit(judgements.map(({ verdict }) => exitOf(verdict.verdict)));

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

/** What is said of one file: as a document, as lines for people, and as an exit code. */
export interface Said {
  readonly document: object;
  readonly lines: readonly string[];
  readonly exit: number;
}

/** Runs the checkers. */
export function sayVerdicts(
  file: string,
  loaded: LoadedHistory,
  checkers: readonly Checker[],
  options: CheckOptions,
): Said {
  const { record, lines } = loaded;
  const names = checkers.map(({ name }) => name);
  const judgements = runCheckers(record, names, options);
  const rowsOf = ({ evidence }: Verdict) => evidenceRows(record, lines, evidence);
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
  const evidence = (verdict: Verdict): string[] => evidenceTable(rowsOf(verdict));
  const text = [`${file}: ${operationCount(record)} operations`, "", ...verdictLines(judgements, evidence)];
  return { document, lines: text, exit: jointExit(judgements) };
}

/** Prints what is said of each file, in their order; a document is one, of however many files. */
export function tell(said: readonly Said[], json: boolean): void {
  const [first, ...others] = said;
  if (first === undefined) return;
  if (json) {
    const histories = said.map(({ document }) => document);
    const document = others.length === 0 ? first.document : { schema: "faultline/check-histories/1", histories };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  } else for (const { lines } of said) process.stdout.write(`${escapeTerminal(lines.join("\n"))}\n`);
}

/** Of several verdicts: bad input, else any no, else any undecided. */
export const worstExit = (exits: readonly number[]): number =>
  [BAD_INPUT, EXPECTATION_FAILED, UNDECIDED].find((exit) => exits.includes(exit)) ?? FINE;
