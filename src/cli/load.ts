import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { escapeTerminal } from "../report/escape.js";
import { formatProblems } from "../scenario/problem.js";
import { type Scenario, parseScenario } from "../scenario/scenario.js";
import { MOST_BYTES } from "../scenario/unreadable.js";
import { badInput } from "./exit.js";

export interface Loaded {
  readonly scenario: Scenario;
  readonly text: string;
}

/** Reads and parses a scenario file; every problem of the file is in the message of the exit. */
export function loadScenario(file: string): Loaded {
  const text = readText(file, "a scenario file");
  const result = parseScenario(text, { file, read: (path) => readBeside(file, path) });
  if (!result.ok) {
    const shown = formatProblems(result.problems, file, text);
    const count = result.problems.length;
    const summary = `${count} ${count === 1 ? "problem" : "problems"} in ${file}; nothing was run and nothing written`;
    throw badInput(escapeTerminal([...shown, summary].join("\n")));
  }
  return { scenario: result.scenario, text };
}

/** Refused by its size before it is read. */
function readText(file: string, what: string): string {
  try {
    const { size } = statSync(file);
    if (size > MOST_BYTES) {
      throw badInput(
        `${file}: error: the file has ${size} bytes; expected at most ${MOST_BYTES}; a scenario names things, it does not list data`,
      );
    }
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== "string") throw error;
    if (code === "ENOENT")
      throw badInput(
        `${file}: error: there is no such file; expected ${what}; \`faultline list scenarios\` names those that come along`,
      );
    if (code === "EISDIR") throw badInput(`${file}: error: this is a folder; expected ${what}`);
    throw badInput(`${file}: error: the file cannot be read (${code}); expected ${what}`);
  }
}

function readBeside(scenario: string, path: string): string | null {
  try {
    return readText(resolve(dirname(scenario), path), "a table");
  } catch {
    return null;
  }
}
