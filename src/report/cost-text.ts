import type { Bill } from "../cost/bill.js";
import { type Share, breakdown, byRegion, byService } from "../cost/breakdown.js";
import { type BillLine, SERVICES } from "../cost/lines.js";
import { ruleInWords } from "../cost/rules-of-thumb.js";
import { type Estimate, estimate, halfWidth } from "../measure/statistics.js";
import { dollars, formatEstimate } from "./numbers.js";
import { type Premium, premiumInWords } from "./premium.js";
import { sideBySide } from "./text-table.js";
import { transferTable } from "./transfer-text.js";
import { ofSeeds } from "./words.js";

export const BREAKDOWNS = ["service", "region", "architecture"] as const;
export type BreakdownBy = (typeof BREAKDOWNS)[number];

/** One architecture's month: the mean of its bills, and the totals that they are the mean of. */
export interface Analysed {
  readonly name: string;
  readonly bill: Bill;
  readonly totals: readonly number[];
}

export interface Analysis {
  readonly question: string;
  readonly scenario: string;
  readonly seeds: readonly string[];
  readonly by: BreakdownBy;
  readonly architectures: readonly Analysed[];
  readonly premiums: readonly Premium[];
}

export type Wrap = (text: string, width: number) => string;

const NAME = 24;

/** The bills side by side, what they are made of, and what they take for granted; within `width` columns. */
export function analysisText(analysis: Analysis, width: number, wrap: Wrap): string {
  const { question, by, architectures, premiums, seeds } = analysis;
  return [
    wrap(question, width),
    "",
    wrap(`US dollars a month of 730 hours, ${ofSeeds(seeds)}, at list prices:`, width),
    "",
    by === "architecture" ? byArchitecture(architectures, premiums, width) : sharesTable(architectures, by, width),
    "",
    ...(by === "architecture"
      ? []
      : transferTable(
          architectures.map(({ name, bill: { lines } }) => ({ name: shortened(name), lines })),
          width,
        )),
    ...missingLines(architectures, width, wrap),
    "Prices",
    ...pricesOf(architectures.flatMap(({ bill }) => bill.lines)).map((text) => hung(text, width, wrap)),
    "",
    "Taken for granted",
    ...assumed(architectures).map((text) => hung(text, width, wrap)),
  ].join("\n");
}

function sharesTable(architectures: readonly Analysed[], by: "service" | "region", width: number): string {
  const of = by === "service" ? byService : byRegion;
  const shares = architectures.map(({ bill }) => breakdown(bill, of));
  const place = (name: string): number => (SERVICES as readonly string[]).indexOf(name);
  const names = [...new Set(shares.flat().map(({ name }) => name))].toSorted((a, b) => place(a) - place(b));
  const cell = (share: Share | undefined): string => {
    if (share === undefined) return "–";
    if (share.missing === 0) return dollars(share.amount);
    return share.amount === 0 ? "no price" : `${dollars(share.amount)} + ?`;
  };
  const columns = architectures.map((each, at) => [
    shortened(each.name),
    ...names.map((name) => cell(shares[at]!.find((share) => share.name === name))),
    totalOf(each),
  ]);
  return sideBySide(["", ...names, "total"], columns, width);
}

function byArchitecture(architectures: readonly Analysed[], premiums: readonly Premium[], width: number): string {
  const titles = ["", ...architectures.map(({ name }) => shortened(name))];
  const totals = ["USD a month", ...architectures.map(totalOf)];
  if (premiums.length === 0) return sideBySide(titles, [totals], width);
  const of = (name: string): Premium | undefined => premiums.find(({ architecture }) => architecture === name);
  const against = [
    `against ${shortened(premiums[0]!.baseline)}`,
    ...architectures.map(({ name }) => (of(name) === undefined ? "–" : premiumInWords(of(name)!))),
  ];
  const rules = [
    "rule of thumb",
    ...architectures.map(({ name }) => (of(name)?.rule == null ? "–" : ruleInWords(of(name)!.rule!))),
  ];
  return `${sideBySide(titles, [totals, against, rules], width)}\n(rules of thumb are second-hand, of 2024 to 2026; --json has their sources)`;
}

function totalOf({ totals, bill }: Analysed): string {
  const sum: Estimate = estimate(totals);
  const text = formatEstimate(sum.mean!, halfWidth(sum), "dollars").replace(/ USD$/, "");
  return bill.missing.length === 0 ? text : `${text} + ?`;
}

function missingLines(architectures: readonly Analysed[], width: number, wrap: Wrap): string[] {
  const missing = [...new Set(architectures.flatMap(({ bill }) => bill.missing))];
  if (missing.length === 0) return [];
  return [
    wrap("The bill is incomplete; bring the prices in a book of your own (--prices FILE, or cost.prices):", width),
    ...missing.map((text) => hung(text, width, wrap)),
    "",
  ];
}

/** Each price that was used once, with its unit and its date, and all regions that it holds in. */
function pricesOf(lines: readonly BillLine[]): string[] {
  const found = new Map<string, Set<string>>();
  for (const { item, price, priceUnit, date, status, region } of lines) {
    if (price === null) continue;
    const key = `${item}, ${price} ${priceUnit}, ${date}, ${status}`;
    found.set(key, (found.get(key) ?? new Set()).add(region));
  }
  return [...found].map(([key, regions]) => `${key}: ${[...regions].join(", ")}`);
}

/** What only some take for granted begins with their names. */
function assumed(architectures: readonly Analysed[]): string[] {
  const found = new Map<string, string[]>();
  for (const { name, bill } of architectures)
    for (const text of bill.assumptions) found.set(text, [...(found.get(text) ?? []), name]);
  return [...found].map(([text, names]) =>
    names.length === architectures.length ? text : `${names.join(", ")}: ${text}`,
  );
}

const hung = (text: string, width: number, wrap: Wrap): string =>
  `  ${wrap(text, width - 4).replaceAll("\n", "\n    ")}`;

const shortened = (name: string): string => (name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name);
