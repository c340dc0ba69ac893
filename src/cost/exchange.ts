import type { CsvRow } from "../topology/csv.js";
import { CURRENCY, type ItemKind } from "./items.js";
import type { Price } from "./price-book.js";

/** What one of another currency is worth, as a row of a price book says it. */
export interface Rate {
  /** US dollars. */
  readonly value: number;
  readonly date: string;
}

export const EXCHANGE = "exchange";
const CODE = /^[A-Z]{3}$/;

/** "EUR" of the item "exchange EUR"; undefined where it names no currency. */
function currencyOf(item: string): string | undefined {
  const code = item.slice(EXCHANGE.length + 1);
  return item.startsWith(`${EXCHANGE} `) && CODE.test(code) && code !== CURRENCY ? code : undefined;
}

/** The rates that stand in a book, by currency; a row in another currency may stand before its rate. */
export function ratesIn(rows: readonly CsvRow[], cellOf: (row: CsvRow, column: "item" | "value" | "date") => string) {
  const rates = new Map<string, Rate>();
  for (const row of rows) {
    const [code, value] = [currencyOf(cellOf(row, "item")), Number(cellOf(row, "value"))];
    if (code !== undefined && value > 0) rates.set(code, { value, date: cellOf(row, "date") });
  }
  return rates as ReadonlyMap<string, Rate>;
}

/** What may stand as the unit of an item: in dollars, or in a currency whose rate the book has. */
export function unitsOf(kind: ItemKind, item: string, rates: ReadonlyMap<string, Rate>): readonly string[] {
  if (kind.name === EXCHANGE) return [`${CURRENCY}/${currencyOf(item) ?? "EUR"}`];
  const others = [...rates.keys()].flatMap((code) => kind.units.map((unit) => `${code}${unit.slice(CURRENCY.length)}`));
  return [...kind.units, ...others];
}

/** The price in dollars; how it was converted is said beside how sure it is. */
export function inDollars(price: Price, rates: ReadonlyMap<string, Rate>): Price {
  const code = price.unit.slice(0, CURRENCY.length);
  const rate = rates.get(code);
  if (rate === undefined) return price;
  return {
    ...price,
    // Fifteen digits are what a product of two prices is good for: 0.05 x 1.1 is 0.055.
    value: Number((price.value * rate.value).toPrecision(15)),
    unit: `${CURRENCY}${price.unit.slice(CURRENCY.length)}`,
    status: `${price.status}, ${price.value} ${price.unit} at ${rate.value} ${CURRENCY}/${code} of ${rate.date}`,
  };
}
