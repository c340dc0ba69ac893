import { escapeTerminal } from "../report/escape.js";
import { formatProblems } from "../scenario/problem.js";
import { type Scenario, parseScenario } from "../scenario/scenario.js";
import { MOST_PROBLEMS } from "../scenario/source.js";
import { badInput } from "./exit.js";
import { readBeside, readRegularFile } from "./read-file.js";

export interface Loaded {
  readonly scenario: Scenario;
  readonly text: string;
}

/** Reads and parses a scenario file; every problem of the file is in the message of the exit. */
export function loadScenario(file: string): Loaded {
  const text = readRegularFile(file);
  if (typeof text !== "string") {
    throw badInput(
      `${file}: error: ${text.reason}; expected a scenario file; \`faultline list scenarios\` names those that come along`,
    );
  }
  const result = parseScenario(text, { file, read: (path) => readBeside(file, path) });
  if (!result.ok) {
    const shown = formatProblems(result.problems, file, text);
    const count = result.problems.length;
    const many = count === 1 ? "problem" : count < MOST_PROBLEMS ? "problems" : "problems or more";
    const summary = `${count} ${many} in ${file}; nothing was run and nothing written`;
    throw badInput(escapeTerminal([...shown, summary].join("\n")));
  }
  return { scenario: result.scenario, text };
}
