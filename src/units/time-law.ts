import { normalQuantile } from "./normal.js";
import type { Micros } from "./time.js";

/** How long something takes, or how long until it happens again: a law over durations, as plain data in microseconds. */
export type TimeLaw =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "exponential"; readonly mean: number }
  | { readonly kind: "weibull"; readonly scale: number; readonly shape: number }
  /** `deviation` is that of the logarithm. */
  | { readonly kind: "log-normal"; readonly median: number; readonly deviation: number }
  /** Never less than `scale`; the tail falls as the power -`shape` of the time. */
  | { readonly kind: "pareto"; readonly scale: number; readonly shape: number }
  | { readonly kind: "uniform"; readonly from: number; readonly to: number }
  /** One of its parts, each with its share; the shares sum to 1. */
  | { readonly kind: "mixture"; readonly parts: readonly (readonly [share: number, law: TimeLaw])[] }
  /** Straight lines between quantiles of a sample, [probability, value], from 0 to 1. */
  | { readonly kind: "quantiles"; readonly points: readonly (readonly [number, number])[] };

/** The duration at probability u in [0, 1); at least one microsecond, so that nothing happens endlessly at one moment. */
export function drawTime(law: TimeLaw, u: number): Micros {
  return Math.max(1, Math.round(quantile(law, u)));
}

function quantile(law: TimeLaw, u: number): number {
  switch (law.kind) {
    case "constant":
      return law.value;
    case "exponential":
      return -law.mean * Math.log(1 - u);
    case "weibull":
      // (-ln(1 - u)) to the power 1 / shape, by exp and log: Math.pow differs between versions of Node.
      return u === 0 ? 0 : law.scale * Math.exp(Math.log(-Math.log(1 - u)) / law.shape);
    case "log-normal":
      return law.median * Math.exp(law.deviation * normalQuantile(Math.min(Math.max(u, 1e-12), 1 - 1e-12)));
    case "pareto":
      return law.scale * Math.exp(-Math.log(1 - u) / law.shape);
    case "uniform":
      return law.from + (law.to - law.from) * u;
    case "mixture":
      return ofMixture(law.parts, u);
    case "quantiles":
      return between(law.points, u);
  }
}

/** One probability chooses the part and, by where it lies in the part's share, the quantile of it. */
function ofMixture(parts: readonly (readonly [number, TimeLaw])[], u: number): number {
  let before = 0;
  let at = 0;
  while (at < parts.length - 1 && before + parts[at]![0] <= u) before += parts[at++]![0];
  const [share, law] = parts[at]!;
  return quantile(law, Math.min((u - before) / share, 1 - 1e-12));
}

function between(points: readonly (readonly [number, number])[], u: number): number {
  let right = 1;
  while (right < points.length - 1 && points[right]![0] <= u) right++;
  const [u0, low] = points[right - 1]!;
  const [u1, high] = points[right]!;
  return low + ((high - low) * (u - u0)) / (u1 - u0);
}

/** An observed sample becomes a law: each value is as likely as every other, with straight lines between them. */
export function lawOfSample(sample: readonly number[]): TimeLaw {
  const sorted = [...sample].toSorted((a, b) => a - b);
  if (sorted.length === 1) return { kind: "constant", value: sorted[0]! };
  return { kind: "quantiles", points: sorted.map((value, index) => [index / (sorted.length - 1), value] as const) };
}

/** The log-normal law through its median and another quantile, at probability 0.5 < u < 1. */
export const logNormalThrough = (median: number, u: number, value: number): TimeLaw => ({
  kind: "log-normal",
  median,
  deviation: Math.log(value / median) / normalQuantile(u),
});

/** Mean of the law, microseconds. */
export function meanTime(law: TimeLaw): number {
  switch (law.kind) {
    case "constant":
      return law.value;
    case "exponential":
      return law.mean;
    case "log-normal":
      return law.median * Math.exp((law.deviation * law.deviation) / 2);
    case "uniform":
      return (law.from + law.to) / 2;
    case "pareto":
      return law.shape > 1 ? (law.scale * law.shape) / (law.shape - 1) : Number.POSITIVE_INFINITY;
    case "mixture":
      return law.parts.reduce((sum, [share, part]) => sum + share * meanTime(part), 0);
    default: {
      // No closed form that this file could use without a gamma function: a sum over 4096 quantiles.
      let sum = 0;
      for (let cell = 0; cell < 4096; cell++) sum += quantile(law, (cell + 0.5) / 4096);
      return sum / 4096;
    }
  }
}
