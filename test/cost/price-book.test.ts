import { expect, test } from "vitest";
import { BEYOND, bundledText } from "../../src/cost/books.js";
import { COLUMNS, PROVIDERS, parsePriceBook } from "../../src/cost/price-book.js";
import { instanceIn, priceOf, storageIn } from "../../src/cost/prices.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { bundledTable, bundledTables } from "../../src/topology/latency-table.js";
import { allRegions } from "../../src/topology/places.js";
import { twoRegions } from "./scenarios.js";

test.each(PROVIDERS)("the price book of %s is in order, and every row says whence and as of when", (provider) => {
  const { book, problems } = parsePriceBook(bundledText(provider)!, provider, BEYOND);
  expect(problems).toEqual([]);
  expect(book.prices.length).toBeGreaterThan(20);
  for (const price of book.prices) {
    expect(price.source).not.toBe(provider);
    expect(price.date).toMatch(/^(?:20\d\d(?:-\d\d){0,2}|undated(?: \(.+\))?)$/);
    expect(price.status).not.toBe("as given");
    expect(price.provider).toBe(provider);
  }
});

const wrong = (rows: string, header = COLUMNS.join(",")) =>
  parsePriceBook(`${header}\n${rows}`, "mine.csv").problems.map(
    ({ line, column, message, hint }) => `${line}:${column} ${message}${hint === undefined ? "" : `; ${hint}`}`,
  );

test("all that is wrong with a price book is said at once, at its line and column", () => {
  const rows = [
    "egress,aws,us-east-1,,0.09,USD/GB,,2026-04,",
    "egress,aws,us-east-1,,0.08,USD/GB,,2026-04,",
    "egres,aws,us-east-1,,0.09,USD/GB,,2026-04,",
    "egress,aws,us-esat-1,,-0.09,USD/GB,,2026-04,",
    "egress,aws,eu-west-1,us-east-1,,USD/hour,,,",
    "transfer out,amazon,eu-west-1,nowhere,0.05-0.181,EUR/GB,,2026-04,",
    "instance,aws,eu-west-1,,1,USD/hour,,2026-04,",
    "egress,aws,eu-west-2,,9e9,USD/GB,,2026-04,",
    "egress,aws,eu-west-3,,99999999,USD/GB,,2026-04,,",
  ];
  expect(wrong(rows.join("\n"))).toEqual([
    "3:1 the price stands in line 2 too; take one away",
    '4:1 there is no item "egres"; did you mean "egress"?',
    '5:12 neither the scenario nor the catalogue knows the region "us-esat-1"; did you mean "us-east-1"?',
    "5:23 the price is -0.09, below nothing",
    "6:22 egress goes nowhere; only what is sent from one region to another has an end",
    "6:32 the price is empty; leave a row out whose price you do not know",
    '6:33 the unit of egress is "USD/hour"',
    "6:43 the date is empty",
    '7:14 there is no provider "amazon"',
    '7:31 neither the scenario nor the catalogue knows the region "nowhere"',
    '7:39 the price is "0.05-0.181"; leave a row out whose price you do not know',
    '7:50 the unit of transfer out is "EUR/GB"; give the rate in the book, as the row exchange EUR,any,1.08,USD/EUR',
    '8:1 there is no item "instance"; name its type or class, as "instance m6i.large"',
    '9:23 the price is "9e9"; leave a row out whose price you do not know',
    "10:1 the row has 10 fields",
    "10:23 the price is 99999999",
  ]);
});

test("a book in another currency brings its rate, and each price says how it was converted", () => {
  const text = `item,region,value,unit,date,status
egress,any,0.05,EUR/GB,2026-10,our contract
instance ours,eu-west-1,0.1,USD/hour,2026-11,
exchange EUR,any,1.1,USD/EUR,2026-11-27,
`;
  const { book, problems } = parsePriceBook(text, "mine.csv");
  expect(problems).toEqual([]);
  expect(book.prices.map(({ item, value, unit, date, status }) => [item, value, unit, date, status])).toEqual([
    ["egress", 0.055, "USD/GB", "2026-10", "our contract, 0.05 EUR/GB at 1.1 USD/EUR of 2026-11-27"],
    ["instance ours", 0.1, "USD/hour", "2026-11", "as given"],
  ]);
  const rate = (row: string): string[] => wrong(row, "item,region,value,unit,date");
  expect(rate("exchange EUR,any,0,USD/EUR,2026")).toEqual(["2:18 the rate is 0"]);
  expect(rate("exchange EUR,any,1.1,EUR/USD,2026")).toEqual(['2:22 the unit of exchange is "EUR/USD"']);
  expect(rate("exchange EUR,Europe,1.1,USD/EUR,2026")).toEqual(["2:14 a rate holds everywhere"]);
  expect(rate("exchange EUR,any,1.1,USD/EUR,2026\negress,any,1,EUR/hour,2026")).toEqual([
    '3:14 the unit of egress is "EUR/hour"',
  ]);
});

test("a header that lacks something, or has too much, is all that is said", () => {
  expect(wrong("x,y", "item,region,valeu,unit,unit")).toEqual([
    "1:1 the price book lacks columns: value, date; add them",
    '1:13 the price book has an unknown column "valeu"; did you mean "value"?',
    '1:24 the column "unit" stands here for the second time; take one away',
  ]);
  expect(wrong("")).toEqual(["1:1 the price book has no prices"]);
});

const problemsOf = (cost: string, beside: Readonly<Record<string, string>> = {}): string[] => {
  const text = `question: q
duration: 1h
topology: {regions: {us-east-1: {}, eu-west-1: {}}}
users: [{place: London, requests: 1/s}]
architectures: {one: {pattern: active-active}}
cost: ${cost}`;
  const parsed = parseScenario(text, { file: "dir/s.yaml", read: (path) => beside[path] ?? null });
  return parsed.ok
    ? []
    : parsed.problems.map(({ file, line, column, message, hint }) => `${file}:${line}:${column} ${message}; ${hint}`);
};

test("a scenario's prices are checked with the rest of it", () => {
  expect(problemsOf("{prices: awss, instance: m6i.larg, storage: gp33, regions: {eu-west-2: {}}}")).toEqual([
    'dir/s.yaml:6:16 there is no price book "awss"; did you mean "aws"?',
    'dir/s.yaml:6:32 no price book has a price of an instance "m6i.larg"; did you mean "m6i.large"?',
    'dir/s.yaml:6:51 no price book has a price of storage "gp33"; did you mean "gp3"?',
    'dir/s.yaml:6:67 this scenario has no region "eu-west-2"; did you mean "eu-west-1"?',
  ]);
  expect(problemsOf("{instance: c7g.large, instance_price: 0.07}")).toEqual([]);
  expect(problemsOf("{instance_price: -1}")).toHaveLength(1);
  expect(problemsOf("{prices: ../x.csv}")[0]).toContain("leads out of the scenario's folder");
  expect(
    problemsOf("{prices: mine.csv}", { "mine.csv": "item,region,value,unit,date\negress,any,-1,USD/GB,2026" }),
  ).toEqual(["dir/mine.csv:2:12 the price is -1, below nothing; undefined"]);
});

test("without a word of prices each region has those of its provider", () => {
  const { prices } = twoRegions();
  expect(prices.regions["us-east-1"]).toMatchObject({ provider: "aws", continent: "North America" });
});

test("whatever a bill asks for has a price in every region that a bundled latency table was measured in", () => {
  const usual = { instance: null, instancePrice: null, egressPrice: null, storage: null };
  const all = Object.fromEntries(
    allRegions().map(({ name, provider, continent }) => [name, { name, provider, continent, ...usual }]),
  );
  const prices = { own: null, regions: all };
  const measured = bundledTables.flatMap(({ name }) => [...bundledTable(name)!.rows.keys()]);
  const missing = [...new Set(measured.map((pair) => pair.split(">")[0]!))].flatMap((region) =>
    [
      ...instanceIn(prices, region).parts.map(({ item }) => item),
      ...[`storage ${storageIn(prices, region)}`, "backup", "egress", "zone transfer", "health check"],
      ...["health check fast", "dns query", "anycast", "transfer out"],
    ].flatMap((item) => (priceOf(prices, item, region, region) === undefined ? [`${item} in ${region}`] : [])),
  );
  expect(missing).toEqual([]);
});
