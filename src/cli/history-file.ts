import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { MAGIC } from "../record/format.js";
import type { RunRecord } from "../record/record.js";
import { type ImportOptions, MOST_HISTORY_BYTES, importHistory } from "../record/text/import.js";
import { formatProblem } from "../scenario/problem.js";
import { badInput } from "./exit.js";
import { readRecord } from "./read-record.js";

export interface LoadedHistory {
  readonly record: RunRecord;
  /** The line on which each operation was called; null in a file of Faultline's own. */
  readonly lines: Int32Array | null;
}

/** A record in Faultline's own format when the file begins with its magic, else a history as text. */
export function loadHistory(file: string, options: ImportOptions): LoadedHistory {
  try {
    // What is no regular file might never end.
    if (statSync(file).isFile() && beginsWithMagic(file)) return { record: readRecord(file), lines: null };
    const imported = importHistory(readText(file), options);
    if (imported.ok) return imported;
    const { problems, count } = imported;
    const shown = problems.map((problem) => formatProblem({ file, severity: "error", ...problem }));
    const more = count > problems.length ? `, of which the first ${problems.length} are shown` : "";
    throw badInput([...shown, `${count} ${count === 1 ? "problem" : "problems"} in ${file}${more}`].join("\n"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== "string") throw error;
    const what = code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`;
    throw badInput(`${file}: error: ${what}; expected a record, or a history: a Jepsen log, EDN maps, or JSON lines`);
  }
}

function beginsWithMagic(file: string): boolean {
  const start = new Uint8Array(MAGIC.length);
  const opened = openSync(file, "r");
  try {
    const read = readSync(opened, start, 0, start.length, 0);
    return read === start.length && start.every((byte, at) => byte === MAGIC.charCodeAt(at));
  } finally {
    closeSync(opened);
  }
}

/** Refused by its size before it is read. */
function readText(file: string): Uint8Array {
  const facts = statSync(file);
  if (!facts.isFile()) {
    const what = facts.isDirectory() ? "a folder" : "a pipe or a device";
    throw badInput(`${file}: error: this is ${what}; expected a file`);
  }
  const { size } = facts;
  if (size > MOST_HISTORY_BYTES) {
    throw badInput(
      `${file}: error: the history has ${size} bytes; expected at most ${MOST_HISTORY_BYTES}; check a part of it, by key or by time`,
    );
  }
  return readFileSync(file);
}
