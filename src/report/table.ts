import { METRICS, type MetricFacts } from "../measure/catalogue.js";
import { type Estimate, halfWidth } from "../measure/statistics.js";
import type { Comparison } from "./comparison.js";
import { formatDifference, formatEstimate } from "./numbers.js";

export interface TableRow {
  readonly facts: MetricFacts;
  readonly cells: readonly string[];
  /** Against the first architecture, one for each other; empty when the interval covers zero. */
  readonly differences: readonly string[];
}

/** One row a metric, one cell an architecture. */
export function tableRows(comparison: Comparison, metrics: readonly MetricFacts[] = METRICS): TableRow[] {
  return metrics.map((facts) => ({
    facts,
    cells: comparison.architectures.map(({ metrics }) => cell(metrics[facts.name]!, facts)),
    differences: comparison.differences
      .filter((each) => each.metric === facts.name)
      .map((each) => differenceCell(each.difference, facts)),
  }));
}

/** What a reader should see first: the headlines, what the scenario has expectations of, and rare harm that was done. */
export function shortList({ architectures, promises }: Comparison): MetricFacts[] {
  const expected = new Set(promises.map(({ metric }) => metric));
  const happened = (name: string): boolean => architectures.some(({ metrics }) => (metrics[name]!.mean ?? 0) !== 0);
  return METRICS.filter(
    ({ name, headline, alarm }) => headline === true || expected.has(name) || (alarm === true && happened(name)),
  );
}

function cell(value: Estimate, facts: MetricFacts): string {
  if (value.mean === null) return value.censored > 0 ? `– (0 of ${value.censored})` : "–";
  const observed = value.censored === 0 ? "" : ` (${value.n} of ${value.n + value.censored})`;
  return formatEstimate(value.mean, halfWidth(value), facts.unit) + observed;
}

function differenceCell(difference: Estimate, facts: MetricFacts): string {
  if (difference.mean === null) return "–";
  const [low, high] = difference.ci95 ?? [difference.mean, difference.mean];
  if (low === 0 && high === 0) return "none";
  if (low <= 0 && high >= 0) return "none clear";
  return formatDifference(difference.mean, halfWidth(difference), facts.unit);
}
