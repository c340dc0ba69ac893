import { parseCsv } from "./csv.js";
import { AWS_2024_04 } from "./data/aws-2024-04.js";
import { fibreFloor, greatCircleKm } from "./geography.js";
import { regionFacts } from "./places.js";

/** Measured round trips of directed pairs, as the first region of the pair sees them; milliseconds. */
export interface LatencyRow {
  readonly p10: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
  readonly p99: number;
}

export interface LatencyTable {
  readonly name: string;
  readonly date: string;
  readonly source: string;
  /** By "from>to". */
  readonly rows: ReadonlyMap<string, LatencyRow>;
}

export interface TableProblem {
  readonly line: number;
  readonly message: string;
}

const COLUMNS = ["from", "to", "p10", "p25", "p50", "p75", "p90", "p99"] as const;
const MOST_ROWS = 20_000;
const SLOWEST = 60_000;

export const pairOf = (from: string, to: string): string => `${from}>${to}`;

/** Reads a table and lists all that is wrong with it. A pair given in one direction only holds for both. */
export function parseLatencyTable(
  text: string,
  about: { readonly name: string; readonly date: string; readonly source: string },
): { readonly table: LatencyTable; readonly problems: readonly TableProblem[] } {
  const problems: TableProblem[] = [];
  const [header, ...lines] = parseCsv(text);
  const rows = new Map<string, LatencyRow>();
  const done = { table: { ...about, rows }, problems };
  const columns = header?.fields.map((field) => field.toLowerCase()) ?? [];
  const missing = COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    problems.push({
      line: header?.line ?? 1,
      message: `the table needs a first line with the columns ${COLUMNS.join(",")}; missing: ${missing.join(", ")}`,
    });
    return done;
  }
  if (lines.length > MOST_ROWS) {
    problems.push({
      line: lines[MOST_ROWS]!.line,
      message: `a table may have ${MOST_ROWS} rows; this has ${lines.length}`,
    });
    return done;
  }
  for (const { line, fields } of lines) {
    const cell = (column: string): string => fields[columns.indexOf(column)] ?? "";
    const [from, to] = [cell("from"), cell("to")];
    const values = COLUMNS.slice(2).map((column) => (cell(column) === "" ? Number.NaN : Number(cell(column))));
    const message = problemOf(from, to, values, rows);
    if (message !== null) {
      problems.push({ line, message });
      continue;
    }
    const [p10, p25, p50, p75, p90, p99] = values as [number, number, number, number, number, number];
    rows.set(pairOf(from, to), { p10, p25, p50, p75, p90, p99 });
  }
  for (const [pair, row] of [...rows]) {
    const [from, to] = pair.split(">") as [string, string];
    if (!rows.has(pairOf(to, from))) rows.set(pairOf(to, from), row);
  }
  return done;
}

function problemOf(
  from: string,
  to: string,
  values: readonly number[],
  rows: ReadonlyMap<string, LatencyRow>,
): string | null {
  if (from === "" || to === "") return 'each row needs two regions, in "from" and "to"';
  if (rows.has(pairOf(from, to))) return `${from} to ${to} stands here for the second time`;
  const bad = values.findIndex((value) => !Number.isFinite(value) || value < 0 || value > SLOWEST);
  if (bad >= 0) return `${COLUMNS[bad + 2]} of ${from} to ${to} must be milliseconds between 0 and ${SLOWEST}`;
  const falls = values.findIndex((value, index) => index > 0 && value < values[index - 1]!);
  if (falls >= 0) {
    return `percentiles rise: ${COLUMNS[falls + 2]} (${values[falls]}) is below ${COLUMNS[falls + 1]} (${values[falls - 1]})`;
  }
  const [a, b] = [regionFacts(from), regionFacts(to)];
  if (a !== undefined && b !== undefined) {
    const floor = fibreFloor(greatCircleKm(a, b));
    // A tenth of tolerance: regions lie around their city, not in its centre.
    if (values[0]! < floor * 0.9) {
      return `p10 of ${from} to ${to} is ${values[0]} ms, faster than light in fibre allows (${floor.toFixed(1)} ms)`;
    }
  }
  return null;
}

interface BundledTable {
  readonly name: string;
  readonly title: string;
  readonly date: string;
  readonly source: string;
  readonly text: string;
}

const BUNDLED: readonly BundledTable[] = [
  {
    name: "aws-2024-04",
    title: "21 AWS regions, 441 directed pairs, p10 to p99",
    date: "2024-04-19",
    source: "cloudping.co, collected in github.com/rupc/aws-cross-region-latency",
    text: AWS_2024_04,
  },
];

export const bundledTables: readonly Omit<BundledTable, "text">[] = BUNDLED;

/** A table that comes with Faultline, or undefined. */
export function bundledTable(name: string): LatencyTable | undefined {
  const found = BUNDLED.find((table) => table.name === name);
  return found === undefined ? undefined : parseLatencyTable(found.text, found).table;
}
