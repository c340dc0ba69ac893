import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { escapeHtml } from "../escape.js";
import type { ChartInput } from "../page-model.js";
import { clock, px, strokeOf, tickText, timeTicks } from "./scale.js";

const WIDTH = 720;
const HEIGHT = 240;
const LEFT = 66;
const RIGHT = 28;
const TOP = 32;
const BOTTOM = 30;
/** Points of a drawn line; bins between them are averaged. */
const POINTS = 240;
/** Room for one character of a label, in the larger type that phones get. */
const CHARACTER = 8.8;

/** Characters of a fault's name where others want a place too. */
const SHORT = 22;

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
      : scaleLinear([low, high], [HEIGHT - BOTTOM, TOP]).clamp(true);
  const top = y.domain()[1] ?? high;
  const parts = [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-t ${id}-d">`,
    `<title id="${id}-t">${escapeHtml(chart.title)}</title>`,
    `<desc id="${id}-d">${escapeHtml(chart.about)}</desc>`,
    ...shades(chart, x),
    ...y.ticks(4).map((tick) => {
      const at = px(y(tick));
      return `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}"/><text class="tick" x="${LEFT - 8}" y="${at}" dy="4" text-anchor="end">${tickText(tick, top)}</text>`;
    }),
    ...timeTicks(end, 8).map((tick) => {
      const at = px(x(tick));
      return `<text class="tick" x="${at}" y="${HEIGHT - 10}" text-anchor="middle">${clock(tick)}</text>`;
    }),
    `<text class="tick" x="${LEFT - 8}" y="14" text-anchor="end">${escapeHtml(chart.unit)}</text>`,
    ...(values.length > 0
      ? []
      : [`<text class="tick" x="${(LEFT + WIDTH - RIGHT) / 2}" y="125" text-anchor="middle">nothing observed</text>`]),
    ...chart.lines.map((each, index) => path(each.values, chart.binSeconds, x, y, index)),
    "</svg>",
  ];
  return parts.join("");
}

type Scale = (value: number) => number;

/** A band for each fault, so a flapping link shows its single cuts; a name is written once, where there is room. */
function shades(chart: ChartInput, x: Scale): string[] {
  const named = new Set<string>();
  const alone = new Set(chart.faults.map(({ label }) => label)).size === 1;
  let taken = LEFT;
  return chart.faults.map(({ startSeconds, endSeconds, label }) => {
    const [from, to] = [x(startSeconds), x(endSeconds)];
    const band = `<rect class="fault" x="${px(from)}" y="${TOP}" width="${px(Math.max(1, to - from))}" height="${HEIGHT - BOTTOM - TOP}"><title>${escapeHtml(label)}</title></rect>`;
    const most = alone ? Math.floor(Math.max(WIDTH - from, to - LEFT) / CHARACTER) : SHORT;
    const text = shortened(label, most);
    const room = text.length * CHARACTER;
    const early = from + room <= WIDTH;
    const start = early ? from : Math.min(to, WIDTH - 2) - room;
    if (named.has(label) || start < taken) return band;
    named.add(label);
    taken = start + room + 6;
    const anchor = early ? "" : ' text-anchor="end"';
    return `${band}<text class="fault-label" x="${px(early ? start : start + room)}" y="14"${anchor}>${escapeHtml(text)}</text>`;
  });
}

const shortened = (label: string, most: number): string =>
  label.length > most ? `${label.slice(0, most - 1).trimEnd()}…` : label;

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
