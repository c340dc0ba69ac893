import { bundledBook } from "./books.js";
import { CURRENCY } from "./items.js";
import { ANY, type Price, type PriceBook } from "./price-book.js";

/** What a bill looks up: a book of the user's own, and below it the one of each region's provider. */
export interface Prices {
  readonly own: PriceBook | null;
  /** By the region's name in the scenario. */
  readonly regions: Readonly<Record<string, PricedRegion>>;
}

export interface PricedRegion {
  /** As its provider calls it. */
  readonly name: string;
  /** Whose book holds there; null for a region of nobody that a book is about. */
  readonly provider: string | null;
  readonly continent: string | null;
  /** Types and prices that somebody has set; null where they follow from the books. */
  readonly instance: string | null;
  readonly instancePrice: number | null;
  readonly egressPrice: number | null;
  readonly storage: string | null;
}

/** What one instance takes of something that has a price. */
export interface Part {
  readonly item: string;
  readonly count: number;
  readonly price: Price | undefined;
}

/** What stands for an instance of two workers' worth of general-purpose machine, the first that has a price in the region. */
const INSTANCES: Readonly<Record<string, readonly string[]>> = {
  aws: ["m6i.large", "m5.large"],
  azure: ["D2s_v5"],
  gcp: ["e2-standard-2"],
};
/** General-purpose disks. */
const STORAGE: Readonly<Record<string, string>> = { aws: "gp3", azure: "premium-ssd", gcp: "pd-balanced" };
/** Machines of Google Cloud that are billed by their parts: so many vCPUs, with 4 GB each. */
const BY_PARTS = /^(e2)-standard-(\d{1,3})$/;
const GB_A_VCPU = 4;

/** The price of an item in a region (and to another one), the most specific of the user's own book first; undefined where there is none. */
export function priceOf(prices: Prices, item: string, region: string, to?: string): Price | undefined {
  const here = prices.regions[region];
  const there = to === undefined ? undefined : prices.regions[to];
  if (item === "egress" && here?.egressPrice != null) return set(item, region, here.egressPrice, "GB");
  const books = [prices.own, here?.provider == null ? null : (bundledBook(here.provider) ?? null)];
  for (const book of books) {
    let found: Price | undefined;
    let best = -1;
    for (const price of book === null ? [] : named(item, book)) {
      if (price.provider !== "" && price.provider !== here?.provider) continue;
      const from = closeness(price.region, region, here);
      const end = price.to === "" ? 0 : closeness(price.to, to ?? "", there);
      // What is said of the sending end goes before as much that is said of the other.
      const close = from < 0 || end < 0 ? -1 : (from + end) * 4 + from;
      if (close > best) [found, best] = [price, close];
    }
    if (found !== undefined) return found;
  }
  return undefined;
}

/** By book: the prices of each item. */
const items = new WeakMap<PriceBook, Map<string, Price[]>>();

function named(item: string, book: PriceBook): readonly Price[] {
  let all = items.get(book);
  if (all === undefined) {
    all = new Map();
    for (const price of book.prices) all.set(price.item, [...(all.get(price.item) ?? []), price]);
    items.set(book, all);
  }
  return all.get(item) ?? [];
}

/** Whether any of the books has a price of the item, wherever. */
export const hasItem = (prices: Prices, item: string): boolean =>
  booksOf(prices).some((book) => named(item, book).length > 0);

/** The types of instances, or the classes of storage, that any of the books has a price of. */
export function typesOf(prices: Prices, what: "instance" | "storage"): string[] {
  const all = booksOf(prices).flatMap((book) => book.prices);
  const types = all.filter(({ item }) => item.startsWith(`${what} `)).map(({ item }) => item.slice(what.length + 1));
  const parts = what === "storage" ? [] : all.filter(({ item }) => item.startsWith("vcpu "));
  const sizes = parts.flatMap(({ item }) =>
    [2, 4, 8, 16, 32].map((size) => `${item.slice("vcpu ".length)}-standard-${size}`),
  );
  return [...new Set([...types, ...sizes])];
}

function booksOf(prices: Prices): PriceBook[] {
  const providers = new Set(Object.values(prices.regions).map(({ provider }) => provider ?? ""));
  const bundled = [...providers].map((provider) => bundledBook(provider));
  return [prices.own, ...bundled].filter((book) => book != null);
}

/** 2 for the region itself, 1 for its continent, 0 for any, -1 for another. */
function closeness(word: string, region: string, facts: PricedRegion | undefined): number {
  if (word === region || word === facts?.name) return 2;
  if (word === facts?.continent) return 1;
  return word === ANY ? 0 : -1;
}

/** What stands for one instance in a region, and what its parts cost an hour. */
export function instanceIn(prices: Prices, region: string): { readonly type: string; readonly parts: readonly Part[] } {
  const here = prices.regions[region];
  const type = here?.instance ?? ownType(prices, "instance ", region) ?? usualInstance(prices, region);
  if (here?.instancePrice != null) {
    const item = `instance ${type}`;
    return { type, parts: [{ item, count: 1, price: set(item, region, here.instancePrice, "hour") }] };
  }
  const whole = priceOf(prices, `instance ${type}`, region);
  const [, family, vcpus] = BY_PARTS.exec(type) ?? [];
  if (whole !== undefined || family === undefined)
    return { type, parts: [{ item: `instance ${type}`, count: 1, price: whole }] };
  const part = (item: string, count: number): Part => ({ item, count, price: priceOf(prices, item, region) });
  return { type, parts: [part(`vcpu ${family}`, Number(vcpus)), part(`memory ${family}`, Number(vcpus) * GB_A_VCPU)] };
}

/** The class of storage of a copy in a region. */
export const storageIn = (prices: Prices, region: string): string =>
  prices.regions[region]?.storage ??
  ownType(prices, "storage ", region) ??
  STORAGE[prices.regions[region]?.provider ?? ""] ??
  "standard";

function usualInstance(prices: Prices, region: string): string {
  const usual = INSTANCES[prices.regions[region]?.provider ?? ""] ?? ["standard"];
  return usual.find((type) => priceOf(prices, `instance ${type}`, region) !== undefined) ?? usual[0]!;
}

/** The first type of an item that the user's own book has a price of in the region. */
function ownType(prices: Prices, item: string, region: string): string | undefined {
  const here = prices.regions[region];
  const found = prices.own?.prices.find(
    (price) => price.item.startsWith(item) && closeness(price.region, region, here) >= 0,
  );
  return found?.item.slice(item.length);
}

const set = (item: string, region: string, value: number, per: string): Price => ({
  ...{ item, provider: "", region, to: "", value, unit: `${CURRENCY}/${per}` },
  ...{ source: "the scenario", date: "undated", status: "as given" },
});
