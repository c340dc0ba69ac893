import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { escapeHtml } from "../escape.js";
import { significant } from "../numbers.js";
import type { ChartInput } from "../page-model.js";
import { clock, px, strokeOf, timeTicks } from "./scale.js";

const WIDTH = 720;
const HEIGHT = 240;
const LEFT = 56;
const RIGHT = 22;
const TOP = 22;
const BOTTOM = 30;
/** Points of a drawn line; bins between them are averaged. */
const POINTS = 240;

/** Lines over time with the faults shaded; gaps where nothing was observed. */
export function lineChart(chart: ChartInput, id: string): string {
  const bins = Math.max(...chart.lines.map(({ values }) => values.length), 1);
  const end = bins * chart.binSeconds;
  const values = chart.lines.flatMap((each) => each.values).filter((value): value is number => value !== null);
  const [low, high] = chart.domain ?? [0, Math.max(...values, 0) || 1];
  const x = scaleLinear([0, end], [LEFT, WIDTH - RIGHT]);
  const y =
    chart.domain === undefined
      ? scaleLinear([low, high], [HEIGHT - BOTTOM, TOP]).nice(4)
      : scaleLinear([low, high], [HEIGHT - BOTTOM, TOP]);
  const parts = [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-t ${id}-d">`,
    `<title id="${id}-t">${escapeHtml(chart.title)}</title>`,
    `<desc id="${id}-d">${escapeHtml(chart.about)}</desc>`,
    ...shades(chart, x),
    ...y.ticks(4).map((tick) => {
      const at = px(y(tick));
      return `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}"/><text class="tick" x="${LEFT - 8}" y="${at}" dy="4" text-anchor="end">${significant(tick, 4)}</text>`;
    }),
    ...timeTicks(end, 8).map((tick) => {
      const at = px(x(tick));
      return `<text class="tick" x="${at}" y="${HEIGHT - 10}" text-anchor="middle">${clock(tick)}</text>`;
    }),
    `<text class="tick" x="${LEFT - 8}" y="12" text-anchor="end">${escapeHtml(chart.unit)}</text>`,
    ...chart.lines.map((each, index) => path(each.values, chart.binSeconds, x, y, index)),
    "</svg>",
  ];
  return parts.join("");
}

type Scale = (value: number) => number;

/** One band for faults that touch or nearly do: a flapping link is drawn as its single cuts. */
function shades(chart: ChartInput, x: Scale): string[] {
  return chart.faults.map(({ startSeconds, endSeconds, label }, index) => {
    const [from, to] = [x(startSeconds), x(endSeconds)];
    const text =
      index === 0
        ? `<text class="fault-label" x="${px(Math.min(from + 4, WIDTH - 150))}" y="12">${escapeHtml(shortened(label))}</text>`
        : "";
    return `<rect class="fault" x="${px(from)}" y="${TOP}" width="${px(Math.max(1, to - from))}" height="${HEIGHT - BOTTOM - TOP}"><title>${escapeHtml(label)}</title></rect>${text}`;
  });
}

const shortened = (label: string): string => (label.length > 40 ? `${label.slice(0, 39)}…` : label);

function path(values: readonly (number | null)[], binSeconds: number, x: Scale, y: Scale, index: number): string {
  const { colour, dash } = strokeOf(index);
  const points = thinned(values, binSeconds);
  const draw = line<(typeof points)[number]>()
    .defined(({ value }) => value !== null)
    .x(({ seconds }) => Math.round(x(seconds) * 10) / 10)
    .y(({ value }) => Math.round(y(value!) * 10) / 10);
  const style = dash === "" ? "" : ` stroke-dasharray="${dash}"`;
  return `<path class="line" stroke="${colour}"${style} d="${draw(points) ?? ""}"/>`;
}

/** Averages neighbouring bins until few enough points are left; each stands in the middle of its bins. */
export function thinned(
  values: readonly (number | null)[],
  binSeconds: number,
  most = POINTS,
): { seconds: number; value: number | null }[] {
  const group = Math.max(1, Math.ceil(values.length / most));
  return Array.from({ length: Math.ceil(values.length / group) }, (_, index) => {
    const seen = values.slice(index * group, (index + 1) * group).filter((value): value is number => value !== null);
    const value = seen.length === 0 ? null : seen.reduce((sum, each) => sum + each, 0) / seen.length;
    return { seconds: (index + 0.5) * group * binSeconds, value };
  });
}
