/**
 * Rows of a CSV text with their line numbers: RFC 4180 quoting, "#" lines and blank lines left out. Small on purpose:
 * tables are compiled in or come from a user, and every problem in them must name its line.
 */
export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
  /** At which column of the line each field begins, from 1. */
  readonly columns: readonly number[];
}

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
    rows.push({ line: index + 1, fields, columns: found.map(({ index: at, 1: before }) => at + before!.length + 1) });
  }
  return rows;
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
  return { line, fields, columns };
}
