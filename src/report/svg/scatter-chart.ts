import { scaleLinear } from "d3-scale";
import { escapeHtml } from "../escape.js";
import { px, tickText } from "./scale.js";

const WIDTH = 720;
const HEIGHT = 320;
const LEFT = 66;
const RIGHT = 28;
const TOP = 32;
const BOTTOM = 44;
/** Room for a number beside a point. */
const LABEL = { width: 24, height: 13 } as const;

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
  const x = scaleLinear(domainOf(all.map((point) => point.x)), [LEFT, WIDTH - RIGHT]).nice(5);
  const y = scaleLinear(domainOf(all.map((point) => point.y)), [HEIGHT - BOTTOM, TOP]).nice(4);
  const labelled = readable(chart.front.map((point) => ({ ...point, left: x(point.x), top: y(point.y) })));
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
    ...labelled.map((point) => dot(point, point.left, point.top, "best")),
    "</svg>",
  ].join("");
}

/** Nearly all of a plot would be empty if it began at 0 whatever is in it. */
function domainOf(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return [high - low < high / 2 ? Math.max(0, low - (high - low) / 4) : 0, high || 1];
}

/** A label that would stand on an earlier one is left out: the point still tells its name. */
function readable<P extends ScatterPoint & { readonly left: number; readonly top: number }>(points: readonly P[]): P[] {
  const placed: P[] = [];
  return points.map((point) => {
    const collides = placed.some(
      (other) => Math.abs(other.left - point.left) < LABEL.width && Math.abs(other.top - point.top) < LABEL.height,
    );
    if (collides) return { ...point, label: "" };
    placed.push(point);
    return point;
  });
}

function dot({ label, title }: ScatterPoint, x: number, y: number, kind: "best" | "other"): string {
  const text =
    label === "" ? "" : `<text class="row-label" x="${px(x + 8)}" y="${px(y - 6)}">${escapeHtml(label)}</text>`;
  return `<circle class="${kind}" cx="${px(x)}" cy="${px(y)}" r="${kind === "best" ? 5 : 3}"><title>${escapeHtml(title)}</title></circle>${text}`;
}
