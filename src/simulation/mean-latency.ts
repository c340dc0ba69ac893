import type { Metric } from "./outcome.js";

type Answered = Pick<Metric, "labels" | "values">;

/** Milliseconds from the first attempt of an operation to its answer; null where none was answered. */
function mean(answered: readonly Answered[]): number | null {
  const over = (value: "count" | "sum"): number => answered.reduce((sum, { values }) => sum + (values[value] ?? 0), 0);
  const count = over("count");
  return count === 0 ? null : over("sum") / count;
}

/** The mean latency of all answers, and that of the place whose users wait longest in the mean. */
export function meanLatencies(metrics: readonly Metric[]): Readonly<Record<string, number | null>> {
  const answered = metrics.filter(({ name }) => name === "user_request_latency");
  const places = new Set(answered.map(({ labels }) => labels["user_region"]));
  const means = [...places].flatMap(
    (place) => mean(answered.filter(({ labels }) => labels["user_region"] === place)) ?? [],
  );
  return {
    user_request_latency_ms_mean: mean(answered),
    worst_place_latency_ms_mean: means.length === 0 ? null : Math.max(...means),
  };
}
