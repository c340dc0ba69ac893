import { expect, test } from "vitest";
import { compile } from "../../src/scenario/compile.js";
import { parseScenario } from "../../src/scenario/scenario.js";
import { run } from "../../src/simulation/run.js";
import { bundledTable } from "../../src/topology/latency-table.js";

const PERCENTILES = ["p10", "p25", "p50", "p75", "p90", "p99"] as const;

test("health probes between all 420 pairs of regions measure the percentiles of the table", () => {
  const table = bundledTable("aws-2024-04")!;
  const names = [...new Set([...table.rows.keys()].map((pair) => pair.split(">")[0]!))];
  const text = `
question: Do exchanges reproduce the measured table?
duration: 24000s
topology:
  latency: aws-2024-04
  dwell: 2s
  regions: {${names.map((name) => `${name}: {}`).join(", ")}}
users: [{place: New York, requests: 1/h}]
data: {keys: 10}
architectures:
  all: {pattern: active-active, replication: {use: multi-primary, heartbeat: 2h}, health: {interval: 2s, timeout: 1900ms}}
`;
  const parsed = parseScenario(text);
  expect(parsed.ok).toBe(true);
  if (!parsed.ok) return;
  const { metrics } = run(compile(parsed.scenario).plans[0]!, "1");
  const measured = metrics.filter((metric) => metric.name === "cross_region_latency");
  expect(measured).toHaveLength(21 * 20);
  const misses: string[] = [];
  for (const { labels, values } of measured) {
    const row = table.rows.get(`${labels["source_region"]}>${labels["dest_region"]}`)!;
    expect(values["count"]).toBeGreaterThan(11_000);
    // Where a tail is steep, what a finite sample can tell is less: a percentile's standard error is that of a share
    // over the density there, and the table's last piece is an exponential of mean (p99 - p90) / ln 10.
    const steepness = (row.p99 - row.p90) / Math.LN10;
    const samples = values["count"]!;
    const monteCarlo = {
      p10: 0,
      p25: 0,
      p50: 0,
      p75: 0,
      p90: Math.sqrt(0.9 / 0.1 / samples),
      p99: Math.sqrt(0.99 / 0.01 / samples),
    };
    for (const percentile of PERCENTILES) {
      const error = Math.abs(values[percentile]! - row[percentile]);
      const allowed = row[percentile] * (percentile === "p99" ? 0.05 : 0.02);
      if (error > Math.max(allowed, 3 * monteCarlo[percentile] * steepness)) {
        misses.push(
          `${labels["source_region"]}>${labels["dest_region"]} ${percentile}: ${values[percentile]} for ${row[percentile]}`,
        );
      }
    }
  }
  expect(misses).toEqual([]);
});
