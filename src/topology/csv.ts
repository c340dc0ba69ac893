/**
 * Rows of a CSV text with their line numbers: RFC 4180 quoting, "#" lines and blank lines left out. Small on purpose:
 * tables are compiled in or come from a user, and every problem in them must name its line.
 */
export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
  /** At which column of the line each field begins, from 1. */
  readonly columns: readonly number[];
  /** Where a quote is opened and never closed, or closed before its field ends; 0 if nowhere. */
  readonly broken: number;
}

/** What to say of it. A quoted field ends on its line: nothing that belongs here has a line break in it. */
export const BROKEN_QUOTE = {
  message: "this quote does not enclose its field",
  expected: 'a quote at both ends of the field, on one line, and "" for one inside',
} as const;

export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (raw.trim() === "" || raw.startsWith("#")) continue;
    if (!raw.includes('"')) {
      rows.push(plainRow(raw, index + 1));
      continue;
    }
    const found = [...raw.matchAll(/((?:^|,)\s*)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
    const fields = found.map(([, , quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!.trim());
    const columns = found.map(({ index: at, 1: before }) => at + before!.length + 1);
    rows.push({ line: index + 1, fields, columns, broken: brokenQuote(raw, found) });
  }
  return rows;
}

/** The column of a quote inside a field without quotes around it, or of one that closes before the field ends. */
function brokenQuote(raw: string, found: readonly RegExpExecArray[]): number {
  for (const [field, { 0: all, 1: before, 3: plain, index }] of found.entries()) {
    const start = index + before!.length;
    if (plain?.includes('"')) return start + plain.indexOf('"') + 1;
    const end = index + all.length;
    if (raw.slice(end, found[field + 1]?.index ?? raw.length).trim() !== "") return start + 1;
  }
  return 0;
}

/** Without quotes, as nearly all rows are. */
function plainRow(raw: string, line: number): CsvRow {
  const columns: number[] = [];
  let at = 0;
  const fields = raw.split(",").map((field) => {
    const trimmed = field.trim();
    columns.push(at + field.length - field.trimStart().length + 1);
    at += field.length + 1;
    return trimmed;
  });
  return { line, fields, columns, broken: 0 };
}
