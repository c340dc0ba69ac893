import { stringify } from "csv-stringify/sync";
import { metricFacts } from "../measure/catalogue.js";
import type { Outcome } from "../simulation/outcome.js";
import type { Comparison } from "./comparison.js";
import { escapeCsv } from "./escape.js";

type Cell = string | number | null;

function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return stringify(
    [header, ...rows.map((row) => row.map((cell) => (typeof cell === "string" ? escapeCsv(cell) : cell)))],
    {
      record_delimiter: "\n",
    },
  );
}

const labelsOf = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(";");

/** Tidy and long: one value a row; the scalars first, then the labelled metrics. */
export function metricsCsv(comparison: Comparison): string {
  const rows = comparison.architectures.flatMap(({ name, outcomes }) =>
    outcomes.flatMap((outcome) => [
      ...Object.entries(outcome.summary).map(([metric, value]): Cell[] => [
        name,
        outcome.seed,
        metric,
        "",
        "value",
        metricFacts(metric)?.unit ?? "",
        value,
      ]),
      ...outcome.metrics.flatMap((metric) =>
        Object.entries(metric.values).map(([statistic, value]): Cell[] => [
          name,
          outcome.seed,
          metric.name,
          labelsOf(metric.labels),
          statistic,
          metric.type === "counter" || statistic === "count"
            ? "count"
            : statistic === "value"
              ? "fraction"
              : "milliseconds",
          value,
        ]),
      ),
    ]),
  );
  return csv(["architecture", "seed", "metric", "labels", "statistic", "unit", "value"], rows);
}

/** Series over time, the mean over seeds: one value a row, empty bins left out. */
export function timeseriesCsv(comparison: Comparison): string {
  const rows = comparison.architectures.flatMap(({ name, outcomes }) =>
    meanSeries(outcomes).flatMap(({ series, means }) =>
      means.flatMap((value, bin): Cell[][] =>
        value === null
          ? []
          : [[name, series.name, labelsOf(series.labels), (bin * series.bin) / 1e6, series.unit, value]],
      ),
    ),
  );
  return csv(["architecture", "series", "labels", "seconds", "unit", "mean"], rows);
}

/** Each series averaged over the seeds in which its bin was observed. */
export function meanSeries(
  outcomes: readonly Outcome[],
): { series: Outcome["series"][number]; means: (number | null)[] }[] {
  const first = outcomes[0];
  if (first === undefined) return [];
  const key = (series: Outcome["series"][number]): string => `${series.name} ${labelsOf(series.labels)}`;
  const all = new Map<string, Outcome["series"][number][]>();
  for (const outcome of outcomes) {
    for (const series of outcome.series) all.set(key(series), [...(all.get(key(series)) ?? []), series]);
  }
  return [...all.values()].map((same) => ({
    series: same[0]!,
    means: same[0]!.values.map((_, bin) => {
      const seen = same.map((series) => series.values[bin] ?? null).filter((value) => value !== null);
      return seen.length === 0 ? null : seen.reduce((sum, value) => sum + value, 0) / seen.length;
    }),
  }));
}
