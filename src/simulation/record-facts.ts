import { choose } from "../policies/catalogue.js";
import type { AnswersFact, FailoverFact, FaultFact } from "../record/circumstances.js";
import type { Facts } from "../record/recorder.js";
import { rulesOf } from "./caches.js";
import type { ControlHardship, Hardships } from "./hardships.js";
import { longestAgo, needOf } from "./judging.js";
import type { FaultPlan, Plan } from "./plan.js";
import type { World } from "./world.js";

/** What the record of a run says beside its tables. */
export function recordFacts(world: World, scenario: string, seed: string): Facts {
  const { plan, engine, telemetry } = world;
  const { policies, failover, storage } = plan;
  return {
    end: engine.now,
    names: { values: [], keys: [], regions: plan.regions.map(({ name }) => name) },
    replicas: bits(plan, (region) => plan.regions[region]!.replica && (world.newcomers?.isThere(region) ?? true)),
    alive: bits(plan, (region) => plan.regions[region]!.replica && !isDead(world, region)),
    refilling: bits(plan, (region) => world.replicas.at[region]!.some(({ blank }) => blank) && !isDead(world, region)),
    faults: plan.faults.filter(({ at }) => at <= engine.now).map((fault) => faultFact(fault, plan)),
    failovers: telemetry.failovers.map(
      ({ from, to, start, end, planned }): FailoverFact => ({ from, to, start, end, planned }),
    ),
    places: plan.places.map(({ name, sessions }) => ({ name, sessions })),
    scenario: {
      name: scenario,
      architecture: plan.architecture,
      seed,
      events: engine.digest(),
      replication: policies.replication.name,
      consistency: policies.consistency.name,
      conflict: policies.conflict.name,
      fencing: failover.fencing,
      sync: storage.sync,
      failover: policies.failover.name,
      routing: policies.routing.name,
      answers: answersFact(world),
      backups: plan.backups && {
        interval: plan.backups.interval,
        pointInTime: Number.isFinite(plan.backups.pointInTime) ? plan.backups.pointInTime : null,
      },
    },
  };
}

function answersFact({ plan, catalogue }: World): AnswersFact {
  const { caching, cachings = [], replication } = plan.policies;
  const { gives, gathers } = choose("replication", replication.name, catalogue);
  const ago = longestAgo(plan, catalogue);
  const kept = rulesOf(plan, catalogue).filter((each) => each !== null);
  const used = [caching, ...cachings].find((each) => each !== null && each.name !== "none");
  const lifetime = Math.max(...kept.map((each) => each.lifetime));
  return {
    caching:
      used == null
        ? null
        : {
            use: used.name,
            lifetime: Number.isFinite(lifetime) ? lifetime : null,
            invalidation: kept.every((each) => each.invalidates),
          },
    readModel: plan.storage.projects,
    ...(ago > 0 ? { asOf: ago } : {}),
    gathered:
      gives.coordinates === true && (gathers?.(replication.options) !== false || needOf(plan, catalogue, "confirms")),
  };
}

const bits = (plan: Plan, has: (region: number) => boolean): number =>
  plan.regions.reduce((all, _, region) => (has(region) ? all | (1 << region) : all), 0);

/** Nothing lives there that could answer. */
export const isDead = ({ lives }: World, region: number): boolean =>
  lives.up[region] === 0 || lives.parts.conditions.hostDead[region] === 1;

function faultFact({ label, at, until, regions, links, hardships }: FaultPlan, plan: Plan): FaultFact {
  const sites = plan.regions.length + plan.places.length;
  const { link, region, control, data } = hardships;
  const isForAll = data !== null || blinds(control);
  const paths = links.map((id) => [Math.floor(id / sites), id % sites] as const);
  return {
    label,
    start: at,
    end: until === Number.POSITIVE_INFINITY ? null : until,
    regions: isForAll ? plan.regions.flatMap(({ replica }, id) => (replica ? [id] : [])) : regions,
    paths: link === null ? [] : paths.filter(([from, to]) => Math.max(from, to) < plan.regions.length),
    disks: region?.disks ?? "kept",
    clock: region !== null && (region.skew !== 0 || region.drift !== 0),
    effect: effectOf(hardships),
  };
}

/** Whoever watches the regions sees less of them, or something else than there is. */
const blinds = (control: ControlHardship | null): boolean =>
  control !== null && (control.probesLost > 0 || control.probesWrong > 0);

function effectOf({ link, region, place, control, data }: Hardships): NonNullable<FaultFact["effect"]> {
  const stops = region !== null && (region.dark || region.hostDead || region.hostPaused || region.zones !== 0);
  if (stops || link?.cut === true || data?.kind === "poison") return "stops";
  const slows = region !== null && (region.service > 1 || region.disk > 1 || region.capacity < 1);
  const fails = region !== null && (region.failing > 0 || region.hanging > 0);
  if (slows || fails || link !== null || place !== null) return "hampers";
  return region?.probes === "fail" || blinds(control) ? "misleads" : "none";
}
