import { METRICS, type MetricFacts } from "../measure/catalogue.js";
import type { Estimate } from "../measure/statistics.js";
import type { Comparison } from "./comparison.js";
import { formatHalf, formatSigned, formatValue } from "./numbers.js";

export interface TableRow {
  readonly facts: MetricFacts;
  readonly cells: readonly string[];
  /** Against the first architecture, one for each other; empty when the interval covers zero. */
  readonly differences: readonly string[];
}

/** One row a metric, one cell an architecture. */
export function tableRows(comparison: Comparison, all: boolean): TableRow[] {
  return METRICS.filter((facts) => all || facts.headline === true).map((facts) => ({
    facts,
    cells: comparison.architectures.map(({ metrics }) => cell(metrics[facts.name]!, facts)),
    differences: comparison.differences
      .filter((each) => each.metric === facts.name)
      .map((each) => differenceCell(each.difference, facts)),
  }));
}

export function cell(value: Estimate, facts: MetricFacts): string {
  if (value.mean === null) return value.censored > 0 ? `– (0 of ${value.censored})` : "–";
  const half = value.ci95 === null ? 0 : (value.ci95[1] - value.ci95[0]) / 2;
  const observed = value.censored === 0 ? "" : ` (${value.n} of ${value.n + value.censored})`;
  return formatValue(value.mean, facts.unit) + (half === 0 ? "" : ` ± ${formatHalf(half, facts.unit)}`) + observed;
}

function differenceCell(difference: Estimate, facts: MetricFacts): string {
  if (difference.mean === null) return "–";
  const [low, high] = difference.ci95 ?? [difference.mean, difference.mean];
  if (low <= 0 && high >= 0) return "no clear difference";
  const half = high - low === 0 ? "" : ` ± ${formatHalf((high - low) / 2, facts.unit)}`;
  return formatSigned(difference.mean, facts.unit) + half;
}

/** Aligned text without boxes, within `width` columns: what does not fit beside each other goes below each other. */
export function textTable(comparison: Comparison, width: number, all: boolean): string {
  const rows = tableRows(comparison, all);
  const names = comparison.architectures.map((architecture) => architecture.name);
  const withDifference = names.length === 2;
  const header = ["", ...names, ...(withDifference ? ["difference"] : [])];
  const body = rows.map((row) => [row.facts.title, ...row.cells, ...(withDifference ? row.differences : [])]);
  const widths = header.map((_, column) => Math.max(...[header, ...body].map((line) => line[column]!.length)));
  const total = widths.reduce((sum, each) => sum + each + 2, -2);
  if (total > width) return stacked(rows, names, withDifference);
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, column) => (column === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[column]!)))
      .join("  ")
      .trimEnd();
  return [line(header), "─".repeat(total), ...body.map(line)].join("\n");
}

function stacked(rows: readonly TableRow[], names: readonly string[], withDifference: boolean): string {
  const longest = Math.max(...names.map((name) => name.length), 10);
  return rows
    .map((row) =>
      [
        row.facts.title,
        ...names.map((name, index) => `  ${name.padEnd(longest)}  ${row.cells[index]}`),
        ...(withDifference ? [`  ${"difference".padEnd(longest)}  ${row.differences[0]}`] : []),
      ].join("\n"),
    )
    .join("\n");
}
