import { digestOf } from "../measure/digest.js";
import { catalogue } from "../policies/catalogue.js";
import { brokenLaws } from "./conservation.js";
import { drawFaults } from "./draw-faults.js";
import { incidentReports } from "./incident-reports.js";
import { labelledMetrics } from "./labelled-metrics.js";
import { meanLatencies } from "./mean-latency.js";
import { CalmMeters, metersOf } from "./meters.js";
import { monitored } from "./monitoring.js";
import { joinedOf } from "./newcomers.js";
import { broughtFaults } from "./order-plan.js";
import type { Outcome } from "./outcome.js";
import { type Plan, endOf } from "./plan.js";
import { seriesOf } from "./series.js";
import { servedOf } from "./served.js";
import { returnsOf, summaryOf } from "./summary.js";
import { tailsOf } from "./tails.js";
import type { Watcher } from "./watcher.js";
import { World } from "./world.js";

/**
 * Runs a plan once. The same plan and seed give the same outcome, to the last bit, whoever watches. Its policies are found
 * in the catalogue, which has to hold those of the user's own.
 */
export function run(plan: Plan, seed: string, watchers: readonly Watcher[] = [], policies = catalogue): Outcome {
  const world = begun(plan, seed, watchers, policies);
  world.advance(endOf(plan));
  return concluded(world, seed, watchers);
}

/** The same in steps: a world at its first moment, which `advance` has go on as far as somebody likes. */
export function begun(plan: Plan, seed: string, watchers: readonly Watcher[] = [], policies = catalogue): World {
  const faults = [...drawFaults(plan, seed), ...broughtFaults(plan)];
  const all = [...watchers, ...(faults.length + (plan.actions ?? []).length === 0 ? [] : [new CalmMeters()])];
  const world = new World({ ...plan, faults }, seed, all, policies);
  for (const watcher of all) watcher.begin(world);
  world.start();
  return world;
}

/** What a world leaves that has advanced to its end. */
export function concluded(world: World, seed: string, watchers: readonly Watcher[] = []): Outcome {
  const { plan, operator } = world;
  world.conclude();
  for (const watcher of watchers) watcher.end();
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
    // Means are among the figures and folded by no digest: the sums that they are made from are.
    summary: { ...summary, ...meanLatencies(metrics), ...returnsOf(world) },
    metrics,
    series,
    incidents,
    meters: metersOf(world),
    tails: tailsOf(world),
    served: servedOf(world),
    ...(operator.replies.length === 0
      ? {}
      : { orders: operator.replies.map((reply, at) => ({ label: operator.actions[at]!.label, reply })) }),
    ...joinedOf(world),
    ...(world.fleets?.scaled ?? {}),
    work: { events: world.engine.dispatched, requests: world.availability.ended },
  };
}
