import { scaleLinear } from "d3-scale";
import { escapeHtml } from "../escape.js";
import { px, tickText } from "./scale.js";

const WIDTH = 720;
const HEIGHT = 320;
const LEFT = 66;
const RIGHT = 28;
const TOP = 32;
const BOTTOM = 44;

export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  /** Written beside it; empty for those that are only there to compare with. */
  readonly label: string;
  /** Said to whoever points at it. */
  readonly title: string;
}

export interface ScatterInput {
  readonly title: string;
  readonly about: string;
  readonly x: string;
  readonly y: string;
  /** On the front, joined by a line in their order; and all others. */
  readonly front: readonly ScatterPoint[];
  readonly others: readonly ScatterPoint[];
}

/** Two figures of many candidates: the front joined and numbered, the others pale. */
export function scatterChart(chart: ScatterInput, id: string): string {
  const all = [...chart.front, ...chart.others];
  const most = (of: (point: ScatterPoint) => number): number => Math.max(...all.map(of), 0) || 1;
  const x = scaleLinear([0, most((point) => point.x)], [LEFT, WIDTH - RIGHT]).nice(5);
  const y = scaleLinear([0, most((point) => point.y)], [HEIGHT - BOTTOM, TOP]).nice(4);
  const line = chart.front
    .toSorted((a, b) => a.x - b.x)
    .map((point, index) => `${index === 0 ? "M" : "L"}${px(x(point.x))} ${px(y(point.y))}`)
    .join("");
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-t ${id}-d">`,
    `<title id="${id}-t">${escapeHtml(chart.title)}</title>`,
    `<desc id="${id}-d">${escapeHtml(chart.about)}</desc>`,
    ...y.ticks(4).map((tick) => {
      const at = px(y(tick));
      return `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}"/><text class="tick" x="${LEFT - 8}" y="${at}" dy="4" text-anchor="end">${tickText(tick, y.domain()[1]!)}</text>`;
    }),
    ...x
      .ticks(6)
      .map(
        (tick) =>
          `<text class="tick" x="${px(x(tick))}" y="${HEIGHT - 24}" text-anchor="middle">${tickText(tick, x.domain()[1]!)}</text>`,
      ),
    `<text class="tick" x="${LEFT - 8}" y="14" text-anchor="end">${escapeHtml(chart.y)}</text>`,
    `<text class="tick" x="${WIDTH - RIGHT}" y="${HEIGHT - 6}" text-anchor="end">${escapeHtml(chart.x)}</text>`,
    ...chart.others.map((point) => dot(point, x(point.x), y(point.y), "other")),
    ...(line === "" ? [] : [`<path class="line front" d="${line}"/>`]),
    ...chart.front.map((point) => dot(point, x(point.x), y(point.y), "best")),
    "</svg>",
  ].join("");
}

function dot({ label, title }: ScatterPoint, x: number, y: number, kind: "best" | "other"): string {
  const text =
    label === "" ? "" : `<text class="row-label" x="${px(x + 8)}" y="${px(y - 6)}">${escapeHtml(label)}</text>`;
  return `<circle class="${kind}" cx="${px(x)}" cy="${px(y)}" r="${kind === "best" ? 5 : 3}"><title>${escapeHtml(title)}</title></circle>${text}`;
}
