import type { Histogram } from "../measure/histogram.js";
import { DAY } from "../units/time.js";
import { keepsAnswers } from "./caches.js";
import { CAUSE_NAMES, canFail } from "./causes.js";
import type { Incident } from "./outcome.js";
import { placementIn } from "./placement-plan.js";
import { NO_ALERTS } from "./plan.js";
import type { World } from "./world.js";

const MILLIS = 1000;
const SECOND = 1_000_000;
const MONTH = 30 * DAY;

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const millis = (histogram: Histogram, q: number): number | null => {
  const value = histogram.quantile(q);
  return value === null ? null : value / MILLIS;
};

/** Every scalar metric by name; their meaning and unit are in the catalogue of metrics. */
export function summaryOf(world: World, incidents: readonly Incident[]): Record<string, number | null> {
  const { plan, availability, oracle, telemetry, recovery, streams } = world;
  const succeeded = sum(availability.succeeded);
  const places = [...availability.issued].map((issued, place) => ratio(availability.succeeded[place]!, issued) ?? 1);
  const conflicts = sum(oracle.conflicts);
  const stale = sum(oracle.staleReads);
  const { lag, crossRegion } = telemetry;
  const { latency } = availability;
  const failovers = telemetry.failovers.filter((failover) => !failover.planned);
  return {
    availability: ratio(succeeded, sum(availability.issued)),
    worst_place_availability: Math.min(...places),
    windows_under_target: ratio(recovery.targetWindowsMissed, recovery.targetWindows),
    rto_seconds: worst(incidents.map((incident) => incident.rtoSeconds)),
    rpo_seconds: worst(incidents.map((incident) => incident.rpoSeconds)),
    rpo_seconds_p50: worst(incidents.map((incident) => incident.rpoSecondsP50)),
    failover_duration_seconds: worst(failovers.map((failover) => (failover.end - failover.start) / SECOND)),
    failovers: failovers.length,
    ...ofPlans(world, telemetry.failovers.length - failovers.length),
    acknowledged_writes: oracle.acknowledged,
    lost_acknowledged_writes: oracle.lost,
    split_brain_writes: oracle.splitBrain,
    unavailable_writes: oracle.unavailable,
    superseded_writes: oracle.superseded,
    overwritten_writes: oracle.overwritten,
    surviving_writes: oracle.surviving,
    duplicate_effects: oracle.duplicateEffects,
    conflicts,
    conflict_rate_per_second: conflicts / (plan.duration / SECOND),
    stale_reads: stale,
    stale_read_rate: ratio(stale, sum(oracle.reads)),
    replication_lag_ms_p50: millis(lag, 0.5),
    replication_lag_ms_p99: millis(lag, 0.99),
    replication_lag_ms_max: millis(lag, 1),
    unreplicated_writes: telemetry.unreplicated(world.groups),
    user_request_latency_ms_p50: millis(latency, 0.5),
    user_request_latency_ms_p90: millis(latency, 0.9),
    user_request_latency_ms_p99: millis(latency, 0.99),
    user_request_latency_ms_p999: millis(latency, 0.999),
    cross_region_latency_ms_p50: millis(crossRegion, 0.5),
    cross_region_latency_ms_p99: millis(crossRegion, 0.99),
    user_transfer_bytes: sum(world.users.paths.bytesToUsers),
    cross_region_transfer_bytes: transferred(plan.regions.length, plan.places.length, streams.sent),
    operations: availability.ended,
    failed_operations: availability.ended - succeeded,
    retries: availability.retries,
    ...Object.fromEntries(
      CAUSE_NAMES.flatMap((name, cause) =>
        canFail(world, cause) ? [[`failed_${name}`, availability.failedBy[cause]!] as const] : [],
      ),
    ),
    ...ofLoad(world),
    ...ofMerges(world),
    ...ofRewinds(world),
    ...ofBackups(world),
    ...ofAlerts(world),
    ...(plan.governance === null ? {} : { misplaced_writes: world.residence!.misplaced }),
    ...ofFleets(world),
    ...ofCaches(world),
  };
}

/** Left out where nobody plans who leads when, and no operator orders anything. */
const ofPlans = ({ control, operator }: World, switchovers: number): Record<string, number> =>
  control.failovers[0]!.hasPlans || operator.actions.length > 0 ? { switchovers } : {};

/**
 * The hand-overs where the only plan is the way back. No digest folds them: the failovers that brought them about are among
 * the figures, and the hand-overs themselves are events.
 */
export function returnsOf({ plan, control, telemetry }: World): Record<string, number> {
  const { hasPlans, follows } = control.failovers[0]!;
  if (hasPlans || follows || plan.failover.failback === Number.POSITIVE_INFINITY) return {};
  return { switchovers: telemetry.failovers.filter(({ planned }) => planned).length };
}

/** Left out where nobody hedges, or compares before he sets. */
function ofLoad({ plan, availability, telemetry }: World): Record<string, number> {
  return {
    ...(plan.client.hedgeAfter < Number.POSITIVE_INFINITY ? { hedges: availability.hedges } : {}),
    ...(plan.data.classes.some(({ swaps }) => swaps > 0) ? { missed_swaps: telemetry.missedSwaps } : {}),
  };
}

/** Left out where there is nothing to merge but registers that hold one version. */
function ofMerges({ oracle: { merges } }: World): Record<string, number | null> {
  if (merges === null) return {};
  return {
    siblings_mean: ratio(merges.shown, merges.reads),
    siblings_max: merges.most,
    ...(merges.hasAdditions ? { lost_updates: merges.lostUpdates } : {}),
  };
}

/** Left out where no copy can be rewound: where all write there is no log that a copy could be ahead of. */
function ofRewinds({ plan, telemetry }: World): Record<string, number> {
  if (!placementIn(plan).groups.some(({ primary }) => primary >= 0)) return {};
  return {
    archived_writes: telemetry.archived,
    archived_bytes: telemetry.archivedBytes,
  };
}

/** Left out where there are no backups. */
function ofBackups({ plan, oracle, telemetry }: World): Record<string, number | null> {
  if (plan.backups === null) return {};
  return {
    rolled_back_writes: oracle.rolledBack,
    restore_duration_seconds: telemetry.restores.length === 0 ? null : Math.max(...telemetry.restores) / SECOND,
  };
}

/** Left out where nobody asks what fleets take. */
function ofFleets({ fleets }: World): Record<string, number | null> {
  if (fleets === null) return {};
  return {
    server_hours: fleets.hours,
    server_utilisation: fleets.utilisation,
    instance_launches: fleets.launches,
    n_minus_1_head_room: fleets.headRoom,
  };
}

/** Left out where no site keeps anything. */
function ofCaches({ edges, oracle, plan }: World): Record<string, number | null> {
  if (edges === null || !keepsAnswers(plan)) return {};
  return {
    cache_hits: edges.hits,
    cache_hit_rate: ratio(edges.hits, edges.lookups),
    stale_hits: oracle.staleness.latest!.stale,
    cache_invalidations: edges.invalidations,
  };
}

/** Left out where nothing is watched. */
function ofAlerts({ plan, telemetry, streams, groups }: World): Record<string, number> {
  const { lag, transfer } = plan.alerts ?? NO_ALERTS;
  const sent = transferred(plan.regions.length, plan.places.length, streams.sent);
  return {
    ...(lag < Number.POSITIVE_INFINITY ? { lag_alert_seconds: telemetry.alerted(groups) / SECOND } : {}),
    ...(transfer < Number.POSITIVE_INFINITY
      ? { transfer_budget_used: (sent * (MONTH / plan.duration)) / transfer }
      : {}),
  };
}

/** The largest; null when there is none, or when one of them is unknown. */
function worst(values: readonly (number | null)[]): number | null {
  if (values.length === 0 || values.includes(null)) return null;
  return Math.max(...(values as number[]));
}

function transferred(regions: number, places: number, sent: Float64Array): number {
  let bytes = 0;
  for (let from = 0; from < regions; from++) {
    for (let to = 0; to < regions; to++) if (from !== to) bytes += sent[from * (regions + places) + to]!;
  }
  return bytes;
}
