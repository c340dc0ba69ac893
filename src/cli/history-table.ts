import { Words } from "../check/words.js";
import { NIL, type RunRecord, UNKNOWN_REGION } from "../record/record.js";

/** An operation of the evidence, as people read it; it has a line in a history that was text. */
export interface EvidenceRow {
  readonly line?: number;
  /** The operation's number in the record. */
  readonly row?: number;
  readonly process: number;
  readonly session?: number;
  readonly region?: string;
  readonly key: string;
  readonly operation: string;
  readonly outcome: string;
  readonly interval: string;
}

export function evidenceRows(record: RunRecord, lines: Int32Array | null, evidence: readonly number[]): EvidenceRow[] {
  const words = new Words(record);
  const { process: processes, session, region, key } = record.operations;
  const { keys } = record.names;
  return evidence.map((operation) => ({
    ...(lines === null ? { row: operation } : { line: lines[operation]! }),
    process: processes[operation]!,
    ...(session[operation] === NIL ? {} : { session: session[operation]! }),
    ...(region[operation] === UNKNOWN_REGION ? {} : { region: words.region(region[operation]!) }),
    key: keys.length === 0 ? String(key[operation]) : (keys[key[operation]!] ?? ""),
    operation: words.deed(operation),
    outcome: words.end(operation),
    interval: words.interval(operation),
  }));
}

const COLUMNS = ["line", "row", "process", "session", "region", "key", "operation", "outcome", "interval"] as const;
const NUMBERS: readonly string[] = ["line", "row", "process", "session"];

/** Aligned, with a header; without the columns that say nothing. */
export function evidenceTable(rows: readonly EvidenceRow[]): string[] {
  const columns = COLUMNS.filter((column) => rows.some((row) => (row[column] ?? "") !== ""));
  const cells = [
    columns as readonly string[],
    ...rows.map((row) => columns.map((column) => String(row[column] ?? ""))),
  ];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]!.length)));
  return cells.map((line) =>
    line
      .map((cell, at) => (NUMBERS.includes(columns[at]!) ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
      .join("  ")
      .trimEnd(),
  );
}
