import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { METRICS } from "../../src/measure/catalogue.js";
import { type Comparison, compareOutcomes } from "../../src/report/comparison.js";
import { metricsCsv, timeseriesCsv } from "../../src/report/csv.js";
import { page } from "../../src/report/html.js";
import { compareDocument } from "../../src/report/json.js";
import { formatDifference, formatEstimate, formatMean, formatValue } from "../../src/report/numbers.js";
import { pageInput } from "../../src/report/page-input.js";
import { openMetrics } from "../../src/report/prometheus.js";
import { answer } from "../../src/report/sentence.js";
import { shortList } from "../../src/report/table.js";
import { textTable } from "../../src/report/text-table.js";
import { run } from "../../src/simulation/run.js";
import { MINUTE } from "../../src/units/time.js";
import { activeActive, outage, singlePrimary } from "../simulation/plans.js";

const HOSTILE = `<script>alert(1)</script>"'&\u001b[31m=cmd()`;

/** Real outcomes of short runs, under names that try to get out. */
const faults = [outage(0, 3 * MINUTE, 2)];
const seeds = ["1", "2", "3"];
const outcomes = seeds.map((seed) =>
  [activeActive({ duration: 8 * MINUTE, faults }), singlePrimary({ duration: 8 * MINUTE, faults })].map((plan, index) =>
    run(
      {
        ...plan,
        architecture: index === 0 ? HOSTILE : "=SUM(A1)",
        places: plan.places.map((place, at) => ({ ...place, name: at === 0 ? HOSTILE : place.name })),
      },
      seed,
    ),
  ),
);
const comparison = compareOutcomes(
  {
    question: `Is ${HOSTILE} harmless?`,
    scenario: "hostile",
    seeds,
    complete: true,
    digest: "0",
    expectations: [],
    faultTitles: new Map(),
  },
  [HOSTILE, "=SUM(A1)"],
  outcomes,
);
const sentence = answer(comparison);
const html = page(pageInput(comparison, sentence, `npx faultline run ${HOSTILE}`, [HOSTILE]));

describe("the page", () => {
  test("shows of several incidents the one whose recovery took longest, as the table does", () => {
    const architectures = comparison.architectures.map((each) => ({
      ...each,
      outcomes: each.outcomes.map((outcome) => {
        const [incident] = outcome.incidents;
        const worse = { ...incident!, rtoSeconds: null, faults: ["the second fault"] };
        return { ...outcome, incidents: [{ ...incident!, rtoSeconds: 30 }, worse] };
      }),
    }));
    const input = pageInput({ ...comparison, architectures }, sentence, "", []);
    for (const { title } of input.waterfalls) expect(title).toMatch(/, the second fault$/);
    for (const { title } of pageInput(comparison, sentence, "", []).waterfalls) expect(title).toMatch(/, seed \d$/);
  });

  test("lets no hostile name out of its text", () => {
    expect(html).not.toContain("<script");
    expect(html).not.toContain("\u001b");
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  test("asks nothing of any network and runs nothing", () => {
    expect(html).not.toMatch(/https?:|src=|href=|url\(|@import|\son[a-z]+=/);
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)![1]!;
    const hash = createHash("sha256").update(style).digest("base64");
    expect(html).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(html).not.toContain(" style=");
  });

  test("has a chart, a legend and a table for each of four series, and the phases of the failover", () => {
    expect(html.match(/<svg viewBox="0 0 720 240"/g)).toHaveLength(4);
    expect(html.match(/The same as a table/g)!.length).toBeGreaterThanOrEqual(5);
    for (const phase of ["detect", "verify", "promote", "reroute", "dns-tail"])
      expect(html).toContain(`>${phase}</text>`);
    expect(html).toContain('class="fault"');
    expect(html).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("is the same bytes again", () => {
    expect(page(pageInput(comparison, sentence, `npx faultline run ${HOSTILE}`, [HOSTILE]))).toBe(html);
  });
});

test("CSV cells that a spreadsheet would run are made text, and every row has all columns", () => {
  for (const [text, columns] of [
    [metricsCsv(comparison), 7],
    [timeseriesCsv(comparison), 6],
  ] as const) {
    expect(text).toContain("'=SUM(A1)");
    expect(text).not.toMatch(/(^|,)=SUM/m);
    const lines = text.trim().split("\n").slice(1);
    expect(lines.length).toBeGreaterThan(100);
    for (const line of lines) {
      const fields = [...line.matchAll(/(?:^|,)(?:"(?:[^"]|"")*"|[^,]*)/g)];
      expect(fields).toHaveLength(columns);
    }
  }
});

test("the OpenMetrics text follows its grammar", () => {
  const lines = openMetrics(comparison).split("\n");
  expect(lines.slice(-2)).toEqual(["# EOF", ""]);
  const families = new Set<string>();
  let family = "";
  for (const line of lines.slice(0, -2)) {
    const type = /^# TYPE ([a-z_0-9]+) (gauge|counter|summary)$/.exec(line);
    if (type !== null) {
      // A family stands in one place: its name never comes back.
      expect(families.has(type[1]!)).toBe(false);
      family = type[1]!;
      families.add(family);
    } else if (line.startsWith("# HELP ")) expect(line.startsWith(`# HELP ${family} `)).toBe(true);
    else {
      expect(line).toMatch(/^[a-z_0-9]+\{([a-z_]+="([^"\\\n]|\\["\\n])*",?)+\} -?\d[\d.e+-]*$/);
      expect(line.startsWith(family)).toBe(true);
    }
  }
  for (const name of [
    "cross_region_latency",
    "user_request_latency",
    "replication_lag",
    "region_health",
    "failover_duration",
    "cross_region_transfer_bytes",
    "conflict_rate",
  ]) {
    expect(families.has(name), name).toBe(true);
  }
});

test("the JSON document can be read by a parser that knows nothing of it, and holds no NaN", () => {
  const document = compareDocument(comparison, sentence);
  expect(parse(document)).toEqual(JSON.parse(document));
  expect(document).not.toMatch(/NaN|Infinity/);
});

const named = (names: readonly string[], { architectures, ...rest }: Comparison): Comparison => ({
  ...rest,
  architectures: names.map((name, index) => ({ ...architectures[index % architectures.length]!, name })),
});

describe("the table in a terminal", () => {
  test.each([60, 80, 120])("fits %d columns, with two and with five architectures", (width) => {
    for (const names of [
      ["a", "b"],
      ["active-active", "pilot-light", "warm-standby", "a-name-that-nobody-should-have-given", "e"],
    ]) {
      const table = textTable(named(names, comparison), width);
      for (const line of table.split("\n")) expect(line.length).toBeLessThanOrEqual(width);
      for (const name of names) expect(table).toContain(name.slice(0, 7));
    }
  });

  test("leaves intervals out where that makes it fit, and says so; else shows a few architectures at a time", () => {
    const five = named(["a", "b", "c", "d", "e"], comparison);
    expect(textTable(five, 200)).toContain("±");
    const narrow = textTable(five, 84);
    expect(narrow.split("\n").slice(0, -1).join()).not.toContain("±");
    expect(narrow).toMatch(/^\(means; 95 % intervals from \d+ columns on, and in report.html\)$/m);
    expect(textTable(five, 50).match(/^Availability {2}/gm)!.length).toBeGreaterThan(1);
  });
});

test("the short table holds the headlines, what is expected of, and rare harm where it was done", () => {
  const harmed = (count: number): Comparison => ({
    ...comparison,
    architectures: comparison.architectures.map((each) => ({
      ...each,
      metrics: {
        ...each.metrics,
        ...Object.fromEntries(METRICS.filter(({ alarm }) => alarm).map(({ name }) => [name, exactly(0)])),
        duplicate_effects: exactly(count),
      },
    })),
  });
  const names = (of: Comparison): string[] => shortList(of).map(({ name }) => name);
  const headlines = METRICS.filter(({ headline }) => headline).map(({ name }) => name);
  expect(names(harmed(0))).toEqual(headlines);
  const promise = {
    ...({ kind: "metric", architecture: "a", metric: "failovers", expected: "== 0", line: 1 } as const),
    ...({
      value: exactly(0),
      verdict: "kept",
      kept: true,
      against: null,
      decided: "",
      seed: null,
      how: "mean",
    } as const),
  };
  expect(names({ ...harmed(0.5), promises: [promise] }).filter((name) => !headlines.includes(name))).toEqual([
    "failovers",
    "duplicate_effects",
  ]);
});

const exactly = (mean: number) => ({ mean, ci95: null, n: 3, censored: 0 });

test.each([
  ["0.99989", formatValue(0.99989, "fraction"), "99.989 %"],
  ["a count", formatValue(12345, "count"), "12,345"],
  ["bytes", formatValue(1.5e9, "bytes"), "1.5 GB"],
  ["nothing", formatValue(null, "seconds"), "–"],
  ["an estimate", formatEstimate(0.9897, 0.00038, "fraction"), "98.970 ± 0.038 %"],
  ["a wide one", formatEstimate(1608.4, 27.2, "count"), "1,608 ± 27"],
  ["one of thousands", formatEstimate(34_851.3, 737, "count"), "34,850 ± 740"],
  ["the same, the interval elsewhere", formatMean(34_851.3, 737, "count"), "34,850"],
  ["few", formatEstimate(6.03, 2.86, "count"), "6 ± 3"],
  ["fewer than one a run", formatEstimate(0.4, 0.37, "count"), "0.40 ± 0.37"],
  ["one that is known too well", formatEstimate(20.3636, 0.0017, "seconds"), "20.364 ± 0.002 s"],
  ["one that is known far too well", formatEstimate(20.3636, 0.00017, "seconds"), "20.364 s"],
  ["close to 100 %", formatEstimate(0.999999123, 0.0000000457, "fraction"), "99.999912 ± 0.000005 %"],
  ["a difference", formatDifference(-0.0342, 0.0087, "fraction"), "-3.42 ± 0.87 pts"],
  ["milliseconds of many seconds", formatEstimate(1_397_200, 1300, "milliseconds"), "1,397.2 ± 1.3 s"],
])("figures for people: %s", (_, shown, expected) => {
  expect(shown).toBe(expected);
});
