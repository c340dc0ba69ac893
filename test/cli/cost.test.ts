import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { faultline } from "./cli.js";
import { documented, pathsOf } from "./documented.js";

const folder = mkdtempSync(join(tmpdir(), "faultline-"));
writeFileSync(
  join(folder, "s.yaml"),
  `question: What does a standby cost?
duration: 5m
topology: {regions: {us-east-1: {instances: 2}, eu-west-1: {instances: 2}}}
users: [{place: New York, requests: 5/s}]
data: {size: 10 GB}
architectures:
  one: {pattern: single-region, primary: us-east-1}
  light: {pattern: pilot-light, primary: us-east-1, standby: eu-west-1}
`,
);
writeFileSync(join(folder, "bad.csv"), "item,region,value,unit,date\negress,us-esat-1,-1,USD/GB,2026\n");
const cost = (...args: string[]) => faultline(["cost", ...args], folder);

interface Document {
  readonly architectures: Record<
    string,
    {
      readonly total: { readonly mean: number };
      readonly by_service: Record<string, number>;
      readonly by_region: Record<string, number>;
      readonly lines: readonly { readonly amount: number }[];
    }
  >;
}

test("analyze tells the bill within 80 columns, with the currency, the unit and the date of every price", () => {
  const env = process.env["COLUMNS"];
  process.env["COLUMNS"] = "80";
  const { code, out } = cost("analyze", "s.yaml", "--seeds", "2", "--quiet");
  process.env["COLUMNS"] = env ?? "";
  expect(code).toBe(0);
  expect(out).toMatch(/^compute +140\.16 +218\.27$/m);
  expect(out).toMatch(/^storage +0\.80 +1\.60$/m);
  expect(out).toMatch(/^us-east-1 → eu-west-1 +\d\.\d\d GB, 0\.\d\d +\d+\.\d+ GB, \d+\.\d\d$/m);
  expect(out).toContain("instance m6i.large, 0.096 USD/hour, 2026-04, verified in source: us-east-1");
  for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

test("what a rung costs beyond a single region stands beside the rule of thumb", () => {
  const { out } = cost("analyze", "s.yaml", "--seeds", "2", "--quiet", "--breakdown", "architecture");
  expect(out).toMatch(/^light .*\+\d+\.\d.* %.*15 to 25 %$/m);
  const compared = faultline(["compare", "s.yaml", "--seeds", "2", "--quiet", "--json", "--out", "r"], folder);
  const { notes } = JSON.parse(compared.out) as { notes: string[] };
  expect(notes.join()).toMatch(/a month costs, against one: light \+\d.* \(rule of thumb: 15 to 25 %\)/);
});

test("--json prints the documented document, whose parts sum to its total, and compare the same cost", () => {
  const document = JSON.parse(cost("analyze", "s.yaml", "--seeds", "2", "--json", "--quiet").out) as Document;
  const paths = (value: unknown): string[] => [
    ...new Set(pathsOf(value).map((path) => path.replace(/(by_\w+|lines|missing|ci95)(\.[^.]+)/, "$1.*"))),
  ];
  const found = paths(document).filter((path) => !path.includes("missing") && !path.endsWith("premium"));
  expect(found.toSorted()).toEqual(
    paths(documented("cost"))
      .filter((path) => !path.includes("missing"))
      .toSorted(),
  );
  const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
  for (const { total, by_service, by_region, lines } of Object.values(document.architectures))
    for (const parts of [Object.values(by_service), Object.values(by_region), lines.map(({ amount }) => amount)])
      expect(sum(parts)).toBeCloseTo(total.mean, 6);
  const summary = JSON.parse(readFileSync(join(folder, "r/s/summary.json"), "utf8"));
  for (const [name, { total }] of Object.entries(document.architectures))
    expect(summary.architectures[name].metrics.monthly_cost.mean).toBeCloseTo(total.mean, 6);
});

test("--prices takes a provider or a book, and says all that is wrong with that", () => {
  const azure = cost("analyze", "s.yaml", "--prices", "azure", "--seeds", "1", "--quiet");
  expect(azure.out).toContain('no price book has a price of "instance D2s_v5" in us-east-1');
  expect(azure.out).toMatch(/^compute +no price +no price$/m);
  const bad = cost("analyze", "s.yaml", "--prices", "bad.csv");
  expect(bad.code).toBe(2);
  expect(bad.err).toContain("bad.csv:2:8: error: neither the scenario nor the catalogue knows the region");
  expect(bad.err).toContain("bad.csv:2:18: error: the price is -1, below nothing; expected 0 or more");
  expect(cost("analyze", "s.yaml", "--prices", "none.csv").err).toContain(
    "expected one of aws, azure, gcp, or a CSV file",
  );
});

test("the price books that come along are printed as one that can be read again", () => {
  const { out } = faultline(["list", "price-books"]);
  writeFileSync(join(folder, "all.csv"), out.replaceAll("us-gov-east-1", "us-east-1"));
  expect(out.match(/^item,/gm)).toHaveLength(1);
  expect(out).toContain("\ninstance D2s_v5,azure,eastus,");
});

test("forecast says what is extrapolated, and prints the documented document", () => {
  const { code, out } = cost("forecast", "s.yaml", "--months", "2", "--growth", "5%", "--seeds", "1", "--quiet");
  expect(code).toBe(0);
  expect(out).toContain("only the month 0 is of a simulation");
  const document = cost(
    "forecast",
    "s.yaml",
    "--months",
    "2",
    "--growth",
    "5%",
    "--seeds",
    "1",
    "--quiet",
    "--json",
  ).out;
  const paths = (value: unknown): string[] => [
    ...new Set(pathsOf(value).map((path) => path.replace(/(by_service|instances|missing)\.[^.]+/, "$1.*"))),
  ];
  expect(paths(JSON.parse(document))).toEqual(paths(documented("cost-forecast")));
});

test.each([
  ["--growth", "5", "expected a percentage above -100%, as 5% or -2.5%"],
  ["--growth", "-100%", "expected a percentage above -100%"],
  ["--growth", "1e9%", "expected a percentage"],
  ["--growth", "900%", "for 60 months is more than 1,000,000-fold; expected fewer months, or at most about 26%"],
])("forecast refuses %s %s", (option, value, message) => {
  const { code, err } = cost("forecast", "s.yaml", "--months", "60", `${option}=${value}`);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test("forecast refuses months that are none", () => {
  expect(cost("forecast", "s.yaml", "--months", "0").err).toContain("expected a whole number from 1 to 600");
});

test("optimize shows what it has simulated only, with intervals, and why the rest does not apply", () => {
  const { code, out } = cost("optimize", "s.yaml", "--suggest", "--architecture", "light", "--seeds", "2", "--quiet");
  expect(code).toBe(0);
  expect(out).toMatch(/^1\. single-region$/m);
  expect(out).toMatch(/ saves {3}\d+\.\d+ ± \d.* USD a month, \d+ %$/m);
  expect(out).toContain("a smaller standby: the standbys have one instance at most");
  expect(out).toContain("Nothing goes wrong in this scenario");
  const args = ["optimize", "s.yaml", "--architecture", "light", "--seeds", "2", "--quiet", "--json"];
  const paths = (value: unknown): string[] => [
    ...new Set(pathsOf(value).map((path) => path.replace(/\.(ci95|mean|n|censored|\*)(?=\.|$)/g, ""))),
  ];
  expect(paths(JSON.parse(cost(...args).out)).toSorted()).toEqual(paths(documented("cost-optimize")).toSorted());
  expect(cost("optimize", "s.yaml", "--architecture", "lihgt").err).toContain("expected one of one, light");
});
