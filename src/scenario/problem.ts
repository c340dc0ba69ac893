/** Something wrong in a file, or something that its reader must be told. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: "error" | "note";
  /** What is wrong. */
  readonly message: string;
  /** What would have been right. */
  readonly expected?: string;
  /** What to do. */
  readonly hint?: string;
}

const WIDEST_LINE = 160;

/** More are counted and not shown. */
const MOST_SHOWN = 100;

/** `file:line:column: what; expected …; do …`, and below it the line with a caret. */
export const formatProblem = (problem: Problem, text?: string): string => withLine(problem, linesOf(text));

/** The first hundred problems, each with its line if it is one of this file, and how many there are beyond them. */
export function formatProblems(problems: readonly Problem[], file: string, text: string): string[] {
  const lines = linesOf(text);
  const shown = problems
    .slice(0, MOST_SHOWN)
    .map((problem) => withLine(problem, problem.file === file ? lines : undefined));
  const more = problems.length - shown.length;
  return more > 0 ? [...shown, `… and ${more} more`] : shown;
}

const linesOf = (text: string | undefined): readonly string[] | undefined => text?.split(/\r?\n/);

function withLine(problem: Problem, text: readonly string[] | undefined): string {
  const parts = [problem.message];
  if (problem.expected !== undefined) parts.push(`expected ${problem.expected}`);
  if (problem.hint !== undefined) parts.push(problem.hint);
  const where = problem.line > 0 ? `${problem.file}:${problem.line}:${problem.column}` : problem.file;
  const lines = [`${where}: ${problem.severity}: ${parts.join("; ")}`];
  const source = text?.[problem.line - 1];
  if (source !== undefined && problem.column <= WIDEST_LINE) {
    lines.push(`  ${source.slice(0, WIDEST_LINE)}`, `  ${" ".repeat(Math.max(0, problem.column - 1))}^`);
  }
  return lines.join("\n");
}

export function byPosition(a: Problem, b: Problem): number {
  return a.line - b.line || a.column - b.column;
}
