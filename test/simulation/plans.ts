import { partition } from "../../src/faults/link-faults.js";
import { onRegions } from "../../src/faults/region-faults.js";
import type { FaultPlan, Plan, RegionPlan, RequestTypePlan, StoragePlan } from "../../src/simulation/plan.js";
import { addLaws, constantLaw, lawFromMedian } from "../../src/topology/delay-law.js";
import { HOUR, MILLISECOND, MINUTE, SECOND } from "../../src/units/time.js";
import type { DataClass } from "../../src/workload/demand.js";

/** Two regions on either side of the Atlantic and one in Asia, users beside each: small enough to reason about. */
export const NAMES = ["us-east-1", "eu-west-1", "ap-southeast-1"];
const MEDIANS = [
  [1, 68, 215],
  [68, 1, 175],
  [215, 175, 1],
];

/** Kilometres. */
const DISTANCES = [
  [0, 5500, 15_500],
  [5500, 0, 11_200],
  [15_500, 11_200, 0],
];

/** Everything is durable and shown at once. */
export const NO_STORAGE: StoragePlan = {
  sync: "each-commit",
  every: SECOND,
  fsync: 0,
  bandwidth: Number.POSITIVE_INFINITY,
  apply: { rate: Number.POSITIVE_INFINITY, workers: 1 },
  projects: false,
};

export const region = (name: string): RegionPlan => ({
  name,
  replica: true,
  waiting: false,
  coordinates: false,
  tier: "core",
  parents: [],
  cache: true,
  zones: 3,
  copyZone: -1,
  workersPerInstance: 8,
  instances: 4,
  fullInstances: 4,
  serviceTime: 40 * MILLISECOND,
  serviceLaw: "exponential",
  queueLimit: 500,
  bootMedian: 2 * MINUTE,
  bootP99: 5 * MINUTE,
});

export function outage(struck: number, at: number, minutes: number, disksKept = true): FaultPlan {
  return {
    ...fault(),
    label: "outage",
    at,
    until: at + minutes * MINUTE,
    regions: [struck],
    hardships: onRegions({ dark: true, disks: disksKept ? "kept" : "lost" }),
  };
}

export function fault(): FaultPlan {
  return {
    entry: 0,
    label: "partition",
    at: 0,
    until: Number.POSITIVE_INFINITY,
    regions: [],
    places: [],
    links: [],
    hardships: partition.hardships({}),
    chance: 1,
    random: null,
  };
}

/** Both directions between the two sets of sites, of six sites. */
export function between(left: readonly number[], right: readonly number[], sites = 6): number[] {
  return left.flatMap((a) => right.flatMap((b) => [a * sites + b, b * sites + a]));
}

/** As all requests are where nobody tells them apart. */
export const requestType = (overrides: Partial<RequestTypePlan> = {}): RequestTypePlan => ({
  name: "real-time",
  share: 1,
  work: 1,
  deadline: null,
  timeout: null,
  reads: null,
  requestBytes: null,
  answerBytes: null,
  yields: false,
  ...overrides,
});

/** Registers that are put and got. */
export const dataClass = (overrides: Partial<DataClass> = {}): DataClass => ({
  name: "data",
  holds: "register",
  keys: 5000,
  share: 1,
  zipf: 0.99,
  latest: false,
  valueBytes: 2000,
  reads: null,
  deletes: 0,
  decrements: 0,
  swaps: 0,
  inserts: 0,
  scan: 1,
  local: null,
  personal: false,
  ...overrides,
});

export function activeActive(overrides: Partial<Plan> = {}): Plan {
  const places = NAMES.map((name) => ({
    name: `beside ${name}`,
    distances: NAMES.map((other) => DISTANCES[NAMES.indexOf(name)]![NAMES.indexOf(other)]!),
    rate: 30,
    hourly: new Array<number>(24).fill(1),
    readShare: 0.7,
    sessions: 400,
    think: 0,
  }));
  const sites = 6;
  const laws = Array.from({ length: sites * sites }, (_, link) => {
    const from = Math.floor(link / sites);
    const to = link % sites;
    if (to > 2) return null;
    const median = MEDIANS[from % 3]![to]!;
    const path = median === 1 ? constantLaw(1) : lawFromMedian(median * 0.95, median, median * 1.4);
    return from > 2 ? addLaws(path, lawFromMedian(4, 12, 60)) : path;
  });
  return {
    architecture: "active-active",
    duration: 20 * MINUTE,
    startOfDay: 13 * HOUR,
    regions: NAMES.map(region),
    places,
    trace: null,
    network: {
      laws,
      slowShare: 0.3,
      dwell: MINUTE,
      bandwidth: 125e6,
      window: 4e6,
      loss: 0,
      oneWay: null,
      retransmit: 200 * MILLISECOND,
      retransmitCap: 120 * SECOND,
      streamTimeout: 30 * SECOND,
    },
    client: {
      deadline: 3 * SECOND,
      timeout: SECOND,
      attempts: 3,
      backoffFirst: 100 * MILLISECOND,
      backoffCap: 2 * SECOND,
      retryBudget: 0.1,
      handshakes: 2,
      keepAlive: MINUTE,
      pinned: 0.02,
      roaming: 0,
      hedgeAfter: Number.POSITIVE_INFINITY,
      hedgeBudget: 0.05,
      breaker: null,
    },
    requests: [requestType()],
    overload: { shedAfter: Number.POSITIVE_INFINITY, propagateDeadlines: false, discipline: "fifo" },
    data: { classes: [dataClass()], requestBytes: 1000, size: 2e9, shards: 16 },
    transfer: null,
    placement: null,
    governance: null,
    storage: NO_STORAGE,
    coldCache: { slowdown: 1, warmUp: 10 * MINUTE },
    backups: null,
    faults: [],
    policies: {
      replication: { name: "multi-primary", options: { heartbeat: SECOND, retention: 1_000_000 } },
      consistency: { name: "local", options: {} },
      conflict: { name: "last-write-wins", options: {} },
      routing: { name: "latency", options: { when_none_healthy: "open" } },
      failover: { name: "none", options: {} },
      scaling: { name: "fixed", options: {} },
      caching: { name: "none", options: {} },
      primary: -1,
      standbys: [],
    },
    forwards: false,
    readWork: 1,
    meters: false,
    health: {
      interval: 10 * SECOND,
      timeout: 4 * SECOND,
      threshold: 3,
      recovery: 3,
      vantages: [0, 1, 2],
      healthyShare: 0.5,
      controller: 1,
    },
    dns: { ttl: MINUTE, update: 5 * SECOND, resolvers: 50, names: 1, anycast: null },
    failover: {
      verify: 5 * SECOND,
      fencing: "lease",
      fenceTimeout: 10 * SECOND,
      onUnknown: "promote",
      lease: 10 * SECOND,
      clockMargin: SECOND,
      promotion: 15 * SECOND,
      failback: Number.POSITIVE_INFINITY,
    },
    plugins: [],
    pendingLimit: 1_000_000,
    ...overrides,
  };
}

/** Three copies that elect their leader, beginning with us-east-1; any region hands writes on to it. */
export function consensus(overrides: Partial<Plan> = {}): Plan {
  const plan = activeActive();
  return {
    ...plan,
    architecture: "consensus",
    policies: {
      ...plan.policies,
      replication: { name: "raft", options: RAFT },
      consistency: { name: "linearizable", options: {} },
      conflict: { name: "none", options: {} },
      failover: { name: "consensus", options: {} },
      primary: 0,
      standbys: [1, 2],
    },
    failover: { ...plan.failover, fencing: "none" },
    forwards: true,
    ...overrides,
  };
}

/** The policy's own defaults. */
export const RAFT = {
  heartbeat: SECOND / 2,
  election_timeout: 2 * SECOND,
  election_spread: 2 * SECOND,
  pre_vote: true,
  reads: "read-index",
  clock_margin: SECOND / 5,
  retention: 1_000_000,
  witnesses: [],
  non_voting: [],
};

export function singlePrimary(overrides: Partial<Plan> = {}): Plan {
  const plan = activeActive();
  return {
    ...plan,
    architecture: "pilot-light",
    regions: [plan.regions[0]!, { ...plan.regions[1]!, instances: 1 }, { ...plan.regions[2]!, replica: false }],
    policies: {
      ...plan.policies,
      replication: { name: "async", options: { batch: 0, heartbeat: SECOND, retention: 1_000_000 } },
      conflict: { name: "none", options: {} },
      routing: { name: "primary", options: {} },
      failover: {
        name: "automatic",
        options: { max_lag: Number.POSITIVE_INFINITY, max_lag_time: Number.POSITIVE_INFINITY },
      },
      primary: 0,
      standbys: [1],
    },
    ...overrides,
  };
}
