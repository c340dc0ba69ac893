import type { Problem } from "./problem.js";
import type { ParseOptions } from "./scenario.js";
import type { Source } from "./source.js";

const MOST_PROBLEMS = 50;

interface FileProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The text of a CSV file that the scenario names at `path`, or null when it cannot be had; that is reported. */
export function readBeside(
  name: string,
  path: string,
  what: string,
  source: Source,
  options: ParseOptions,
  mostBytes?: number,
): string | null {
  if (name.startsWith("/") || name.startsWith("\\") || /^[A-Za-z]:/.test(name) || name.split(/[/\\]/).includes("..")) {
    source.errorAt(path, `"${name}" leads out of the scenario's folder`, "a file beside the scenario, as ./mine.csv");
    return null;
  }
  const text = options.read?.(name, mostBytes) ?? null;
  if (typeof text === "string") return text;
  const reason = text?.reason ?? "there is no such file";
  source.errorAt(path, `the ${what} "${name}" cannot be read: ${reason}`, "a CSV file beside the scenario");
  return null;
}

/** Reports what is wrong with a file beside the scenario, at its own lines. */
export function reportBeside(
  name: string,
  what: string,
  problems: readonly (FileProblem & Partial<Problem>)[],
  source: Source,
): void {
  // Named from the working directory, as the scenario is.
  const file = source.file.replace(/[^/\\]*$/, "") + name.replace(/^(?:\.\/)+/, "");
  for (const problem of problems.slice(0, MOST_PROBLEMS)) {
    source.problems.push({ file, severity: "error", ...problem });
  }
  const more = problems.length - MOST_PROBLEMS;
  if (more <= 0) return;
  const { line, column } = problems[MOST_PROBLEMS]!;
  source.problems.push({ file, line, column, severity: "error", message: `… and ${more} more in this ${what}` });
}
