import { AWS } from "./data/aws.js";
import { AZURE } from "./data/azure.js";
import { GCP } from "./data/gcp.js";
import { type PriceBook, parsePriceBook } from "./price-book.js";

const TEXTS: Readonly<Record<string, string>> = { aws: AWS, azure: AZURE, gcp: GCP };
/** Regions of the books that the catalogue of regions does not have. */
export const BEYOND: readonly string[] = ["us-gov-east-1"];
const read = new Map<string, PriceBook>();

/** The CSV of a price book that comes with Faultline, or undefined. */
export const bundledText = (provider: string): string | undefined =>
  Object.hasOwn(TEXTS, provider) ? TEXTS[provider] : undefined;

/** All of them as one, to begin a book of one's own with. */
export function bundledCsv(): string {
  const texts = Object.values(TEXTS);
  return texts.map((text, at) => (at === 0 ? text : text.slice(text.indexOf("\n") + 1))).join("");
}

/** A price book that comes with Faultline, or undefined. */
export function bundledBook(provider: string): PriceBook | undefined {
  const text = bundledText(provider);
  if (text === undefined) return undefined;
  const book = read.get(provider) ?? parsePriceBook(text, provider, BEYOND).book;
  read.set(provider, book);
  return book;
}
