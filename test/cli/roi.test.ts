import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { ROOT, faultline } from "./cli.js";
import { documented, pathsOf } from "./documented.js";

const folder = mkdtempSync(join(tmpdir(), "faultline-"));
const FILE = `question: Does a standby pay for itself?
duration: 10m
topology: {regions: {us-east-1: {instances: 2}, eu-west-1: {instances: 2}}}
users: [{place: New York, requests: 5/s, shape: flat}]
data: {size: 10 GB}
economics: {revenue: {per_request: 0.1}, sla: {credits: [{below: 99.99%, credit: 10%}]}}
faults: [{region_outage: us-east-1, at: 2m, for: 6m}]
architectures:
  light: {pattern: pilot-light, primary: us-east-1, standby: eu-west-1}
  one: {pattern: single-region, primary: us-east-1}
`;
writeFileSync(join(folder, "s.yaml"), FILE);
writeFileSync(join(folder, "calm.yaml"), FILE.replace(/^faults.*\n/m, ""));
writeFileSync(join(folder, "poor.yaml"), FILE.replace(/^economics.*\n/m, ""));
const roi = (...args: string[]) => faultline(["cost", "roi", ...args, "--quiet"], folder);

interface Digested {
  readonly digests: unknown;
}

interface Document {
  readonly baseline: string;
  readonly architectures: Record<
    string,
    {
      readonly gains: readonly { readonly outages_per_year: number; readonly gain: { readonly mean: number } }[];
      readonly break_even: { readonly pays: string; readonly outages_per_year: { readonly mean: number } } | null;
    }
  >;
}

test("it tells losses, returns and the break-even within 80 columns, and that nobody knows the frequency", () => {
  vi.stubEnv("COLUMNS", "80");
  const { code, out } = roi("s.yaml", "--seeds", "2");
  vi.unstubAllEnvs();
  expect(code).toBe(0);
  expect(out).toContain("at 1 region outage a year, the mean of 2");
  expect(out).toMatch(/^revenue possible +1,314,000$/m);
  expect(out).toMatch(/^net ROI +–$/m);
  expect(out).toMatch(/^net ROI +[\d,]+ %/m);
  expect(out).toMatch(/^ {2}light pays for itself above 0\.\d+ region outages a year.*, against one$/m);
  expect(out).toContain("1 a year is a placeholder");
  expect(out).toContain("no published source gives whole-region outages per region and year");
  for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

test("the report of a comparison tells the same, and its results are those of the scenario without economics", () => {
  for (const file of ["s.yaml", "poor.yaml"])
    expect(faultline(["compare", file, "--seeds", "2", "--quiet"], folder).code).toBe(0);
  const read = (name: string, file: string) => readFileSync(join(folder, "results", name, file), "utf8");
  const html = read("s", "report.html")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("\u00a0", " ");
  expect(html).toContain("What it earns, and whether it pays");
  const { out } = roi("s.yaml", "--seeds", "2");
  const told = (line: RegExp): string => line.exec(out)![1]!;
  // The baseline stands first there, and in its place here.
  const [one, light] = told(/^net +(.*)$/m).split(/ {2,}/);
  expect(html).toMatch(new RegExp(`net +${light} +${one} `));
  expect(html).toContain(told(/^ {2}(light pays for itself above [^(\n]*)/m).trim());
  expect(html).toContain("1 a year is a placeholder");
  expect(read("poor", "report.html")).not.toContain("What it earns");
  const digests = (name: string) => JSON.parse(read(name, "manifest.json")).runs.map((each: Digested) => each.digests);
  expect(digests("s")).toEqual(digests("poor"));
  expect(digests("s")).toHaveLength(4);
});

test("--json prints the documented document, and the gain crosses zero at its break-even", () => {
  const first = JSON.parse(roi("s.yaml", "--seeds", "2", "--json").out) as Document;
  const paths = (value: unknown): string[] => [
    ...new Set(
      pathsOf(value)
        .map((path) => path.replace(/(\.places)\.[^.]+/, "$1.*").replace(/\.(ci95|mean|n|censored|\*)(?=\.|$)/g, ""))
        .filter((path) => !path.endsWith("missing") && !path.endsWith("net_roi")),
    ),
  ];
  const usual = (found: readonly string[]): string[] =>
    found.filter((path) => !/(gains|break_even)$/.test(path)).toSorted();
  expect(usual(paths(first))).toEqual(usual(paths(documented("cost-roi"))));
  expect(first.baseline).toBe("one");
  const { gains, break_even } = first.architectures["light"]!;
  const at = break_even!.outages_per_year.mean;
  expect(gains.length).toBeGreaterThan(3);
  for (const { outages_per_year, gain } of gains)
    expect([outages_per_year, gain.mean > 0]).toEqual([outages_per_year, outages_per_year > at]);
});

test("the baseline can be chosen, and stands beside the one that is asked for", () => {
  const document = JSON.parse(
    roi("s.yaml", "--seeds", "1", "--json", "--baseline", "light", "--architecture", "one").out,
  ) as Document;
  expect(Object.keys(document.architectures)).toEqual(["light", "one"]);
  expect(document.architectures["one"]!.break_even!.pays).toBe("below");
});

test("without faults it weighs the quiet month, and says that no outage can be weighed", () => {
  const { code, out } = roi("calm.yaml", "--seeds", "1");
  expect(code).toBe(0);
  expect(out).toContain("nothing goes wrong in this scenario, so no outage can be weighed: add faults");
  expect(out).toContain("light nets less than one in a month in which nothing goes wrong");
  expect(out).not.toContain("What one ");
});

test("the break-even that the README tells is the one that its command prints", () => {
  const words = readFileSync(join(ROOT, "README.md"), "utf8").replace(/\s+/g, " ");
  const [, command, sentence] = /`npx faultline (cost roi ladder [^`]*)`.*?"(active-active pays [^"]*)"/.exec(words)!;
  const { out } = faultline([...command!.split(" "), "--quiet"], folder);
  expect(out.replace(/\s+/g, " ")).toContain(sentence);
});

test.each([
  [["poor.yaml"], "poor.yaml: error: nobody says what its users bring in; expected a section economics"],
  [["s.yaml", "--baseline", "two"], 's.yaml has no architecture "two"; expected one of light, one'],
  [["s.yaml", "--outages-per-year", "-1"], "expected a number from 0 to 52560"],
  [["s.yaml", "--outages-per-year", "many"], "expected a number from 0 to 52560"],
  [["s.yaml", "--outages-per-year", "60000"], "expected a number from 0 to 52560"],
])("%j is refused before anything runs", (args, message) => {
  const { code, out, err } = roi(...args);
  expect(code).toBe(2);
  expect(out).toBe("");
  expect(err).toContain(message);
});
