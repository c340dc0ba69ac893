import { bundledBook } from "../cost/books.js";
import { PROVIDERS, type PriceBook, parsePriceBook } from "../cost/price-book.js";
import { type PricedRegion, type Prices, typesOf } from "../cost/prices.js";
import { regionFacts } from "../topology/places.js";
import { readBeside, reportBeside } from "./beside.js";
import { meant } from "./check.js";
import type { RawScenario } from "./format.js";
import type { ParseOptions } from "./scenario.js";
import { step } from "./settings.js";
import type { Source } from "./source.js";

/** The prices that a scenario's regions have: by its own book, and by the lists of their providers. */
export function pricesOf(raw: RawScenario, source: Source, options: ParseOptions): Prices {
  const said = raw.cost;
  const names = [...(raw.topology?.regions?.keys() ?? [])];
  const asked = said?.prices;
  const provider = asked !== undefined && PROVIDERS.includes(asked) ? asked : undefined;
  const own =
    asked === undefined || provider !== undefined ? null : ownBook(asked, "cost.prices", names, source, options);
  for (const name of said?.regions?.keys() ?? []) {
    if (names.includes(name)) continue;
    const path = `cost.regions.${step(name)}`;
    source.errorAt(path, `this scenario has no region "${name}"`, `one of ${names.join(", ")}`, meant(name, names));
  }
  const prices = { own, regions: Object.fromEntries(names.map((name) => [name, pricedRegion(name, raw, provider)])) };
  const paths = ["cost", ...[...(said?.regions?.keys() ?? [])].map((name) => `cost.regions.${step(name)}`)];
  const sections = [said, ...(said?.regions?.values() ?? [])];
  for (const [at, section] of sections.entries())
    for (const what of ["instance", "storage"] as const)
      checkType(what, section?.[what], section?.instance_price !== undefined, paths[at]!, prices, source);
  return prices;
}

function ownBook(
  file: string,
  path: string,
  regions: readonly string[],
  source: Source,
  options: ParseOptions,
): PriceBook | null {
  if (!file.endsWith(".csv")) {
    const expected = `one of ${PROVIDERS.join(", ")}, or a .csv file beside the scenario`;
    source.errorAt(path, `there is no price book "${file}"`, expected, meant(file, PROVIDERS));
    return null;
  }
  const text = readBeside(file, path, "price book", source, options);
  if (text === null) return null;
  const { book, problems } = parsePriceBook(text, file, regions);
  reportBeside(file, "price book", problems, source);
  return book;
}

function pricedRegion(name: string, raw: RawScenario, provider: string | undefined): PricedRegion {
  const facts = regionFacts(name);
  const own = raw.cost?.regions?.get(name);
  return {
    name: facts?.name ?? name,
    provider: provider ?? facts?.provider ?? null,
    continent: raw.topology?.regions?.get(name)?.continent ?? facts?.continent ?? null,
    instance: own?.instance ?? raw.cost?.instance ?? null,
    instancePrice: own?.instance_price ?? (own?.instance === undefined ? raw.cost?.instance_price : undefined) ?? null,
    egressPrice: own?.egress_price ?? raw.cost?.egress_price ?? null,
    storage: own?.storage ?? raw.cost?.storage ?? null,
  };
}

/** A type that no book has a price of is a slip, unless its price is given beside it. */
function checkType(
  what: "instance" | "storage",
  type: string | undefined,
  isPriced: boolean,
  path: string,
  prices: Prices,
  source: Source,
): void {
  if (type === undefined || (what === "instance" && isPriced)) return;
  const known = typesOf(prices, what);
  if (known.includes(type)) return;
  source.errorAt(
    `${path}.${what}`,
    `no price book has a price of ${what === "instance" ? "an instance" : "storage"} "${type}"`,
    known.length === 0 ? "a price book with it (cost.prices)" : `one of ${known.join(", ")}`,
    meant(type, known) ??
      (what === "instance" ? "or give its price: instance_price" : "or bring a price book: cost.prices"),
  );
}

/** A price book that somebody names on the command line, over what the scenario says. */
export function withPrices(prices: Prices, given: PriceBook | string): Prices {
  if (typeof given !== "string") return { ...prices, own: given };
  const regions = Object.entries(prices.regions).map(([name, region]) => [name, { ...region, provider: given }]);
  return { own: null, regions: Object.fromEntries(regions) };
}

export const isBundled = (name: string): boolean => bundledBook(name) !== undefined;
