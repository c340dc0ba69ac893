import { scaleLinear } from "d3-scale";
import { escapeHtml } from "../escape.js";
import type { BarsInput } from "../page-model.js";
import { px, tickText } from "./scale.js";

/** Narrower than the other charts, so that a phone shows it whole. */
const WIDTH = 480;
const RIGHT = 64;
const ROW = 26;
const BOTTOM = 28;
/** Characters of a row's name that fit, and room for one, in the larger type that phones get. */
const NAME = 24;
const CHARACTER = 8.4;

/** A bar for each architecture, made of one piece for each kind; what it sums to stands at its end. */
export function barChart({ title, about, kinds, rows }: BarsInput, id: string): string {
  const totals = rows.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const left = 12 + CHARACTER * Math.max(0, ...rows.map(({ label }) => shortened(label).length));
  const x = scaleLinear([0, Math.max(...totals, 0) || 1], [left, WIDTH - RIGHT]);
  const height = rows.length * ROW + BOTTOM;
  const bars = rows.map(({ label, values, total }, index) => {
    const y = index * ROW;
    let sum = 0;
    const pieces = values.map((value, kind) => {
      const from = x(sum);
      sum += value;
      const width = x(sum) - from;
      return width === 0
        ? ""
        : `<rect class="harm-${kinds[kind]!.style}" x="${px(from)}" y="${y + 5}" width="${px(Math.max(1, width))}" height="${ROW - 10}"/>`;
    });
    return [
      `<text class="row-label" x="${px(left - 10)}" y="${y + 17}" text-anchor="end">${escapeHtml(shortened(label))}</text>`,
      ...pieces,
      `<text class="tick" x="${px(x(sum) + 6)}" y="${y + 17}">${escapeHtml(total)}</text>`,
    ].join("");
  });
  const ticks = x.ticks(3).map((tick) => {
    const at = px(x(tick));
    return `<line class="grid" x1="${at}" x2="${at}" y1="0" y2="${height - BOTTOM + 2}"/><text class="tick" x="${at}" y="${height - 8}" text-anchor="middle">${tickText(tick, x.domain()[1]!)}</text>`;
  });
  return [
    `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-t ${id}-d">`,
    `<title id="${id}-t">${escapeHtml(title)}</title>`,
    `<desc id="${id}-d">${escapeHtml(about)}</desc>`,
    ...ticks,
    ...bars,
    "</svg>",
  ].join("");
}

const shortened = (label: string): string => (label.length > NAME ? `${label.slice(0, NAME - 1)}…` : label);
