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

/**
 * Aligned text without boxes, within `width` columns: if intervals do not fit, the means alone, with the interval of the
 * difference; if that does not fit either, below each other.
 */
export function textTable(comparison: Comparison, width: number, all: boolean): string {
  const rows = tableRows(comparison, all);
  const names = comparison.architectures.map((architecture) => architecture.name);
  const withDifference = names.length === 2;
  const header = ["", ...names, ...(withDifference ? ["difference"] : [])];
  const bodies = [(text: string) => text, (text: string) => text.replace(/ ± [\d.,]+/, "")].map((shorten) =>
    rows.map((row) => [row.facts.title, ...row.cells.map(shorten), ...(withDifference ? row.differences : [])]),
  );
  for (const body of bodies) {
    const widths = header.map((_, column) => Math.max(...[header, ...body].map((line) => line[column]!.length)));
    const total = widths.reduce((sum, each) => sum + each + 2, -2);
    if (total > width) continue;
    const line = (cells: readonly string[]): string =>
      cells.map((text, column) => (column === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[column]!))).join("  ");
    return [line(header), "─".repeat(total), ...body.map(line)].join("\n");
  }
  const longest = Math.max(...header.map((name) => name.length));
  return bodies[0]!
    .map(([title, ...cells]) =>
      [title!, ...cells.map((text, index) => `  ${header[index + 1]!.padEnd(longest)}  ${text}`)].join("\n"),
    )
    .join("\n");
}
