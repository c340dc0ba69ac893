import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeCsv, escapeHtml, escapeLabel, escapeTerminal } from "../../src/report/escape.js";
import { page } from "../../src/report/html.js";
import type { PageInput } from "../../src/report/page-model.js";
import { barChart } from "../../src/report/svg/bar-chart.js";
import { lineChart, thinned } from "../../src/report/svg/line-chart.js";
import { tickText } from "../../src/report/svg/scale.js";
import { synthetic } from "../browser/synthetic.js";

const HOSTILE = `</style><script>alert(1)</script>"onload='x'&\u001b[31mred\u001b[0m\u001b]8;;evil\u0007\nline\r\u202etwo`;

const HOSTILE_GRID = { title: HOSTILE, heads: [HOSTILE], rows: [{ title: HOSTILE, cells: [HOSTILE] }] };

/** Every text of the page is the hostile one. */
function poisoned(): PageInput {
  const input = synthetic(2);
  return {
    ...input,
    question: HOSTILE,
    answer: HOSTILE,
    scenarioName: HOSTILE,
    replay: HOSTILE,
    notes: [HOSTILE],
    architectures: [HOSTILE, HOSTILE],
    promises: [{ architecture: HOSTILE, expected: HOSTILE, was: HOSTILE, verdict: "broken" }],
    table: [{ title: HOSTILE, about: HOSTILE, short: true, cells: [HOSTILE, HOSTILE], differences: [HOSTILE] }],
    charts: input.charts.map((chart) => ({
      ...chart,
      title: HOSTILE,
      unit: HOSTILE,
      about: HOSTILE,
      faults: chart.faults.map((fault) => ({ ...fault, label: HOSTILE })),
      lines: chart.lines.map(({ values }) => ({ label: HOSTILE, values })),
    })),
    bars: input.bars.map((bars) => ({
      title: HOSTILE,
      about: HOSTILE,
      kinds: bars.kinds.map(({ style }) => ({ label: HOSTILE, style })),
      rows: bars.rows.map(({ values }) => ({
        label: HOSTILE,
        values,
        texts: values.map(() => HOSTILE),
        total: HOSTILE,
      })),
    })),
    economics: {
      about: HOSTILE,
      month: HOSTILE_GRID,
      verdicts: [HOSTILE],
      bars: { ...input.economics!.bars, title: HOSTILE, about: HOSTILE },
      more: [HOSTILE_GRID],
      notes: [HOSTILE],
    },
    waterfalls: input.waterfalls.map((waterfall) => ({
      ...waterfall,
      title: HOSTILE,
      phases: waterfall.phases.map((phase) => ({ ...phase, name: HOSTILE })),
    })),
  };
}

describe("the page", () => {
  test("lets nothing hostile out, wherever it stands", () => {
    const html = page(poisoned());
    expect(html).not.toContain("<script");
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
    expect(html).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|\[31m|8;;evil|"onload|onload='/);
    expect(html).not.toContain("\nline");
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot;onload=&#39;x&#39;&amp;red line");
    const tags = (text: string): string[] => text.match(/<\/?[a-z][a-z0-9]*/g)!;
    const known = new Set([...tags(page(synthetic(2)))]);
    for (const tag of tags(html)) expect(known.has(tag), tag).toBe(true);
  });

  test("names no address and allows exactly its own style", () => {
    const html = page(synthetic());
    expect(html.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(
      /https?:|\/\/[a-z]|src=|href=|url\(|@import/i,
    );
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)![1]!;
    const hash = createHash("sha256").update(style).digest("base64");
    expect(html).toContain(`content="default-src 'none'; style-src 'sha256-${hash}'"`);
    expect(html).not.toMatch(/ style=| on[a-z]+=|<script/);
  });

  test("is the same bytes again, and holds no broken number", () => {
    const html = page(synthetic());
    expect(page(synthetic())).toBe(html);
    expect(html.replace(/>nothing observed</g, "")).not.toMatch(/NaN|undefined|Infinity|null/);
  });

  test("has no id twice, and every reference finds its own", () => {
    const html = page(synthetic());
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!);
    expect(new Set(ids).size).toBe(ids.length);
    const references = [...html.matchAll(/aria-labelledby="([^"]+)"/g)].flatMap((match) => match[1]!.split(" "));
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) expect(ids).toContain(reference);
    for (const heading of html.match(/<th[ >][^>]*/g)!) expect(heading).toContain("scope=");
  });

  test("tells lines apart by colour and by dash, and names the remainder of a recovery", () => {
    const legend = /<h2>Availability over time.*?<ul class="legend">(.*?)<\/ul>/s.exec(page(synthetic()))![1]!;
    expect(new Set(legend.match(/var\(--line-\d\)/g)).size).toBe(3);
    expect(new Set(legend.match(/stroke-dasharray="[^"]+"/g)).size).toBe(2);
    expect(page(synthetic())).toContain(">until every place is back</text>");
  });

  test("has data tables of at most 60 rows", () => {
    const bodies = [...page(synthetic()).matchAll(/<tbody>(.*?)<\/tbody>/g)].map((match) => match[1]!);
    const rows = bodies.map((body) => body.match(/<tr>/g)?.length ?? 0);
    expect(Math.max(...rows)).toBe(60);
  });

  test("can be made of nothing", () => {
    const empty = { ...synthetic(1), promises: [], table: [], charts: [], bars: [], waterfalls: [], notes: [] };
    expect(page(empty)).toContain("<h1>");
  });
});

test("a bar has a piece for each kind that is not nothing, in proportion, and its sum at its end", () => {
  const bars = synthetic(2).bars[0]!;
  const svg = barChart(bars, "b");
  const widths = [...svg.matchAll(/class="harm-\d" x="[\d.]+" y="\d+" width="([\d.]+)"/g)].map((match) =>
    Number(match[1]),
  );
  expect(widths).toHaveLength(3);
  expect(widths[0]! / widths[1]!).toBeCloseTo(bars.rows[0]!.values[0]! / bars.rows[0]!.values[1]!, 1);
  expect(svg).toContain(">34,912</text>");
  expect(barChart({ ...bars, rows: [] }, "b")).not.toMatch(/NaN|Infinity/);
});

describe("a line chart", () => {
  const chart = synthetic(2).charts[0]!;

  test("breaks where nothing was observed", () => {
    const [whole, broken] = [...lineChart(chart, "c").matchAll(/ d="([^"]+)"/g)].map((match) => match[1]!);
    expect(whole!.match(/M/g)).toHaveLength(1);
    expect(broken!.match(/M/g)).toHaveLength(2);
  });

  test("keeps its lines inside, writes a fault's name once, and says when there is nothing", () => {
    const high = { ...chart, lines: [{ label: "a", values: [-50, 500, 40] }], binSeconds: 1200 };
    const points = [...lineChart(high, "c").matchAll(/[ML]([\d.]+),([\d.]+)/g)].map((match) => Number(match[2]));
    expect(Math.min(...points)).toBe(32);
    expect(Math.max(...points)).toBe(210);
    const flapping = Array.from({ length: 9 }, (_, at) => ({
      label: "cut",
      startSeconds: at * 99,
      endSeconds: at * 99 + 9,
    }));
    const svg = lineChart({ ...chart, faults: flapping }, "c");
    expect(svg.match(/class="fault"/g)).toHaveLength(9);
    expect(svg.match(/class="fault-label"/g)).toHaveLength(1);
    expect(lineChart({ ...chart, lines: [] }, "c")).toContain("nothing observed");
  });

  test("thins by averaging what was observed", () => {
    expect(thinned([1, 3, null, 5, null, null, 7], 10, 4)).toEqual([
      { seconds: 10, value: 2 },
      { seconds: 30, value: 5 },
      { seconds: 50, value: null },
      { seconds: 70, value: 7 },
    ]);
    expect(thinned(Array(720).fill(1), 5)).toHaveLength(240);
  });

  test.each([
    [0, 0.0005, "0"],
    [0.0004, 0.0005, "0.0004"],
    [12_500, 50_000, "12,500"],
    [500_000, 1_500_000, "0.5 M"],
  ])("marks %d of %d as people read it", (value, high, text) => {
    expect(tickText(value, high)).toBe(text);
  });
});

describe("escaping", () => {
  test("takes out terminal sequences whole", () => {
    expect(
      escapeTerminal("a\u001b[1;31mb\u001b[0m\u009b2Jc\u001b]0;title\u0007d\u001b]8;;x\u001b\\e\u001bcf\u001b"),
    ).toBe("abcdef");
    expect(escapeTerminal("two\nlines\tkept")).toBe("two\nlines\tkept");
  });

  test("leaves no control character and no markup of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
        expect(escapeTerminal(text)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
        expect(escapeHtml(text)).not.toMatch(/[<>"'\n]|&(?!amp;|lt;|gt;|quot;|#39;)/);
      }),
    );
  });

  test.each(["=1", "+1", "-1+2", "@a", "  =a", "-a"])("makes %j text in a spreadsheet", (text) => {
    expect(escapeCsv(text)).toBe(`'${text}`);
    expect(escapeCsv(`a${text}`)).toBe(`a${text}`);
  });

  test("sees a formula behind characters that show nothing, and takes no number for one", () => {
    expect(escapeCsv("\ufeff\t=1")).toBe("' =1");
    expect(escapeCsv("\u0000@a")).toBe("'@a");
    expect(["-1", "-1.5", "-2e-7", "a\nb"].map(escapeCsv)).toEqual(["-1", "-1.5", "-2e-7", "a b"]);
  });

  test.each([escapeTerminal, escapeHtml, escapeCsv, escapeLabel])(
    "%s leaves no mark that turns or hides text",
    (harmless) => {
      expect(harmless("a\u061c\u200b\u200f\u2028\u202e\u2066\u2069\ufeffb")).toBe("ab");
    },
  );

  test("keeps an OpenMetrics label in its quotes", () => {
    expect(escapeLabel('a"b\\c\nd')).toBe('a\\"b\\\\c\\nd');
  });
});
