import { Words } from "../check/words.js";
import type { RunRecord } from "../record/record.js";

/** An operation of the evidence, as people read it. */
export interface EvidenceRow {
  readonly line: number;
  readonly process: number;
  readonly key: string;
  readonly operation: string;
  readonly outcome: string;
  readonly interval: string;
}

export function evidenceRows(record: RunRecord, lines: Int32Array, evidence: readonly number[]): EvidenceRow[] {
  const words = new Words(record);
  return evidence.map((operation) => ({
    line: lines[operation]!,
    process: record.operations.process[operation]!,
    key: record.names.keys[record.operations.key[operation]!] ?? "",
    operation: words.deed(operation),
    outcome: words.end(operation),
    interval: words.interval(operation),
  }));
}

const COLUMNS = ["line", "process", "key", "operation", "outcome", "interval"] as const;

/** Aligned, with a header; without the key in a history that has none. */
export function evidenceTable(rows: readonly EvidenceRow[]): string[] {
  const columns = COLUMNS.filter((column) => column !== "key" || rows.some(({ key }) => key !== ""));
  const cells = [columns as readonly string[], ...rows.map((row) => columns.map((column) => String(row[column])))];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]!.length)));
  const isNumber = (column: string): boolean => column === "line" || column === "process";
  return cells.map((line) =>
    line
      .map((cell, at) => (isNumber(columns[at]!) ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
      .join("  ")
      .trimEnd(),
  );
}
