import { METRICS } from "../measure/catalogue.js";
import type { Comparison } from "./comparison.js";
import { escapeLabel } from "./escape.js";

/** HELP and type of each labelled metric, under the names of the field's dashboards. */
const FAMILIES = [
  { name: "cross_region_latency", type: "summary", help: "Round trips between regions." },
  { name: "user_request_latency", type: "summary", help: "End-user request latency." },
  { name: "replication_lag", type: "summary", help: "From a write's acceptance until a region shows it." },
  { name: "queue_wait", type: "summary", help: "Time requests waited for a worker." },
  { name: "failover_duration", type: "summary", help: "From suspicion until the promoted region leads." },
  { name: "conflict_rate", type: "counter", help: "Data conflicts." },
  { name: "region_health", type: "gauge", help: "Share of the time in which the region was believed healthy." },
  { name: "cross_region_transfer_bytes", type: "counter", help: "Data transferred between regions." },
  { name: "failed_operations", type: "counter", help: "Failed operations by cause." },
] as const;

const QUANTILES = { p50: "0.5", p90: "0.9", p99: "0.99", p999: "0.999" } as const;

/** OpenMetrics 1.0 text: every labelled metric of every run, and the scalars as gauges of their mean over seeds. */
export function openMetrics(comparison: Comparison): string {
  const lines: string[] = [];
  const runs = comparison.architectures.flatMap((architecture) =>
    architecture.outcomes.map((outcome) => ({ architecture: architecture.name, outcome })),
  );
  for (const family of FAMILIES) {
    const samples: string[] = [];
    for (const { architecture, outcome } of runs) {
      for (const metric of outcome.metrics) {
        if (metric.name !== family.name) continue;
        const labels = { ...metric.labels, architecture, seed: outcome.seed };
        const { values } = metric;
        if (family.type === "summary") {
          for (const [statistic, quantile] of Object.entries(QUANTILES)) {
            push(samples, family.name, { ...labels, quantile }, values[statistic]);
          }
          push(samples, `${family.name}_count`, labels, values["count"]);
          push(samples, `${family.name}_sum`, labels, values["sum"]);
        } else {
          push(samples, family.type === "counter" ? `${family.name}_total` : family.name, labels, values["value"]);
        }
      }
    }
    if (samples.length > 0) lines.push(...head(family.name, family.type, family.help), ...samples);
  }
  for (const facts of METRICS) {
    const samples: string[] = [];
    for (const { name, metrics } of comparison.architectures) {
      push(samples, `faultline_${facts.name}`, { architecture: name }, metrics[facts.name]!.mean);
    }
    if (samples.length > 0) lines.push(...head(`faultline_${facts.name}`, "gauge", facts.about), ...samples);
  }
  return `${lines.join("\n")}\n# EOF\n`;
}

function head(name: string, type: string, help: string): string[] {
  return [`# TYPE ${name} ${type}`, `# HELP ${name} ${escapeLabel(help)}`];
}

function push(
  samples: string[],
  name: string,
  labels: Readonly<Record<string, string>>,
  value: number | null | undefined,
): void {
  if (value == null) return;
  const shown = Object.entries(labels)
    .map(([label, text]) => `${label}="${escapeLabel(text)}"`)
    .join(",");
  samples.push(`${name}{${shown}} ${value}`);
}
