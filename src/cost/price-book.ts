import { BROKEN_QUOTE, type CsvRow, parseCsv } from "../topology/csv.js";
import { allRegions, regionFacts } from "../topology/places.js";
import { nearest } from "../units/text.js";
import { EXCHANGE, type Rate, inDollars, ratesIn, unitsOf } from "./exchange.js";
import { CURRENCY, ITEMS, kindOf } from "./items.js";

export interface Price {
  readonly item: string;
  /** Empty where it holds for every provider. */
  readonly provider: string;
  /** A region, a continent, or any. */
  readonly region: string;
  /** The other end of what is directed; empty for anything else. */
  readonly to: string;
  readonly value: number;
  /** With its currency, as "USD/GB". */
  readonly unit: string;
  readonly source: string;
  /** As the source says it; "undated" where it says none. */
  readonly date: string;
  /** How sure it is: verified, second-hand, from memory. */
  readonly status: string;
}

export interface PriceBook {
  readonly name: string;
  readonly prices: readonly Price[];
}

/** Something wrong in a price book; lines and columns count from 1. */
export interface PriceProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly expected: string;
  readonly hint?: string;
}

export const ANY = "any";
export const PROVIDERS: readonly string[] = ["aws", "azure", "gcp"];
export const COLUMNS = ["item", "provider", "region", "to", "value", "unit", "source", "date", "status"] as const;
type Column = (typeof COLUMNS)[number];
const NEEDED: readonly Column[] = ["item", "region", "value", "unit", "date"];
const MOST_ROWS = 20_000;
/** Dollars for one unit of anything. */
const DEAREST = 1_000_000;

type Complain = (column: Column, message: string, expected: string, hint?: string) => void;

/** Reads a price book and lists all that is wrong with it. `regions` are those that its user knows beside the catalogue. */
export function parsePriceBook(
  text: string,
  name: string,
  regions: readonly string[] = [],
): { readonly book: PriceBook; readonly problems: readonly PriceProblem[] } {
  const problems: PriceProblem[] = [];
  const prices: Price[] = [];
  const done = { book: { name, prices }, problems };
  const [header, ...rows] = parseCsv(text);
  for (const { line, broken } of header === undefined ? [] : [header, ...rows])
    if (broken > 0) problems.push({ line, column: broken, ...BROKEN_QUOTE });
  if (problems.length > 0) return done;
  const columns = header?.fields.map((field) => field.toLowerCase()) ?? [];
  checkHeader(columns, header, problems);
  if (problems.length > 0) return done;
  if (rows.length === 0 || rows.length > MOST_ROWS) {
    const many = rows.length === 0 ? "no prices" : `${rows.length} prices`;
    problems.push({ line: 1, column: 1, message: `the price book has ${many}`, expected: `1 to ${MOST_ROWS} rows` });
    return done;
  }
  const known = [...regions, ...allRegions().map((facts) => facts.name)];
  const continents = new Set(allRegions().map((facts) => facts.continent));
  const isPlace = (word: string): boolean =>
    word === ANY || continents.has(word) || regions.includes(word) || regionFacts(word) !== undefined;
  const seen = new Map<string, number>();
  const cellOf = (row: CsvRow, column: Column): string => row.fields[columns.indexOf(column)] ?? "";
  const rates = ratesIn(rows, cellOf);
  for (const row of rows) {
    const before = problems.length;
    const cell = (column: Column): string => cellOf(row, column);
    const complain: Complain = (column, message, expected, hint) =>
      problems.push({
        ...{ line: row.line, column: row.columns[columns.indexOf(column)] ?? 1, message, expected },
        ...(hint === undefined ? {} : { hint }),
      });
    if (row.fields.length > columns.length)
      complain(COLUMNS[0], `the row has ${row.fields.length} fields`, `${columns.length}, as the header`);
    checkRow(cell, complain, isPlace, known, rates);
    const price = inDollars(priceOfRow(cell, name), rates);
    const key = [price.item, price.provider, price.region, price.to].join("\n");
    if (seen.has(key))
      complain("item", `the price stands in line ${seen.get(key)} too`, "each price once", "take one away");
    seen.set(key, seen.get(key) ?? row.line);
    if (problems.length === before && kindOf(price.item)?.name !== EXCHANGE) prices.push(price);
  }
  return done;
}

function priceOfRow(cell: (column: Column) => string, book: string): Price {
  const directed = kindOf(cell("item"))?.directed === true;
  return {
    item: cell("item"),
    provider: cell("provider").toLowerCase(),
    region: cell("region"),
    to: directed ? cell("to") || ANY : "",
    value: Number(cell("value")),
    unit: cell("unit"),
    source: cell("source") || book,
    date: cell("date"),
    status: cell("status") || "as given",
  };
}

function checkHeader(columns: readonly string[], header: CsvRow | undefined, problems: PriceProblem[]): void {
  const expected = `a first line with the columns ${COLUMNS.join(",")}`;
  const missing = NEEDED.filter((column) => !columns.includes(column));
  const complain = (field: number, message: string, hint: string): void => {
    problems.push({ line: header?.line ?? 1, column: header?.columns[field] ?? 1, message, expected, hint });
  };
  if (missing.length > 0) complain(0, `the price book lacks columns: ${missing.join(", ")}`, "add them");
  for (const [field, column] of columns.entries()) {
    if (!(COLUMNS as readonly string[]).includes(column)) {
      const close = nearest(column, COLUMNS);
      const hint = close === undefined ? "take it away" : `did you mean "${close}"?`;
      complain(field, `the price book has an unknown column "${column.slice(0, 40)}"`, hint);
    } else if (columns.indexOf(column) < field)
      complain(field, `the column "${column}" stands here for the second time`, "take one away");
  }
}

function checkRow(
  cell: (column: Column) => string,
  complain: Complain,
  isPlace: (word: string) => boolean,
  known: readonly string[],
  rates: ReadonlyMap<string, Rate>,
): void {
  const kind = kindOf(cell("item"));
  const names = ITEMS.map(({ name, typed }) => (typed ? `${name} TYPE` : name));
  if (kind === undefined) {
    const item = cell("item");
    const close = nearest(
      item,
      ITEMS.map(({ name }) => name),
    );
    const meant = close === undefined ? undefined : `did you mean "${close}"?`;
    const hint = close === item ? `name its type or class, as "${item} m6i.large"` : meant;
    complain("item", `there is no item ${shown(item)}`, `one of ${names.join(", ")}`, hint);
  }
  if (cell("provider") !== "" && !PROVIDERS.includes(cell("provider").toLowerCase()))
    complain(
      "provider",
      `there is no provider ${shown(cell("provider"))}`,
      `one of ${PROVIDERS.join(", ")}, or nothing`,
    );
  const places: Column[] = kind?.directed === true && cell("to") !== "" ? ["region", "to"] : ["region"];
  for (const column of places) {
    const word = cell(column);
    if (isPlace(word)) continue;
    const close = nearest(word, known);
    complain(
      column,
      `neither the scenario nor the catalogue knows the region ${shown(word)}`,
      "a region, a continent, or any",
      close === undefined ? undefined : `did you mean "${close}"?`,
    );
  }
  if (kind !== undefined && !kind.directed && cell("to") !== "")
    complain("to", `${kind.name} goes nowhere`, "nothing", "only what is sent from one region to another has an end");
  const value = cell("value");
  if (!/^-?\d+(?:\.\d+)?$/.test(value))
    complain(
      "value",
      `the price is ${shown(value)}`,
      "a number of dollars, as 0.09",
      "leave a row out whose price you do not know",
    );
  else if (Number(value) < 0) complain("value", `the price is ${value}, below nothing`, "0 or more");
  else if (Number(value) > DEAREST) complain("value", `the price is ${value}`, `at most ${DEAREST}`);
  if (kind?.name === EXCHANGE) {
    if (Number(value) === 0) complain("value", "the rate is 0", "more than 0: what one of the currency is worth");
    if (cell("region") !== ANY) complain("region", "a rate holds everywhere", `the region ${ANY}`);
  }
  const units = kind === undefined ? [] : unitsOf(kind, cell("item"), rates);
  if (kind !== undefined && !units.includes(cell("unit"))) {
    const [, code] = /^([A-Z]{3})\//.exec(cell("unit")) ?? [];
    const isOther = kind.name !== EXCHANGE && code !== undefined && code !== CURRENCY && !rates.has(code);
    const hint = isOther
      ? `give the rate in the book, as the row ${EXCHANGE} ${code},any,1.08,${CURRENCY}/${code}`
      : undefined;
    complain("unit", `the unit of ${kind.name} is ${shown(cell("unit"))}`, `one of ${units.join(", ")}`, hint);
  }
  if (cell("date") === "") complain("date", "the date is empty", 'a date, as 2026-04, or "undated"');
}

const shown = (word: string): string => (word === "" ? "empty" : `"${word.slice(0, 60)}"`);
