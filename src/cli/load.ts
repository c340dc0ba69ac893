import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Describer } from "../plugins/describe.js";
import type { PolicyKind } from "../policies/catalogue.js";
import { escapeTerminal } from "../report/escape.js";
import type { PluginLoad } from "../scenario/own-policies.js";
import { formatProblems } from "../scenario/problem.js";
import { type ParseResult, type Scenario, parseScenario } from "../scenario/scenario.js";
import { MOST_PROBLEMS } from "../scenario/source.js";
import { nearest } from "../units/text.js";
import { bundledFile, bundledNames } from "./bundled.js";
import { badInput } from "./exit.js";
import { readBeside, readRegularFile } from "./read-file.js";

export interface Loaded {
  readonly scenario: Scenario;
  readonly text: string;
  /** Reads another text as if it stood in the same file. */
  parse(text: string): ParseResult;
}

/**
 * Reads and parses a scenario: a file, or one that comes along by its name. Every problem of the file is in the message
 * of the exit.
 */
export function loadScenario(file: string): Loaded {
  const path = existsSync(file) || !bundledNames().includes(file) ? file : bundledFile(file);
  const text = readRegularFile(path);
  if (typeof text !== "string") {
    const meant = nearest(file, bundledNames());
    throw badInput(
      escapeTerminal(
        `${file}: error: ${text.reason}; expected a scenario file, or one of those that \`faultline list scenarios\` names${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
      ),
    );
  }
  const parse = (written: string): ParseResult => parseAt(path, file, written);
  const result = parse(text);
  if (!result.ok) {
    const shown = formatProblems(result.problems, file, text);
    const count = result.problems.length;
    const many = count === 1 ? "problem" : count < MOST_PROBLEMS ? "problems" : "problems or more";
    const summary = `${count} ${many} in ${file}; nothing was run and nothing written`;
    throw badInput(escapeTerminal([...shown, summary].join("\n")));
  }
  return { scenario: result.scenario, text, parse };
}

/** Reads a text as if it stood in the file at `path`, which messages call `file`. */
export const parseAt = (path: string, file: string, text: string): ParseResult =>
  parseScenario(text, {
    file,
    read: (beside, most) => readBeside(path, beside, most),
    plugin: (kind, own) => pluginBeside(path, file, kind, own),
  });

/** One thread for all files that a command loads; made when the first one is named. It does not keep the program alive. */
const describer = new Describer();
const MOST_PLUGIN_BYTES = 1_000_000;

/** Loads a policy from a file that the scenario names. Messages name it from the working directory, as the scenario. */
function pluginBeside(path: string, shown: string, kind: PolicyKind, file: string): PluginLoad {
  const text = readBeside(path, file, MOST_PLUGIN_BYTES);
  if (typeof text !== "string") return text;
  return describer.describe(kind, resolve(dirname(path), file), shown.replace(/[^/\\]*$/, "") + file);
}
