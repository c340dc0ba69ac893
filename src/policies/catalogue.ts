import { lastWriteWins } from "./conflict/last-write-wins.js";
import { logOrder } from "./conflict/log-order.js";
import { linearizable } from "./consistency/linearizable.js";
import { local } from "./consistency/local.js";
import type { Conflict, Consistency, Failover, Placement, PolicyFacts, Replication, Routing } from "./contract.js";
import { automatic } from "./failover/automatic.js";
import { consensus } from "./failover/consensus.js";
import { manual } from "./failover/manual.js";
import { none } from "./failover/none.js";
import { everywhere } from "./placement/everywhere.js";
import { leaderAndStandbys } from "./placement/leader-and-standbys.js";
import { asynchronous } from "./replication/async.js";
import { multiPrimary } from "./replication/multi-primary.js";
import { raft } from "./replication/raft.js";
import { latency } from "./routing/latency.js";
import { primary } from "./routing/primary.js";

/** Every policy that comes with Faultline, by kind and name. A protocol's letters are its own business. */
export interface Catalogue {
  readonly placement: Readonly<Record<string, Placement>>;
  readonly routing: Readonly<Record<string, Routing>>;
  readonly replication: Readonly<Record<string, Replication>>;
  readonly consistency: Readonly<Record<string, Consistency>>;
  readonly conflict: Readonly<Record<string, Conflict>>;
  readonly failover: Readonly<Record<string, Failover>>;
}
export type PolicyKind = keyof Catalogue;

export const catalogue: Catalogue = {
  placement: byName(everywhere, leaderAndStandbys),
  routing: byName(latency, primary),
  replication: byName<Replication>(
    asynchronous as unknown as Replication,
    multiPrimary as unknown as Replication,
    raft as unknown as Replication,
  ),
  consistency: byName(linearizable, local),
  conflict: byName(lastWriteWins, logOrder),
  failover: byName(automatic, consensus, manual, none),
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
