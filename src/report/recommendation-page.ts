import { createHash } from "node:crypto";
import type { Recommendation } from "../advise/recommend/recommend.js";
import {
  called,
  dollars,
  milliseconds,
  nearestSentence,
  partsOf,
  pickSentence,
  rejections,
  seconds,
} from "../advise/recommend/words.js";
import { escapeHtml } from "./escape.js";
import { STYLE } from "./page-style.js";
import { acrossOf, plotted } from "./recommendation-plot.js";
import { FIGURES, figuresOf, foundLines } from "./recommendation-text.js";
import { scatterChart } from "./svg/scatter-chart.js";

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
        : nearestSentence(recommendation);
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
function plot(recommendation: Recommendation): string[] {
  const isCost = acrossOf(recommendation) === "cost";
  const all = plotted(recommendation).map(({ simulated, across, up, number }) => ({
    ...{ x: across, y: up, label: number === 0 ? "" : String(number) },
    title: `${called(simulated.candidate, recommendation.requirements)}: ${isCost ? dollars(across) : `RTO ${seconds(across)}`}, ${milliseconds(up)}`,
  }));
  const chart = {
    title: "Cost and latency of what was simulated",
    about: "Numbered: the front, as in the table below. Pale: what was simulated and is not on it.",
    x: isCost ? "USD a month" : "RTO, s",
    y: "p95, ms",
    front: all.filter(({ label }) => label !== ""),
    others: all.filter(({ label }) => label === ""),
  };
  if (all.length === 0) return [];
  return [
    `<h2>${chart.title}</h2><p class="about">${chart.about}</p>`,
    `<figure class="chart" tabindex="0" role="region" aria-label="${chart.title}">${scatterChart(chart, "s0")}</figure>`,
  ];
}
