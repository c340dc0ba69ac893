import { createHash } from "node:crypto";
import { escapeHtml } from "./escape.js";
import { significant } from "./numbers.js";
import type { ChartInput, EconomicsInput, PageInput, PagePromise, PageRow, WaterfallInput } from "./page-model.js";
import { barsSection, grid, scrolling } from "./page-parts.js";
import { STYLE } from "./page-style.js";
import { lineChart, thinned } from "./svg/line-chart.js";
import { clock, strokeOf } from "./svg/scale.js";
import { remainder, waterfallChart } from "./svg/waterfall.js";
import { unbroken } from "./words.js";

/** Rows of a chart's data table. */
const TABLE_ROWS = 60;

/** One file that asks nothing of any network, runs no script, and says so in its content security policy. */
export function page(input: PageInput): string {
  const hash = createHash("sha256").update(STYLE).digest("base64");
  const others = input.architectures.slice(1);
  const charts = input.charts.map((chart, index) => chartSection(chart, `c${index}`));
  const compared = others.length === 1 ? others : [];
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(input.question)}</title>`,
    `<style>${STYLE}</style>`,
    "</head>",
    "<body><main>",
    `<p class="eyebrow">Faultline · ${escapeHtml(input.scenarioName)}</p>`,
    `<h1>${escapeHtml(input.question)}</h1>`,
    `<p class="answer">${unbroken(escapeHtml(input.answer))}</p>`,
    table(
      input.table.filter((row) => row.short),
      input.architectures,
      compared,
    ),
    promiseTable(input.promises),
    ...charts.slice(0, 1),
    ...input.bars.map((bars, index) => barsSection(bars, `b${index}`)),
    ...charts.slice(1),
    waterfalls(input.waterfalls),
    ...(input.economics === null ? [] : [economics(input.economics)]),
    "<h2>Every metric</h2>",
    "<details><summary>All figures with their definitions</summary>",
    table(input.table, input.architectures, others, true),
    "</details>",
    "<h2>Replay</h2>",
    `<code tabindex="0">${escapeHtml(input.replay)}</code>`,
    `<h2>Notes</h2><ul class="notes">${input.notes.map((note) => `<li>${escapeHtml(note)}</li>`).join("")}</ul>`,
    "</main></body>",
    "</html>",
    "",
  ].join("\n");
}

/** With more than two architectures the differences stand in the full table only: side by side they would not fit. */
function table(
  rows: readonly PageRow[],
  names: readonly string[],
  others: readonly string[],
  withAbout = false,
): string {
  const heads = [...names, ...others.map((name) => (others.length === 1 ? "difference" : `${name} vs ${names[0]}`))];
  const body = rows.map((row) => {
    const about = withAbout ? `<span>${escapeHtml(row.about)}</span>` : "";
    const cells = [...row.cells, ...(others.length > 0 ? row.differences : [])]
      .map((text, column) => `<td data-of="${escapeHtml(heads[column]!)}">${escapeHtml(text)}</td>`)
      .join("");
    return `<tr><th scope="row" title="${escapeHtml(row.about)}">${escapeHtml(row.title)}${about}</th>${cells}</tr>`;
  });
  return `${scrolling("Comparison", "scroll cards")}<table><thead><tr><th scope="col">Metric</th>${heads
    .map((name) => `<th scope="col">${escapeHtml(name)}</th>`)
    .join("")}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

function promiseTable(promises: readonly PagePromise[]): string {
  if (promises.length === 0) return "";
  const rows = promises.map(({ architecture, expected, was, verdict: is }) => {
    const verdict = `<td data-of="and is"${is === "broken" ? ' class="broken"' : ""}>${is}</td>`;
    return `<tr><th scope="row">${escapeHtml(architecture)}</th><td data-of="expected">${escapeHtml(expected)}</td><td data-of="was">${escapeHtml(was)}</td>${verdict}</tr>`;
  });
  const heads = ["Architecture", "expected", "was", ""].map((text) => `<th scope="col">${text}</th>`).join("");
  return `<section><h2>What was expected</h2>${scrolling("What was expected", "scroll cards")}<table><thead><tr>${heads}</tr></thead><tbody>${rows.join("")}</tbody></table></div></section>`;
}

function chartSection(chart: ChartInput, id: string): string {
  return [
    `<section><h2>${escapeHtml(chart.title)}</h2><p class="about">${escapeHtml(chart.about)}</p>`,
    legend(chart.lines.map(({ label }) => label)),
    `<figure class="chart" tabindex="0">${lineChart(chart, id)}</figure>`,
    `<details><summary>The same as a table</summary>${chartTable(chart)}</details></section>`,
  ].join("\n");
}

function legend(labels: readonly string[]): string {
  const items = labels.map((label, index) => {
    const { colour, dash } = strokeOf(index);
    const style = dash === "" ? "" : ` stroke-dasharray="${dash}"`;
    return `<li><svg viewBox="0 0 32 10" aria-hidden="true"><path class="line" stroke="${colour}"${style} d="M0 5H32"/></svg>${escapeHtml(label)}</li>`;
  });
  return `<ul class="legend">${items.join("")}</ul>`;
}

function chartTable(chart: ChartInput): string {
  const columns = chart.lines.map(({ values }) => thinned(values, chart.binSeconds, TABLE_ROWS));
  const rows = (columns[0] ?? []).map(({ seconds }, index) => {
    const cells = columns.map((column) => {
      const value = column[index]?.value ?? null;
      return `<td>${value === null ? "–" : significant(value, 4)}</td>`;
    });
    return `<tr><th scope="row">${clock(Math.round(seconds))}</th>${cells.join("")}</tr>`;
  });
  const heads = chart.lines
    .map(({ label }) => `<th scope="col">${escapeHtml(label)}, ${escapeHtml(chart.unit)}</th>`)
    .join("");
  return `${scrolling(`${chart.title} as a table`)}<table><thead><tr><th scope="col">Time</th>${heads}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function waterfalls(inputs: readonly WaterfallInput[]): string {
  if (inputs.length === 0) return "";
  const end = Math.max(
    1,
    ...inputs.flatMap(({ phases, totalSeconds }) => [totalSeconds ?? 0, ...phases.map((phase) => phase.endSeconds)]),
  );
  return [
    "<section><h2>What the recovery is made of</h2>",
    '<p class="about">From the fault to the last place of users that is back: the worst incident of the run with the median recovery time.</p>',
    ...inputs.map((input, index) => {
      const rto =
        input.totalSeconds === null ? "did not recover for good" : `RTO ${significant(input.totalSeconds, 4)} s`;
      const rows = [...input.phases, ...remainder(input)];
      const figure =
        rows.length === 0
          ? ""
          : `<figure class="chart" tabindex="0">${waterfallChart(input, `w${index}`, end)}</figure>`;
      const body = rows.map(
        (row) =>
          `<tr><th scope="row">${escapeHtml(row.name)}</th><td>${significant(row.startSeconds, 4)} s</td><td>${significant(row.endSeconds - row.startSeconds, 3)} s</td></tr>`,
      );
      const data =
        rows.length === 0
          ? ""
          : `<details><summary>The same as a table</summary>${scrolling(`${input.title}, phases`)}<table><thead><tr><th scope="col">Phase</th><th scope="col">begins</th><th scope="col">takes</th></tr></thead><tbody>${body.join("")}</tbody></table></div></details>`;
      return `<h3>${escapeHtml(input.title)}: <span>${rto}</span></h3>${figure}${data}`;
    }),
    "</section>",
  ].join("\n");
}

/** What each architecture earns; what one outage takes, other frequencies and places are a click away. */
function economics({ about, bars, month, verdicts, more, notes }: EconomicsInput): string {
  const list = (items: readonly string[], style = ""): string =>
    `<ul${style}>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join("")}</ul>`;
  return [
    `<section><h2>What it earns, and whether it pays</h2><p class="about">${escapeHtml(about)}</p>`,
    grid(month),
    ...(verdicts.length === 0 ? [] : [list(verdicts)]),
    "</section>",
    barsSection(bars, "money"),
    ...more.map((each) => `<details><summary>${escapeHtml(each.title)}</summary>${grid(each)}</details>`),
    `<details><summary>What the dollars stand on</summary>${list(notes, ' class="notes"')}</details>`,
  ].join("\n");
}
