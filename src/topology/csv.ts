/**
 * Rows of a CSV text with their line numbers: RFC 4180 quoting, "#" lines and blank lines left out. Small on purpose:
 * tables are compiled in or come from a user, and every problem in them must name its line.
 */
export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
}

export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (raw.trim() === "" || raw.startsWith("#")) continue;
    const fields = [...raw.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!.trim(),
    );
    rows.push({ line: index + 1, fields });
  }
  return rows;
}
