import { lru } from "./caching/lru.js";
import { none as noCache } from "./caching/none.js";
import { ttl } from "./caching/ttl.js";
import { dottedVersionVectors } from "./conflict/dotted-version-vectors.js";
import { firstCommitterWins } from "./conflict/first-committer-wins.js";
import { gCounter } from "./conflict/g-counter.js";
import { hybridClocks } from "./conflict/hybrid-clocks.js";
import { lastWriteWins } from "./conflict/last-write-wins.js";
import { logOrder } from "./conflict/log-order.js";
import { lwwRegister } from "./conflict/lww-register.js";
import { mvRegister } from "./conflict/mv-register.js";
import { orSet } from "./conflict/or-set.js";
import { pnCounter } from "./conflict/pn-counter.js";
import { sharedVersionVectors } from "./conflict/shared-version-vectors.js";
import { versionVectors } from "./conflict/version-vectors.js";
import { boundedStaleness } from "./consistency/bounded-staleness.js";
import { linearizable, quorum, strongAll } from "./consistency/confirmed.js";
import { consistentPrefix } from "./consistency/consistent-prefix.js";
import { eventual } from "./consistency/eventual.js";
import { followerReads } from "./consistency/follower-reads.js";
import { leader } from "./consistency/leader.js";
import { local } from "./consistency/local.js";
import { session } from "./consistency/session.js";
import type { Conflict, Failover, Placement, PolicyFacts, Replication, Routing } from "./contract.js";
import type { Caching } from "./contract/caching.js";
import type { Consistency } from "./contract/consistency.js";
import type { Scaling } from "./contract/scaling.js";
import { automatic } from "./failover/automatic.js";
import { consensus } from "./failover/consensus.js";
import { followTheSun } from "./failover/follow-the-sun.js";
import { lockService } from "./failover/lock-service.js";
import { manual } from "./failover/manual.js";
import { none } from "./failover/none.js";
import { everywhere } from "./placement/everywhere.js";
import { geoPartitioned } from "./placement/geo-partitioned.js";
import { leaderAndRecovery } from "./placement/leader-and-recovery.js";
import { leaderAndStandbys } from "./placement/leader-and-standbys.js";
import { leaderOnly } from "./placement/leader-only.js";
import { listed } from "./placement/listed.js";
import { asynchronous } from "./replication/async.js";
import { multiPrimary } from "./replication/multi-primary.js";
import { pbft } from "./replication/pbft.js";
import { quorum as leaderless } from "./replication/quorum.js";
import { raft } from "./replication/raft.js";
import { semiSync, sync } from "./replication/semi-sync.js";
import { computeLocation } from "./routing/compute-location.js";
import { failoverOrder } from "./routing/failover-order.js";
import { geolocation } from "./routing/geolocation.js";
import { latency } from "./routing/latency.js";
import { primary } from "./routing/primary.js";
import { weighted } from "./routing/weighted.js";
import { fixed } from "./scaling/fixed.js";
import { idleShutdown } from "./scaling/idle-shutdown.js";
import { onDemand } from "./scaling/on-demand.js";
import { targetUtilisation } from "./scaling/target-utilisation.js";

/** Every policy that comes with Faultline, by kind and name. A protocol's letters are its own business. */
export interface Catalogue {
  readonly placement: Readonly<Record<string, Placement>>;
  readonly routing: Readonly<Record<string, Routing>>;
  readonly replication: Readonly<Record<string, Replication>>;
  readonly consistency: Readonly<Record<string, Consistency>>;
  readonly conflict: Readonly<Record<string, Conflict>>;
  readonly failover: Readonly<Record<string, Failover>>;
  readonly scaling: Readonly<Record<string, Scaling>>;
  readonly caching: Readonly<Record<string, Caching>>;
}
export type PolicyKind = keyof Catalogue;

export const catalogue: Catalogue = {
  placement: byName<Placement>(everywhere, leaderAndStandbys, leaderAndRecovery, leaderOnly, listed, geoPartitioned),
  routing: byName<Routing>(latency, geolocation, weighted, failoverOrder, primary, computeLocation),
  replication: byName<Replication>(
    ...([
      asynchronous,
      multiPrimary,
      leaderless,
      pbft,
      raft,
      semiSync,
      sync,
    ] as readonly unknown[] as readonly Replication[]),
  ),
  consistency: byName(
    local,
    eventual,
    session,
    consistentPrefix,
    boundedStaleness,
    followerReads,
    leader,
    quorum,
    linearizable,
    strongAll,
  ),
  conflict: byName<Conflict>(
    lastWriteWins,
    hybridClocks,
    versionVectors,
    dottedVersionVectors,
    sharedVersionVectors,
    firstCommitterWins,
    lwwRegister,
    mvRegister,
    gCounter,
    pnCounter,
    orSet,
    logOrder,
  ),
  failover: byName(automatic, consensus, lockService, manual, followTheSun, none),
  scaling: byName<Scaling>(fixed, targetUtilisation, idleShutdown, onDemand),
  caching: byName<Caching>(noCache, ttl, lru),
};

function byName<T extends { readonly name: string }>(...members: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(members.map((member) => [member.name, member]));
}

/** Policies of a user's own, by kind. */
export type OwnPolicies = { readonly [K in PolicyKind]?: readonly Catalogue[K][string][] };

/** What comes with Faultline and policies of a user's own beside it. Throws a RangeError where a name is taken. */
export function extended(own: OwnPolicies, base = catalogue): Catalogue {
  const whole: Record<string, Record<string, PolicyFacts>> = {};
  for (const kind of Object.keys(base) as PolicyKind[]) {
    const members: Record<string, PolicyFacts> = { ...base[kind] };
    for (const policy of own[kind] ?? []) {
      if (Object.hasOwn(members, policy.name))
        throw new RangeError(`there are two ${kind} policies "${policy.name}"; give yours a name of its own`);
      members[policy.name] = policy;
    }
    whole[kind] = members;
  }
  return whole as unknown as Catalogue;
}

/** The policy of that kind and name; compile has checked that it exists. */
export function choose<K extends PolicyKind>(kind: K, name: string, from: Catalogue): Catalogue[K][string] {
  const policy = Object.hasOwn(from[kind], name) ? from[kind][name] : undefined;
  if (policy === undefined) throw new Error(`there is no ${kind} policy "${name}"`);
  return policy as Catalogue[K][string];
}
