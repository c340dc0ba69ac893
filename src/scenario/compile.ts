import { choose } from "../policies/catalogue.js";
import type { PlacePlan, Plan, PoliciesPlan, PolicyChoice, RegionPlan } from "../simulation/plan.js";
import type { DelayLaw } from "../topology/delay-law.js";
import { type Somewhere, accessLaw, regionPath } from "../topology/paths.js";
import { HOUR, MILLISECOND } from "../units/time.js";
import { compileFaults } from "./compile-faults.js";
import { SCENARIO_DEFAULTS as DEFAULT } from "./defaults.js";
import { type Expanded, type POLICY_KINDS, expand } from "./expand.js";
import type { RawRegion, RawScenario } from "./format.js";
import type { Problem } from "./problem.js";
import { scalePlan } from "./scale.js";
import type { Scenario } from "./scenario.js";
import { type Place, placeSites, regionSites } from "./sites.js";

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
  const notes: Problem[] = [];
  const laws = lawsOf(scenario, regions, places, (message) =>
    notes.push({
      file: scenario.file,
      line: scenario.lineAt("topology.latency"),
      column: 1,
      severity: "note",
      message,
    }),
  );
  const plans = [...raw.architectures!].map(([name, architecture]) =>
    planOf(scenario, expand(name, architecture!), laws, places),
  );
  const factor = rate === undefined ? 1 : rate / meanRate(plans[0]!);
  return { plans: factor === 1 ? plans : plans.map((plan) => scalePlan(plan, factor)), notes, factor };
}

function planOf(
  scenario: Scenario,
  expanded: Expanded,
  laws: readonly (DelayLaw | null)[],
  places: readonly Place[],
): Plan {
  const { raw } = scenario;
  const names = [...raw.topology!.regions!.keys()];
  const sites = [...names, ...places.map((place) => place.name)];
  const duration = raw.duration!;
  const { client, data, topology } = raw;
  const policies = policiesOf(expanded, names);
  const holders = choose("placement", expanded.policy("placement")).replicas(
    names.length,
    policies.primary,
    policies.standbys,
  );
  const popularity = data?.popularity;
  const zipf = popularity === undefined ? DEFAULT.data.zipf : typeof popularity === "object" ? popularity.zipf! : 0;
  const [retransmit, retransmitCap] = topology!.retransmit ?? DEFAULT.retransmit;
  const [backoffFirst, backoffCap] = client?.retries?.backoff ?? DEFAULT.client.backoff;
  return {
    architecture: expanded.name,
    duration,
    startOfDay: raw.start ?? DEFAULT.startOfDay,
    regions: names.map((name, id) =>
      regionPlan(
        name,
        raw,
        expanded,
        holders.includes(id),
        id === policies.primary || policies.primary < 0,
        names[policies.primary],
      ),
    ),
    places: places.map((place, index) => placePlan(place, raw.users![index]!)),
    network: {
      laws,
      slowShare: topology!.slow_share ?? DEFAULT.slowShare,
      dwell: topology!.dwell ?? DEFAULT.dwell,
      bandwidth: topology!.bandwidth ?? DEFAULT.bandwidth,
      window: topology!.window ?? DEFAULT.window,
      loss: topology!.loss ?? DEFAULT.loss,
      retransmit,
      retransmitCap,
      streamTimeout: topology!.stream_timeout ?? DEFAULT.streamTimeout,
    },
    client: {
      deadline: client?.deadline ?? DEFAULT.client.deadline,
      timeout: client?.timeout ?? Math.min(DEFAULT.client.timeout, client?.deadline ?? Number.POSITIVE_INFINITY),
      attempts: client?.retries?.attempts ?? DEFAULT.client.attempts,
      backoffFirst,
      backoffCap,
      retryBudget: client?.retries?.budget ?? DEFAULT.client.budget,
      handshakes: client?.handshakes ?? DEFAULT.client.handshakes,
      keepAlive: client?.keep_alive ?? DEFAULT.client.keepAlive,
      pinned: client?.pinned ?? DEFAULT.client.pinned,
    },
    data: {
      keys: data?.keys ?? DEFAULT.data.keys,
      zipf,
      valueBytes: data?.value ?? DEFAULT.data.value,
      requestBytes: data?.request ?? DEFAULT.data.request,
      size: data?.size ?? DEFAULT.data.size,
      shards: data?.shards ?? DEFAULT.data.shards,
    },
    faults: compileFaults(raw, sites, duration),
    policies,
    health: healthPlan(expanded, names, sites, policies.primary),
    dns: {
      ttl: expanded.number("dns.ttl"),
      update: expanded.number("dns.update"),
      resolvers: expanded.number("dns.resolvers"),
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
    pendingLimit: DEFAULT.pendingLimit,
  };
}

function policiesOf(expanded: Expanded, regions: readonly string[]): PoliciesPlan {
  const primary = regions.indexOf((expanded.get("primary") as string | undefined) ?? "");
  const one = expanded.get("standby") as string | undefined;
  const named = expanded.names("standbys") ?? (one === undefined ? [] : [one]);
  const others = regions.filter((_, id) => id !== primary);
  // Where every region holds a copy, every other one can be promoted, the named ones first.
  const everyOther = [...named, ...others.filter((name) => !named.includes(name))];
  const standbys = expanded.policy("placement") === "everywhere" ? everyOther : named;
  const policyOf = (kind: (typeof POLICY_KINDS)[number]): PolicyChoice => {
    const name = expanded.policy(kind);
    const { options } = choose(kind, name);
    return {
      name,
      options: Object.fromEntries(
        Object.entries(options).map(([option, { default: value }]) => [
          option,
          (expanded.get(`${kind}.${option}`) as number | string | boolean | undefined) ?? value,
        ]),
      ),
    };
  };
  return {
    replication: policyOf("replication"),
    consistency: policyOf("consistency"),
    conflict: policyOf("conflict"),
    routing: policyOf("routing"),
    failover: policyOf("failover"),
    primary,
    standbys: primary < 0 ? [] : standbys.map((name) => regions.indexOf(name)),
  };
}

function regionPlan(
  name: string,
  raw: RawScenario,
  expanded: Expanded,
  replica: boolean,
  full: boolean,
  primary: string | undefined,
): RegionPlan {
  const region: RawRegion = raw.topology!.regions!.get(name)!;
  const own = (key: string): number | undefined => expanded.get(`capacity.${name}.${key}`) as number | undefined;
  const workers = region.workers ?? DEFAULT.region.workers;
  const share = region.instances ?? DEFAULT.region.instances;
  const leader: RawRegion = primary === undefined ? region : raw.topology!.regions!.get(primary)!;
  // A promoted standby must carry what the primary carried, with instances of its own size.
  const carried = (leader.instances ?? DEFAULT.region.instances) * (leader.workers ?? DEFAULT.region.workers);
  const fullInstances = own("full_instances") ?? (full ? share : Math.max(1, Math.ceil(carried / workers)));
  const instances = own("instances") ?? (full ? share : Math.min(expanded.number("standby_instances"), fullInstances));
  return {
    name,
    replica,
    workersPerInstance: workers,
    instances,
    fullInstances: Math.max(instances, fullInstances),
    serviceTime: region.service_time ?? DEFAULT.region.serviceTime,
    serviceLaw: region.service ?? DEFAULT.region.service,
    queueLimit: region.queue ?? DEFAULT.region.queue,
    bootMedian: own("boot.median") ?? expanded.number("boot.median"),
    bootP99: own("boot.p99") ?? expanded.number("boot.p99"),
  };
}

function placePlan(place: Place, user: NonNullable<NonNullable<RawScenario["users"]>[number]>): PlacePlan {
  const swing = (user.shape ?? DEFAULT.user.shape) === "flat" ? 0 : (user.swing ?? DEFAULT.user.swing);
  const peak = (user.peak ?? DEFAULT.user.peak) - place.utcOffset;
  return {
    name: place.name,
    rate: user.requests!,
    // A cosine about the mean: its peak exceeds the mean by `swing`.
    hourly: Array.from({ length: 24 }, (_, hour) => 1 + swing * Math.cos(((hour - peak) / 12) * Math.PI)),
    readShare: user.reads ?? DEFAULT.user.reads,
    sessions: user.sessions ?? DEFAULT.user.sessions,
  };
}

function healthPlan(
  expanded: Expanded,
  names: readonly string[],
  sites: readonly string[],
  primary: number,
): Plan["health"] {
  const controller = expanded.get("health.controller") as string | undefined;
  return {
    interval: expanded.number("health.interval"),
    timeout: expanded.number("health.timeout"),
    threshold: expanded.number("health.threshold"),
    recovery: expanded.number("health.recovery"),
    vantages: (expanded.names("health.vantages") ?? names).map((name) => sites.indexOf(name)),
    healthyShare: expanded.number("health.healthy_share"),
    // Not beside the primary by default: a controller that dies with it cannot replace it.
    controller: controller === undefined ? (primary <= 0 && names.length > 1 ? 1 : 0) : names.indexOf(controller),
  };
}

function lawsOf(
  scenario: Scenario,
  regions: readonly Somewhere[],
  places: readonly Place[],
  note: (message: string) => void,
): (DelayLaw | null)[] {
  const { access } = scenario.raw;
  const model = {
    lastMile: (access?.last_mile ?? DEFAULT.access.lastMile) / MILLISECOND,
    lastMileP99: (access?.last_mile_p99 ?? Math.max(DEFAULT.access.lastMileP99, access?.last_mile ?? 0)) / MILLISECOND,
    stretch: access?.stretch ?? DEFAULT.access.stretch,
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

/** Mean of the requests per second over the run, all places. */
export function meanRate(plan: Plan): number {
  const steps = 240;
  let total = 0;
  for (const place of plan.places) {
    for (let step = 0; step < steps; step++) {
      const hours = ((plan.startOfDay + (plan.duration * (step + 0.5)) / steps) / HOUR) % 24;
      const low = Math.floor(hours);
      const here = place.hourly[low]!;
      total += (place.rate * (here + (place.hourly[(low + 1) % 24]! - here) * (hours - low))) / steps;
    }
  }
  return total;
}
