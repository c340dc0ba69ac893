import { createHash } from "node:crypto";
import { type Simulated, meanOf } from "../advise/recommend/figures.js";
import type { Recommendation } from "../advise/recommend/recommend.js";
import { called, dollars, milliseconds, partsOf, pickSentence, rejections } from "../advise/recommend/words.js";
import { escapeHtml } from "./escape.js";
import { STYLE } from "./page-style.js";
import { FIGURES, figuresOf, foundLines } from "./recommendation-text.js";
import { type ScatterPoint, scatterChart } from "./svg/scatter-chart.js";

const OWN_STYLE =
  ".best{fill:var(--line-1)}.other{fill:var(--soft);opacity:.55}.front{stroke:var(--line-1);opacity:.6}";

/** One file that asks nothing of any network and runs no script. */
export function recommendationPage(recommendation: Recommendation, file: string): string {
  const style = `${STYLE}${OWN_STYLE}`;
  const hash = createHash("sha256").update(style).digest("base64");
  const { pick, conflicts } = recommendation;
  const answer =
    pick !== null
      ? `${pickSentence(recommendation)}.`
      : conflicts.length > 0
        ? `No architecture can keep these requirements: ${conflicts.flatMap(({ why }) => why).join("; ")}.`
        : "No candidate that was simulated keeps everything that is required.";
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(`Recommendation for ${file}`)}</title>`,
    `<style>${style}</style>`,
    "</head>",
    "<body><main>",
    `<p class="eyebrow">Faultline · ${escapeHtml(file)}</p>`,
    "<h1>Which regions, which pattern?</h1>",
    `<p class="answer">${escapeHtml(answer)}</p>`,
    ...plot(recommendation),
    ...frontTable(recommendation),
    "<h2>Why not</h2>",
    listed(rejections(recommendation).map(({ pattern, why }) => `${pattern}: ${why}.`)),
    "<h2>How it was found</h2>",
    listed(foundLines(recommendation)),
    "</main></body>",
    "</html>",
    "",
  ].join("\n");
}

const listed = (lines: readonly string[]): string =>
  `<ul class="notes">${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>`;

function frontTable({ front, requirements }: Recommendation): string[] {
  if (front.length === 0) return [];
  const heads = FIGURES.map((title) => `<th scope="col">${title}</th>`).join("");
  const rows = front.map((simulated, index) => {
    const { name, where } = partsOf(simulated.candidate, requirements);
    const cells = figuresOf(simulated).map(
      (text, column) => `<td data-of="${FIGURES[column]}">${escapeHtml(text)}</td>`,
    );
    return `<tr><th scope="row">${index + 1} ${escapeHtml(name)}<span>${escapeHtml(where)}</span></th>${cells.join("")}</tr>`;
  });
  return [
    "<h2>The front</h2>",
    `<div class="scroll cards" tabindex="0" role="region" aria-label="The front"><table><thead><tr><th scope="col">Candidate</th>${heads}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`,
  ];
}

/** Cost against latency; where no price is known the RTO takes the place of cost. */
function plot({ front, halved, requirements }: Recommendation): string[] {
  const all = [...halved.survivors, ...halved.dropped];
  const priced = all.some((each) => meanOf(each, "cost") !== null);
  const x = priced ? ("cost" as const) : ("rto" as const);
  const points = (some: readonly Simulated[], numbered: boolean): ScatterPoint[] =>
    some.flatMap((each, index) => {
      const [across, up] = [meanOf(each, x), meanOf(each, "p95")];
      if (across === null || up === null || !Number.isFinite(across) || !Number.isFinite(up)) return [];
      const title = `${called(each.candidate, requirements)}: ${priced ? dollars(across) : `RTO ${Math.round(across)} s`}, ${milliseconds(up)}`;
      return [{ x: across, y: up, label: numbered ? String(index + 1) : "", title }];
    });
  const chart = {
    title: "Cost and latency of what was simulated",
    about: "Numbered: the front, as in the table below. Pale: what was simulated and is not on it.",
    x: priced ? "USD a month" : "RTO, s",
    y: "p95, ms",
    front: points(front, true),
    others: points(
      all.filter((each) => !front.includes(each)),
      false,
    ),
  };
  if (chart.front.length + chart.others.length === 0) return [];
  return [
    `<h2>${chart.title}</h2><p class="about">${chart.about}</p>`,
    `<figure class="chart" tabindex="0" role="region" aria-label="${chart.title}">${scatterChart(chart, "s0")}</figure>`,
  ];
}
