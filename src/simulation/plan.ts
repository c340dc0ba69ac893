import type { PolicyKind } from "../policies/catalogue.js";
import type { OptionValues } from "../policies/options.js";
import type { DelayLaw } from "../topology/delay-law.js";
import type { TimeLaw } from "../units/time-law.js";
import type { Micros } from "../units/time.js";
import type { DataClass } from "../workload/demand.js";
import type { RequestTrace } from "../workload/request-trace.js";
import type { Hardships } from "./hardships.js";
import type { Monitored } from "./monitoring.js";
import type { ActionPlan } from "./order-plan.js";
import type { GovernancePlan, PlacementPlan } from "./placement-plan.js";
import type { BackupsPlan, StoragePlan } from "./storage-plan.js";

export type { BackupsPlan, StoragePlan } from "./storage-plan.js";

/**
 * What a run is made from: integer ids and tables, compiled from one architecture of a scenario.
 *
 * A *site* is anything that a message can leave from or arrive at: regions are sites 0..R-1, users' places are sites
 * R..R+P-1. Names that remain are labels, and names of random streams: a stream is named after the thing whose luck it
 * is, never after a position in a list, so that adding a region or a place shifts no other draw. A plan is plain data:
 * it survives a structured clone into a worker.
 */
export interface Plan {
  readonly architecture: string;
  readonly duration: Micros;
  /** Moment of the day (UTC) at which the run starts, for the daily shape of the users. */
  readonly startOfDay: Micros;
  readonly regions: readonly RegionPlan[];
  readonly places: readonly PlacePlan[];
  /** Requests that were recorded, in place of arrivals that are drawn. */
  readonly trace: RequestTrace | null;
  readonly network: NetworkPlan;
  /** Null where letters between copies travel as they are. */
  readonly transfer: TransferPlan | null;
  readonly client: ClientPlan;
  /** Types of requests, at least one; the shares sum to 1. */
  readonly requests: readonly RequestTypePlan[];
  readonly overload: OverloadPlan;
  readonly data: DataPlan;
  /** Null where all data are kept together. */
  readonly placement: PlacementPlan | null;
  /** Null where data may be anywhere. */
  readonly governance: GovernancePlan | null;
  readonly storage: StoragePlan;
  /** A region whose caches are cold takes so many times as long, and linearly less until they are warm. */
  readonly coldCache: { readonly slowdown: number; readonly warmUp: Micros };
  /** Null where there are none. */
  readonly backups: BackupsPlan | null;
  readonly faults: readonly FaultPlan[];
  /** What an operator does, in the order of its moments; absent where he does nothing. */
  readonly actions?: readonly ActionPlan[];
  readonly policies: PoliciesPlan;
  /** Whether it is counted what the fleets take: where an architecture of the scenario scales its own. */
  readonly meters: boolean;
  /** A region hands an operation that only the leader can serve on to it; otherwise its user has to go there. */
  readonly forwards: boolean;
  /** A read keeps a worker so many times as long as a write. */
  readonly readWork: number;
  /** Files of the user's own that some of these policies come from: whoever runs the plan has to load them. */
  readonly plugins: readonly PluginSource[];
  readonly health: HealthPlan;
  readonly dns: DnsPlan;
  readonly failover: FailoverPlan;
  /** What is watched: how late a write may come to a region, and bytes that may be sent between regions in a month. */
  readonly alerts?: { readonly lag: Micros; readonly transfer: number };
  /** What nobody wants to know: it is left out of the results. */
  readonly unmonitored?: readonly Monitored[];
  /** Answers are counted below each of these: what they are worth may depend on it. */
  readonly latencyBounds?: readonly Micros[];
  /** Each instance stands for so many: users and capacity were scaled together. */
  readonly scaled?: number;
  /** Pending events beyond which a run is given up with a message that names the cause. */
  readonly pendingLimit: number;
}

export interface RegionPlan {
  readonly name: string;
  /** Whether a copy of some of the data lives here (placement's answer). */
  readonly replica: boolean;
  /** No host runs there and its disk is empty, until a backup is restored into it, or an operator adds it. */
  readonly waiting: boolean;
  /** It is no part of the system until an operator adds it, as this; left out where it is one from the start. */
  readonly joins?: JoinsAs;
  /** Whether a region without a copy serves its users by asking those that have one; or serves nobody, but has a say. */
  readonly coordinates: boolean;
  readonly takesPart?: boolean;
  readonly tier: "core" | "regional" | "edge";
  /** To whom a site without a copy hands on what it cannot answer: the first that is not silent. Nobody where it refuses. */
  readonly parents: readonly number[];
  readonly cache: boolean;
  /** No user is led there; what it holds goes on being replicated. */
  readonly drained?: boolean;
  readonly zones: number;
  /** Zone whose loss takes the copy's host, 0 for the first; -1 where the copy spans zones. */
  readonly copyZone: number;
  /** Parallel workers of one instance; an instance is what boots. */
  readonly workersPerInstance: number;
  /** Instances running at the start, and once this region must carry the load. */
  readonly instances: number;
  readonly fullInstances: number;
  readonly serviceTime: Micros;
  readonly serviceLaw: "exponential" | "constant";
  /** Requests that may wait; beyond them the region sheds ("overload"). */
  readonly queueLimit: number;
  /** Boot time of one instance: log-normal through this median and 99th percentile. */
  readonly bootMedian: Micros;
  readonly bootP99: Micros;
}

/** What an operator adds a region as: a copy that follows, one that takes writes, or a site before the copies. */
export type JoinsAs = "replica" | "primary" | "edge";

/** How many regions are no part of the system from the start: they stand last, so that nothing else has another number. */
export const lateIn = (regions: readonly RegionPlan[]): number =>
  regions.filter(({ joins }) => joins !== undefined).length;

export interface PlacePlan {
  readonly name: string;
  /** Along the great circle to each region, kilometres. */
  readonly distances: readonly number[];
  /** Mean requests per second over a day. */
  readonly rate: number;
  /** Multiplies the rate in each hour of the day (UTC, 24 values, mean 1, linear in between). */
  readonly hourly: readonly number[];
  readonly readShare: number;
  /** Users; each is a session with its own connection. */
  readonly sessions: number;
  /** Closed loop: mean time from the end of a user's operation to the next one; 0 where arrivals are open. */
  readonly think: Micros;
}

export interface NetworkPlan {
  /** Law of the round trip as its initiator sees it, at from * sites + to; null where no traffic can flow. */
  readonly laws: readonly (DelayLaw | null)[];
  /** Share of a path's (normal-score) variance that is a slow state common to both directions, and how long a state lasts. */
  readonly slowShare: number;
  readonly dwell: Micros;
  /** Region to region, bytes per second; users' paths are not a bottleneck of the model. */
  readonly bandwidth: number;
  /** Bytes that a stream may have unacknowledged: a stream carries at most window / RTT. */
  readonly window: number;
  /** Loss without any fault. */
  readonly loss: number;
  /** Laws of one-way delays of the letters of replication by their verb, `default` for all others; null: as their paths. */
  readonly oneWay: Readonly<Record<string, TimeLaw>> | null;
  /** Retransmission time-out of a stream: first, doubling, up to the cap; the stream breaks after `streamTimeout`. */
  readonly retransmit: Micros;
  readonly retransmitCap: Micros;
  readonly streamTimeout: Micros;
}

/** What is done to letters between copies, and to whole copies, before they travel. */
export interface TransferPlan {
  /** Writes become so many times smaller, at so many bytes per second. */
  readonly ratio: number;
  readonly rate: number;
  /** Round trips before each letter, where it opens a connection of its own; 0 where one is kept. */
  readonly handshakes: number;
}

export interface ClientPlan {
  readonly deadline: Micros;
  readonly timeout: Micros;
  readonly attempts: number;
  readonly backoffFirst: Micros;
  readonly backoffCap: Micros;
  /** Retries allowed per first attempt (a token bucket a place); Infinity for none. */
  readonly retryBudget: number;
  /** Round trips before the first byte of a request on a new connection (TCP 1 + TLS 1.3 1 = 2). */
  readonly handshakes: number;
  readonly keepAlive: Micros;
  /** Share of sessions that resolve once and never again. */
  readonly pinned: number;
  /** Share of operations that come from another place than their user's home. */
  readonly roaming: number;
  /** A read that is not answered so soon is asked of a second region too; Infinity for never. */
  readonly hedgeAfter: Micros;
  /** Second requests allowed per operation. */
  readonly hedgeBudget: number;
  readonly breaker: BreakerPlan | null;
}

/** A circuit opens when this share of the last `window` tries has failed, for so long. */
export interface BreakerPlan {
  readonly failures: number;
  readonly window: number;
  readonly openFor: Micros;
}

export interface RequestTypePlan {
  readonly name: string;
  readonly share: number;
  /** Multiplies the time that the request keeps a worker. */
  readonly work: number;
  /** Where they are not those of the client; the time-out is of one try. */
  readonly deadline: Micros | null;
  readonly timeout: Micros | null;
  /** Share of reads, where it is not that of the data or the users. */
  readonly reads: number | null;
  /** Bytes of the request and of its answer beside the value of the data, where they are not the usual ones. */
  readonly requestBytes: number | null;
  readonly answerBytes: number | null;
  /** Shed at half the wait that others are. */
  readonly yields: boolean;
}

/** How regions meet more requests than they can serve. */
export interface OverloadPlan {
  /** A request that would wait longer is refused at once; Infinity where only a full queue refuses. */
  readonly shedAfter: Micros;
  /** Requests carry the patience of their client, and those that it has given up are not served. */
  readonly propagateDeadlines: boolean;
  readonly discipline: "fifo" | "lifo";
}

export interface DataPlan {
  /** At least one; keys are numbered class after class. */
  readonly classes: readonly DataClass[];
  readonly requestBytes: number;
  /** Bytes of a copy of all data, for a snapshot. */
  readonly size: number;
  /** Failure domains of the key space for the RPO: shard of a key = key modulo shards. */
  readonly shards: number;
}

export const NO_ALERTS = { lag: Number.POSITIVE_INFINITY, transfer: Number.POSITIVE_INFINITY } as const;

/** Whether users are served in the region. */
export const serves = ({ replica, coordinates, parents }: RegionPlan): boolean =>
  replica || coordinates || parents.length > 0;

/** After this time nobody waits for an operation any more, of whatever type. */
export const longestDeadline = ({ client, requests }: Plan): Micros =>
  Math.max(...requests.map((type) => type.deadline ?? client.deadline));

/** When nothing happens any more: nothing is issued after the duration, but what was issued goes on to its end. */
export const endOf = (plan: Plan): Micros => plan.duration + longestDeadline(plan);

/** One fault with its interval: what it strikes and what it does there. `until` is Infinity when it never heals. */
export interface FaultPlan {
  /** Which entry of the scenario's list it comes from. */
  readonly entry: number;
  readonly label: string;
  readonly at: Micros;
  readonly until: Micros;
  readonly regions: readonly number[];
  readonly places: readonly number[];
  /** Directed, site * sites + site. */
  readonly links: readonly number[];
  readonly hardships: Hardships;
  /** Probability that it strikes at all; each time, when it is random. */
  readonly chance: number;
  /** Strikes again and again between `at` and `until`, so long apart and for so long each. */
  readonly random: { readonly between: TimeLaw; readonly lasting: TimeLaw } | null;
}

export interface PolicyChoice {
  readonly name: string;
  /** Values in base units (microseconds, bytes, fractions), by the policy's own option names. */
  readonly options: OptionValues;
}

/** Where a policy of the user's own comes from, and what it was when the plan was made. */
export interface PluginSource {
  readonly kind: PolicyKind;
  readonly name: string;
  /** Absolute, and as messages name it. */
  readonly path: string;
  readonly file: string;
  /** Of the file and all that it imports. */
  readonly sha256: string;
}

export interface PoliciesPlan {
  readonly replication: PolicyChoice;
  readonly consistency: PolicyChoice;
  /** By type of request, and among those by class of data; absent where one holds for all. */
  readonly consistencies?: readonly PolicyChoice[];
  readonly conflict: PolicyChoice;
  /** By class of data; absent where one holds for all. */
  readonly conflicts?: readonly PolicyChoice[];
  readonly routing: PolicyChoice;
  readonly failover: PolicyChoice;
  readonly scaling: PolicyChoice;
  readonly caching: PolicyChoice;
  /** By class of data, what it has of its own; null for nothing, and left out where no class has. */
  readonly cachings?: readonly (PolicyChoice | null)[];
  /** Leader at the start, or -1 where every replica accepts writes. */
  readonly primary: number;
  /** Order of preference for the others (region ids). */
  readonly standbys: readonly number[];
}

export interface HealthPlan {
  readonly interval: Micros;
  readonly timeout: Micros;
  /** Consecutive misses until a vantage point believes a region down, and passes until it believes it up again. */
  readonly threshold: number;
  readonly recovery: number;
  /** Sites that probe every region with a replica. */
  readonly vantages: readonly number[];
  /** A region is believed healthy while more than this share of the vantage points heard from lately say so. */
  readonly healthyShare: number;
  /** Site of the traffic manager and of the failover controller. */
  readonly controller: number;
}

export interface DnsPlan {
  readonly ttl: Micros;
  /** Time from the decision until authoritative servers give the new answer. */
  readonly update: Micros;
  /** Names of the service: one, or one for each type of requests and, within it, each class of data. */
  readonly names: number;
  /** Caching resolvers a place, each expiring in its own phase. */
  readonly resolvers: number;
  /** Null where the name leads to the regions; else it has one address, and routes change so long after a decision. */
  readonly anycast: { readonly convergence: Micros } | null;
}

/** From a decision until users who connect anew are led by it, caches apart. */
export const rerouting = ({ anycast, update }: DnsPlan): Micros => anycast?.convergence ?? update;

export interface FailoverPlan {
  /** Second look before acting. */
  readonly verify: Micros;
  readonly fencing: "none" | "stonith" | "lease" | "epoch";
  /** stonith: how long the order may take before its outcome is "unknown", and what then. */
  readonly fenceTimeout: Micros;
  readonly onUnknown: "promote" | "wait";
  readonly lease: Micros;
  /** Added to the wait for a lease: how far two clocks may drift apart during one. */
  readonly clockMargin: Micros;
  /** Time the chosen standby needs from the order to serving writes. */
  readonly promotion: Micros;
  /** Return to the original primary once it has been healthy and level for so long; Infinity for never. */
  readonly failback: Micros;
}
