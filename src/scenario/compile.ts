import { boundsOf } from "../economics/engagement.js";
import { choose } from "../policies/catalogue.js";
import { ZONES } from "../simulation/hardships.js";
import { meanRate } from "../simulation/mean-rate.js";
import type { GroupPlan } from "../simulation/placement-plan.js";
import type { PlacePlan, Plan, RegionPlan } from "../simulation/plan.js";
import type { DelayLaw } from "../topology/delay-law.js";
import { greatCircleKm } from "../topology/geography.js";
import { type Somewhere, accessLaw, regionPath } from "../topology/paths.js";
import { MILLISECOND, SECOND } from "../units/time.js";
import type { DataClass } from "../workload/demand.js";
import { type Addition, addedIn, withAdded, withNewcomers } from "./added-regions.js";
import { compileActions } from "./compile-actions.js";
import { compileFaults, presetNotes } from "./compile-faults.js";
import { optionsOf } from "./compile-options.js";
import { policiesOf } from "./compile-policies.js";
import { watchOf } from "./compile-watch.js";
import { dataClasses } from "./data-classes.js";
import { PENDING_LIMIT } from "./defaults.js";
import { derive } from "./derive.js";
import { isCached, parentsOf, tierOf } from "./edge-sites.js";
import { expandShared } from "./expand-shared.js";
import { type Expanded, expand } from "./expand.js";
import type { RawScenario } from "./format.js";
import { isEnforced } from "./governance.js";
import { groupsOf } from "./groups.js";
import { waitingOf, withoutCopy } from "./holders.js";
import { clientPlan, overloadPlan, requestTypes } from "./load.js";
import { oneWayLaws } from "./one-way.js";
import type { Problem } from "./problem.js";
import { scalePlan } from "./scale.js";
import type { Scenario } from "./scenario.js";
import { type Settings, step } from "./settings.js";
import { type Place, placeSites, regionSites } from "./sites.js";
import { transferPlan } from "./transfer.js";

/** A system that is never asked to sync writes back by itself after about half a minute (Linux: 30 s). */
const WRITE_BACK = 30 * SECOND;

export interface Compiled {
  /** One an architecture, in the order of the file. */
  readonly plans: readonly Plan[];
  /** What a reader of the results must be told: estimated paths, assumptions. */
  readonly notes: readonly Problem[];
  /** By what users and capacity were multiplied. */
  readonly factor: number;
}

/**
 * From names and units to integer ids and tables: one plan an architecture. With `rate`, users and capacity are scaled
 * until all users together ask for so many requests per second.
 */
export function compile(scenario: Scenario, rate?: number): Compiled {
  const { raw } = scenario;
  const regions = regionSites(raw);
  const places = placeSites(raw);
  const notes: Problem[] = [...scenario.notes];
  const shared = expandShared(raw);
  const laws = lawsOf(scenario, shared, regions, places, (message) =>
    notes.push({
      file: scenario.file,
      line: scenario.lineAt("topology.latency"),
      column: 1,
      severity: "note",
      message,
    }),
  );
  const { latency } = scenario;
  if (latency.kind === "table" && latency.table.caveat !== undefined)
    notes.push({
      file: scenario.file,
      line: scenario.lineAt("topology.latency"),
      column: 1,
      severity: "note",
      message: `the table ${latency.table.name}: ${latency.table.caveat}`,
    });
  for (const message of presetNotes(raw)) {
    notes.push({ file: scenario.file, line: scenario.lineAt("faults"), column: 1, severity: "note", message });
  }
  const late = scenario.trace?.times.filter((time) => time >= raw.duration!).length ?? 0;
  if (late > 0)
    notes.push({
      file: scenario.file,
      line: scenario.lineAt("trace"),
      column: 1,
      severity: "note",
      message: `${late} of the ${scenario.trace!.times.length} requests of the trace come when the run is over`,
    });
  const plans = [...raw.architectures!].map(([name, architecture]) => {
    const expanded = derive(expand(name, architecture!, scenario.policies), shared, [...raw.topology!.regions!.keys()]);
    const added = addedIn(raw, name);
    if (added.length === 0) return planOf(scenario, shared, expanded, laws, places, [], raw);
    const wide = withAdded(raw, added);
    const note = (message: string): void => {
      if (notes.some((each) => each.message === message)) return;
      const { line, column } = scenario.positionAt("actions");
      notes.push({ file: scenario.file, line, column, severity: "note", message });
    };
    const more = lawsOf(scenario, shared, regionSites(wide), places, note);
    return planOf(scenario, expandShared(wide), expanded, more, places, added, wide);
  });
  const meters = plans.some(({ policies }) => policies.scaling.name !== "fixed");
  // A trace is what it is.
  const factor = rate === undefined || scenario.trace !== null ? 1 : rate / meanRate(plans[0]!);
  const metered = meters ? plans.map((plan) => ({ ...plan, meters })) : plans;
  return { plans: factor === 1 ? metered : metered.map((plan) => scalePlan(plan, factor)), notes, factor };
}

function planOf(
  scenario: Scenario,
  shared: Settings,
  expanded: Expanded,
  laws: readonly (DelayLaw | null)[],
  places: readonly Place[],
  /** Regions that an operator adds, and the scenario with them: no setting follows from them, and they stand last. */
  added: readonly Addition[],
  wide: RawScenario,
): Plan {
  const { raw } = scenario;
  const names = [...raw.topology!.regions!.keys()];
  const sites = [...names, ...added.map(({ name }) => name), ...places.map((place) => place.name)];
  const duration = raw.duration!;
  const requests = requestTypes(raw, shared);
  const classes = classesOf(scenario, shared);
  const policies = policiesOf(expanded, names, requests, classes);
  const grouping = groupsOf(expanded, shared, raw);
  const { groups, table } = grouping;
  const holders = names.filter((_, id) => groups.some((group) => group.holders.includes(id)));
  const routing = choose("routing", expanded.policy("routing"), expanded.catalogue);
  const waiting = waitingOf(expanded, names);
  const without = withoutCopy(expanded);
  const [retransmit, retransmitCap] = shared.range("topology.retransmit");
  return {
    architecture: expanded.name,
    duration,
    startOfDay: shared.number("start"),
    regions: withNewcomers(
      names.map((name) => ({
        ...regionPlan(name, shared, expanded, holders.includes(name), waiting.includes(name)),
        ...(without.includes(name) ? { takesPart: true } : {}),
        tier: tierOf(shared, name),
        parents: parentsOf(name, shared, holders, regionSites(raw)),
        cache: isCached(name, expanded),
      })),
      added,
      policies,
      (name) => parentsOf(name, shared, holders, regionSites(wide)),
      (name, key) => expanded.get(`capacity.${step(name)}.${key}`) as number | undefined,
    ),
    places: places.map((place, index) =>
      placePlan(
        place,
        regionSites(wide).map((region) => greatCircleKm(place, region)),
        shared,
        tracedPlace(scenario, index),
      ),
    ),
    trace: scenario.trace,
    network: {
      laws,
      slowShare: shared.number("topology.slow_share"),
      dwell: shared.number("topology.dwell"),
      bandwidth: shared.number("topology.bandwidth"),
      window: shared.number("topology.window"),
      loss: shared.number("topology.loss"),
      oneWay: oneWayLaws(raw.topology?.one_way),
      retransmit,
      retransmitCap,
      streamTimeout: shared.number("topology.stream_timeout"),
    },
    transfer: transferPlan(expanded, shared),
    client: clientPlan(shared, expanded),
    requests,
    overload: overloadPlan(expanded),
    data: {
      classes,
      requestBytes: shared.number("data.request"),
      size: shared.number("data.size"),
      shards: shared.number("data.shards"),
    },
    placement: grouping.isWhole ? null : { groups, table },
    governance: grouping.rules.every((rule) => rule === null)
      ? null
      : { enforced: isEnforced(expanded), rules: grouping.rules },
    storage: {
      sync: expanded.text("storage.sync") as Plan["storage"]["sync"],
      every: expanded.text("storage.sync") === "never" ? WRITE_BACK : expanded.number("storage.every"),
      fsync: expanded.number("storage.fsync"),
      bandwidth: expanded.number("storage.bandwidth"),
      apply: { rate: expanded.number("storage.apply.rate"), workers: expanded.number("storage.apply.workers") },
      projects: expanded.get("storage.apply.own") === true,
    },
    coldCache: {
      slowdown: expanded.number("cold_cache.slowdown"),
      warmUp: expanded.number("cold_cache.warm_up"),
    },
    backups: backupsPlan(expanded, names, groups),
    faults: compileFaults(raw, sites, duration),
    ...(raw.actions === undefined ? {} : { actions: compileActions(wide, expanded.name, sites) }),
    policies,
    meters: false,
    forwards: expanded.text("misdirected") === "forward",
    readWork: expanded.number("read_work"),
    plugins: scenario.plugins.filter(({ kind, name }) => expanded.uses(kind, name)),
    ...watchOf(expanded),
    ...(scenario.economics === null ? {} : { latencyBounds: boundsOf(scenario.economics.engagement) }),
    health: healthPlan(expanded, names, sites),
    dns: {
      ttl: expanded.number("dns.ttl"),
      update: expanded.number("dns.update"),
      resolvers: expanded.number("dns.resolvers"),
      names: routing.byRequest === true ? requests.length * classes.length : 1,
      anycast: expanded.text("dns.mode") === "anycast" ? { convergence: expanded.number("dns.convergence") } : null,
    },
    failover: {
      verify: expanded.number("failover.verify"),
      fencing: expanded.text("failover.fencing") as Plan["failover"]["fencing"],
      fenceTimeout: expanded.number("failover.fence_timeout"),
      onUnknown: expanded.text("failover.on_unknown") as Plan["failover"]["onUnknown"],
      lease: expanded.number("failover.lease"),
      clockMargin: expanded.number("failover.clock_margin"),
      promotion: expanded.number("failover.promotion"),
      failback: expanded.number("failover.failback"),
    },
    pendingLimit: PENDING_LIMIT,
  };
}

function regionPlan(
  name: string,
  shared: Settings,
  expanded: Expanded,
  replica: boolean,
  waiting: boolean,
): Omit<RegionPlan, "tier" | "parents" | "cache"> {
  const at = `topology.regions.${step(name)}`;
  const capacity = `capacity.${step(name)}`;
  const own = (key: string): number | undefined => expanded.get(`${capacity}.${key}`) as number | undefined;
  const scaling = choose("scaling", expanded.policy("scaling"), expanded.catalogue);
  const planned = { instances: expanded.number(`${capacity}.instances`), workers: shared.number(`${at}.workers`) };
  const { instances, workers } = scaling.fleet?.(optionsOf("scaling", expanded, []), planned) ?? planned;
  return {
    name,
    replica,
    waiting,
    ...(expanded.names("drained")?.includes(name) === true ? { drained: true } : {}),
    coordinates: choose("replication", expanded.policy("replication"), expanded.catalogue).gives.coordinates === true,
    zones: shared.number(`${at}.zones`),
    copyZone: ZONES.indexOf(shared.text(`${at}.copy_zone`)),
    workersPerInstance: workers,
    instances,
    fullInstances: Math.max(instances, expanded.number(`${capacity}.full_instances`)),
    serviceTime: shared.number(`${at}.service_time`),
    serviceLaw: shared.text(`${at}.service`) as RegionPlan["serviceLaw"],
    queueLimit: shared.number(`${at}.queue`),
    bootMedian: own("boot.median") ?? expanded.number("boot.median"),
    bootP99: own("boot.p99") ?? expanded.number("boot.p99"),
  };
}

/** What a trace says of a place: the mean rate of its requests, and how many users it tells apart. */
function tracedPlace({ trace, raw }: Scenario, place: number): { rate: number; sessions: number } | null {
  if (trace === null) return null;
  let requests = 0;
  for (const each of trace.places) if (each === place) requests++;
  return { rate: (requests * SECOND) / raw.duration!, sessions: trace.sessionCounts[place]! };
}

/** A trace brings its own keys. */
function classesOf({ raw, trace }: Scenario, shared: Settings): DataClass[] {
  const classes = dataClasses(shared, [...(raw.data?.classes?.keys() ?? [])]);
  return trace === null ? classes : [{ ...classes[0]!, keys: Math.max(1, trace.keyCount) }];
}

function placePlan(
  place: Place,
  distances: readonly number[],
  shared: Settings,
  traced: ReturnType<typeof tracedPlace>,
): PlacePlan {
  const at = `users.${step(place.name)}`;
  const swing = shared.text(`${at}.shape`) === "flat" ? 0 : shared.number(`${at}.swing`);
  const peak = shared.number(`${at}.peak`) - place.utcOffset;
  const sessions = traced?.sessions || shared.number(`${at}.sessions`);
  const think = (shared.get(`${at}.think`) as number | undefined) ?? 0;
  return {
    name: place.name,
    distances,
    rate: traced?.rate ?? (think > 0 ? (sessions * SECOND) / think : shared.number(`${at}.requests`)),
    // A cosine about the mean: its peak exceeds the mean by `swing`.
    hourly: Array.from({ length: 24 }, (_, hour) => 1 + swing * Math.cos(((hour - peak) / 12) * Math.PI)),
    readShare: shared.number(`${at}.reads`),
    sessions,
    think,
  };
}

/** Where data are kept apart the backups of each group are beside its leader or first copy, unless the file says where. */
function backupsPlan(expanded: Expanded, names: readonly string[], groups: readonly GroupPlan[]): Plan["backups"] {
  const interval = expanded.number("backups.interval");
  if (interval === Number.POSITIVE_INFINITY) return null;
  const region = names.indexOf(expanded.text("backups.region"));
  const isFollowing = groups.length > 1 && expanded.all.get("backups.region")!.origin.kind === "derived";
  return {
    interval,
    pointInTime: expanded.number("backups.point_in_time"),
    retention: expanded.number("backups.retention"),
    respond: expanded.number("backups.respond"),
    bandwidth: expanded.number("backups.restore"),
    replay: expanded.number("backups.replay"),
    regions: groups.map(({ primary, holders: [first] }) => (!isFollowing ? region : primary >= 0 ? primary : first!)),
  };
}

function healthPlan(expanded: Expanded, names: readonly string[], sites: readonly string[]): Plan["health"] {
  return {
    interval: expanded.number("health.interval"),
    timeout: expanded.number("health.timeout"),
    threshold: expanded.number("health.threshold"),
    recovery: expanded.number("health.recovery"),
    vantages: expanded.names("health.vantages")!.map((name) => sites.indexOf(name)),
    healthyShare: expanded.number("health.healthy_share"),
    controller: names.indexOf(expanded.text("health.controller")),
  };
}

function lawsOf(
  scenario: Scenario,
  shared: Settings,
  regions: readonly Somewhere[],
  places: readonly Place[],
  note: (message: string) => void,
): (DelayLaw | null)[] {
  const model = {
    lastMile: shared.number("access.last_mile") / MILLISECOND,
    lastMileP99: shared.number("access.last_mile_p99") / MILLISECOND,
    stretch: shared.number("access.stretch"),
  };
  const sites = [...regions, ...places];
  return sites.flatMap((from, f) =>
    sites.map((to, t) => {
      if (t >= regions.length) return null;
      if (f >= regions.length) return accessLaw(from, to, model);
      const path = regionPath(from, to, scenario.latency);
      if (path.note !== undefined && f < t) note(path.note);
      return path.law;
    }),
  );
}
