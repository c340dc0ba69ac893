import { relative } from "node:path";
import type { Comparison } from "../report/comparison.js";
import { escapeTerminal, oneLine } from "../report/escape.js";
import { type JudgedPromise, measured, promised } from "../report/promises.js";
import { textTable } from "../report/text-table.js";
import type { Terminal } from "./terminal.js";
import { wrap } from "./terminal.js";

/** What the prose of a study needs beside its figures. */
export interface Told {
  readonly sentence: string;
  readonly notes: readonly string[];
  readonly folder: string;
  readonly files: readonly string[];
  /** Command that makes the same again, and the one that was given. */
  readonly replay: string;
  readonly whole: string;
  readonly workers: number;
  /** By what users and capacity were multiplied. */
  readonly factor: number;
  /** Requests of runs that are not compared: those without faults. */
  readonly beside: number;
}

/** The question, the answer, the figures, and where the rest is. */
export function tell(terminal: Terminal, comparison: Comparison, told: Told): void {
  const { width } = terminal;
  const lines = [
    "",
    wrap(oneLine(comparison.question), width),
    "",
    wrap(told.sentence, width),
    "",
    textTable(comparison, width),
    "",
    ...promiseLines(comparison.promises, width),
    ...(told.factor === 1 ? [] : [`Users and capacity were scaled by ${told.factor.toFixed(2)}.`]),
    ...told.notes.map((note) => wrap(`Note: ${note}.`, width)),
    speed(comparison, terminal.seconds(), told),
    hanging("Files", `${relative("", told.folder) || "."}/ ${told.files.join(" ")}`, width),
    ...(comparison.complete
      ? []
      : [`Interrupted after ${finished(comparison)}; these are results of what was finished.`]),
    `Replay  ${told.replay}`,
    ...(comparison.complete ? [] : [`Finish  ${told.whole}`]),
    `Digest  ${comparison.digest}`,
  ];
  terminal.say(escapeTerminal(lines.join("\n")));
}

/** For those who read only errors: where a broken promise stands, and all digits of what it was. */
export function complaint(file: string, promise: JudgedPromise): string {
  const { architecture, metric, expected, line, value, verdict, decided } = promise;
  const mean = value.mean === null ? "undefined" : String(value.mean);
  const was = decided === "" || value.n + value.censored === 1 ? mean : `${mean} (${decided})`;
  const failed = verdict === "broken" ? "expectation failed" : "expectation undecided, run more seeds";
  return `${file}:${line}: ${failed}: ${architecture} ${metric} was ${was}; expected ${expected}`;
}

/** Every promise of the file with what became of it. */
function promiseLines(promises: readonly JudgedPromise[], width: number): string[] {
  if (promises.length === 0) return [];
  const lines = promises.map((promise) => [
    promise.verdict,
    promise.architecture,
    promised(promise),
    measured(promise),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]!.length)));
  return [
    "Expected",
    ...lines.flatMap((line) => {
      const whole = `  ${line.map((text, column) => text.padEnd(widths[column] ?? 0)).join("  ")}`;
      if (whole.length <= width) return [whole];
      const margin = widths[0]! + widths[1]! + 6;
      return [whole.slice(0, -line[3]!.length).trimEnd(), `${" ".repeat(margin)}${line[3]}`];
    }),
    "",
  ];
}

function speed({ architectures }: Comparison, seconds: number, { workers, beside }: Told): string {
  const compared = architectures.flatMap(({ outcomes }) => outcomes);
  const requests = compared.reduce((sum, { work }) => sum + work.requests, beside);
  const perThread = Math.round(requests / seconds / Math.max(1, workers) / 1000);
  return `${(requests / 1e6).toFixed(1)} million requests in ${seconds.toFixed(1)} s on ${workers} threads (${perThread},000 requests/s and thread)`;
}

/** A word, and a text beside it that keeps its own margin. */
const hanging = (word: string, text: string, width: number): string =>
  `${word.padEnd(8)}${wrap(text, width - 8).replaceAll("\n", `\n${" ".repeat(8)}`)}`;

const finished = ({ seeds }: Comparison): string =>
  seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds[0]} to ${seeds.at(-1)}`;
