import { metricFacts } from "../measure/catalogue.js";
import { type Estimate, halfWidth } from "../measure/statistics.js";
import type { Comparison } from "./comparison.js";
import { formatDifference, formatMean } from "./numbers.js";

const CLAUSES = [
  "availability",
  "rto_seconds",
  "lost_acknowledged_writes",
  "overwritten_writes",
  "user_request_latency_ms_p50",
];

/**
 * One sentence that answers the question with figures: what the first architecture gives, and what each other one gives
 * more or less. A difference whose interval covers zero is called none.
 */
export function answer(comparison: Comparison): string {
  const [first, ...others] = comparison.architectures;
  if (first === undefined || comparison.seeds.length === 0) return "No seed was finished, so there is no answer.";
  const figures = CLAUSES.map((name) => clause(name, first.metrics[name]!)).filter((text) => text !== "");
  const begin = `${first.name} gives ${listed(figures)}`;
  const rest = others.map((other) => {
    const parts = CLAUSES.map((name) => {
      const found = comparison.differences.find((each) => each.metric === name && each.architecture === other.name);
      return change(name, found!.difference, other.metrics[name]!, first.metrics[name]!);
    }).filter((text) => text !== "");
    return parts.length === 0 ? `${other.name} shows no clear difference` : `${other.name} has ${listed(parts)}`;
  });
  const size = `over ${comparison.seeds.length} ${comparison.seeds.length === 1 ? "seed" : "paired seeds"}`;
  return `In this scenario, ${[begin, ...rest].join("; against it, ")} (${size}).`;
}

function clause(name: string, value: Estimate): string {
  const facts = metricFacts(name)!;
  const title = titleOf(name);
  if (value.mean === null) return value.censored > 0 && name === "rto_seconds" ? "no lasting recovery" : "";
  if (facts.unit === "count" && value.mean === 0) return `no ${title}`;
  const figure = formatMean(value.mean, halfWidth(value), facts.unit);
  return facts.unit === "count" ? `${figure} ${title}` : `${title} ${figure}`;
}

function change(name: string, difference: Estimate, value: Estimate, base: Estimate): string {
  const facts = metricFacts(name)!;
  if (name === "rto_seconds" && value.censored > 0) {
    return `no lasting recovery in ${value.censored} of ${value.censored + value.n} runs`;
  }
  if (difference.mean === null || base.mean === null) return "";
  const [low, high] = difference.ci95 ?? [difference.mean, difference.mean];
  if (low <= 0 && high >= 0) return "";
  return `${titleOf(name)} ${formatDifference(difference.mean, halfWidth(difference), facts.unit)}`;
}

function titleOf(name: string): string {
  if (name === "overwritten_writes") return "writes overwritten by conflict";
  const title = metricFacts(name)!.title;
  return /^[A-Z]{2}/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}

function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
