import { digestOf } from "../measure/digest.js";
import { catalogue } from "../policies/catalogue.js";
import { brokenLaws } from "./conservation.js";
import { drawFaults } from "./draw-faults.js";
import { incidentReports } from "./incident-reports.js";
import { labelledMetrics } from "./labelled-metrics.js";
import { RecoverySites, metersOf } from "./meters.js";
import { monitored } from "./monitoring.js";
import type { Outcome } from "./outcome.js";
import type { Plan } from "./plan.js";
import { seriesOf } from "./series.js";
import { summaryOf } from "./summary.js";
import type { Watcher } from "./watcher.js";
import { World } from "./world.js";

/**
 * Runs a plan once. The same plan and seed give the same outcome, to the last bit, whoever watches. Its policies are found
 * in the catalogue, which has to hold those of the user's own.
 */
export function run(plan: Plan, seed: string, watchers: readonly Watcher[] = [], policies = catalogue): Outcome {
  const recovery = plan.regions.some(({ waiting }) => waiting) ? new RecoverySites() : null;
  const all = recovery === null ? watchers : [...watchers, recovery];
  const world = new World({ ...plan, faults: drawFaults(plan, seed) }, seed, all, policies);
  for (const watcher of all) watcher.begin(world);
  world.run();
  for (const watcher of all) watcher.end();
  const broken = brokenLaws(world.operations, world.availability, world.servers, world.streams, world.datagrams);
  if (broken.length > 0) throw new Error(`internal error: ${broken.join("; ")}`);
  const incidents = incidentReports(world);
  const { summary, metrics, series } = monitored(plan, {
    summary: summaryOf(world, incidents),
    metrics: labelledMetrics(world),
    series: seriesOf(world),
  });
  return {
    architecture: plan.architecture,
    seed,
    digests: {
      events: world.engine.digest(),
      metrics: digestOf(JSON.stringify([summary, metrics, series, incidents])),
    },
    summary,
    metrics,
    series,
    incidents,
    meters: metersOf(world, recovery),
    work: { events: world.engine.dispatched, requests: world.availability.ended },
  };
}
