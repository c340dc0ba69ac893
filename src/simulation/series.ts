import type { Series } from "./outcome.js";
import type { World } from "./world.js";

const TO_MILLIS = 1 / 1000;
const SECOND = 1_000_000;

/** Everything over time, in the fixed number of bins. */
export function seriesOf(world: World): Series[] {
  const { plan, availability, telemetry, bin } = world;
  const { regions } = plan;
  const over = (
    name: string,
    unit: string,
    labels: Readonly<Record<string, string>>,
    values: (number | null)[],
  ): Series => ({
    name,
    labels,
    unit,
    bin,
    values,
  });
  const series = [
    over("availability", "fraction", {}, availability.ratio.means()),
    over("user_request_latency_p50", "milliseconds", {}, availability.latencyOverTime.quantiles(0.5, TO_MILLIS)),
    over("user_request_latency_p99", "milliseconds", {}, availability.latencyOverTime.quantiles(0.99, TO_MILLIS)),
  ];
  for (const [f, from] of regions.entries()) {
    for (const [t, to] of regions.entries()) {
      const lag = telemetry.lagOverTime[f * regions.length + t];
      if (lag == null) continue;
      const labels = { source_region: from.name, dest_region: to.name };
      series.push(over("replication_lag", "milliseconds", labels, lag.means(TO_MILLIS)));
      series.push(over("replication_lag_max", "milliseconds", labels, lag.largest(TO_MILLIS)));
    }
  }
  for (const [r, region] of regions.entries()) {
    if (!region.replica) continue;
    const perSecond = [...telemetry.conflictsOverTime[r]!.sums].map((count) => count / (bin / SECOND));
    series.push(over("conflict_rate", "per-second", { region: region.name }, perSecond));
    series.push(over("region_health", "fraction", { region: region.name }, telemetry.healthOverTime[r]!.means()));
  }
  return series;
}
