import { escapeHtml } from "./escape.js";
import type { BarsInput, GridInput } from "./page-model.js";
import { barChart } from "./svg/bar-chart.js";

/** A box that scrolls by itself must be reachable by keyboard and have a name. */
export const scrolling = (name: string, classes = "scroll"): string =>
  `<div class="${classes}" role="region" tabindex="0" aria-label="${escapeHtml(name)}">`;

export function barsSection(bars: BarsInput, id: string): string {
  const kinds = bars.kinds.map(
    ({ label, style }) =>
      `<li><svg viewBox="0 0 32 10" aria-hidden="true"><rect class="harm-${style}" width="32" height="10"/></svg>${escapeHtml(label)}</li>`,
  );
  const heads = bars.kinds.map(({ label }) => `<th scope="col">${escapeHtml(label)}</th>`).join("");
  const rows = bars.rows.map(({ label, texts }) => {
    const cells = texts.map((text) => `<td>${escapeHtml(text)}</td>`).join("");
    return `<tr><th scope="row">${escapeHtml(label)}</th>${cells}</tr>`;
  });
  return [
    `<section><h2>${escapeHtml(bars.title)}</h2><p class="about">${escapeHtml(bars.about)}</p>`,
    `<ul class="legend">${kinds.join("")}</ul>`,
    `<figure class="bars">${barChart(bars, id)}</figure>`,
    `<details><summary>The same as a table</summary>${scrolling(`${bars.title} as a table`)}<table><thead><tr><th scope="col">Architecture</th>${heads}</tr></thead><tbody>${rows.join("")}</tbody></table></div></details></section>`,
  ].join("\n");
}

/** A column for each architecture; on a phone a card for each row. */
export function grid({ title, heads, rows }: GridInput): string {
  const head = ["", ...heads].map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join("");
  const body = rows.map(({ title, cells }) => {
    const row = cells.map((text, column) => {
      return `<td data-of="${escapeHtml(heads[column]!)}">${foldable(escapeHtml(text))}</td>`;
    });
    return `<tr><th scope="row">${escapeHtml(title)}</th>${row.join("")}</tr>`;
  });
  return `${scrolling(title, "scroll cards folds")}<table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

/** A figure breaks before its interval and nowhere else. */
const foldable = (text: string): string => text.replace(/ (?!\()/g, "\u00a0");
