import { scaleLinear } from "d3-scale";
import { escapeHtml } from "../escape.js";
import { significant } from "../numbers.js";
import type { WaterfallInput } from "../page-model.js";
import { clock, px, timeTicks } from "./scale.js";

const WIDTH = 720;
const LEFT = 216;
const RIGHT = 90;
const ROW = 26;
const BOTTOM = 28;

/** The phases of a recovery below each other, each where it lay in time, and the named remainder. */
export function waterfallChart(input: WaterfallInput, id: string, end: number): string {
  const rows = [...input.phases.map((phase) => ({ ...phase, kind: "phase" })), ...remainder(input)];
  const height = Math.max(1, rows.length) * ROW + BOTTOM;
  const x = scaleLinear([0, end], [LEFT, WIDTH - RIGHT]);
  const bars = rows.map(({ name, startSeconds, endSeconds, kind }, index) => {
    const y = index * ROW;
    const width = Math.max(1.5, x(endSeconds) - x(startSeconds));
    return [
      `<text class="row-label" x="${LEFT - 10}" y="${y + 17}" text-anchor="end">${escapeHtml(name)}</text>`,
      `<rect class="${kind}" x="${px(x(startSeconds))}" y="${y + 5}" width="${px(width)}" height="${ROW - 10}" rx="2"/>`,
      `<text class="tick" x="${px(x(startSeconds) + width + 6)}" y="${y + 17}">${significant(endSeconds - startSeconds, 3)} s</text>`,
    ].join("");
  });
  const ticks = timeTicks(end, 6).map(
    (tick) =>
      `<line class="grid" x1="${px(x(tick))}" x2="${px(x(tick))}" y1="0" y2="${height - BOTTOM + 2}"/><text class="tick" x="${px(x(tick))}" y="${height - 8}" text-anchor="middle">${clock(tick)}</text>`,
  );
  return [
    `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-t ${id}-d">`,
    `<title id="${id}-t">${escapeHtml(input.title)}</title>`,
    `<desc id="${id}-d">${escapeHtml(rows.map(described).join("; "))}</desc>`,
    ...ticks,
    ...bars,
    "</svg>",
  ].join("");
}

const described = (row: { name: string; startSeconds: number; endSeconds: number }): string =>
  `${row.name}: from ${significant(row.startSeconds, 4)} s, ${significant(row.endSeconds - row.startSeconds, 3)} s long`;

/** Rows of the remainder: what no phase of the control plane explains. */
export function remainder(
  input: WaterfallInput,
): { name: string; startSeconds: number; endSeconds: number; kind: string }[] {
  const { totalSeconds, remainderSeconds } = input;
  if (totalSeconds === null || remainderSeconds === null || remainderSeconds === 0) return [];
  return [
    {
      name: "until every place is back",
      startSeconds: totalSeconds - remainderSeconds,
      endSeconds: totalSeconds,
      kind: "rest",
    },
  ];
}
