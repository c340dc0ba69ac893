import type { Metric } from "./outcome.js";

/** Milliseconds from the first attempt of an operation to its answer, the mean over all places and regions; null where none was answered. */
export function meanLatency(metrics: readonly Metric[]): number | null {
  const answered = metrics.filter(({ name }) => name === "user_request_latency");
  const over = (value: "count" | "sum"): number => answered.reduce((sum, { values }) => sum + (values[value] ?? 0), 0);
  const count = over("count");
  return count === 0 ? null : over("sum") / count;
}
