import { lastWriteWins } from "./conflict/last-write-wins.js";
import { logOrder } from "./conflict/log-order.js";
import { linearizable } from "./consistency/linearizable.js";
import { local } from "./consistency/local.js";
import type { Conflict, Consistency, Failover, Placement, Replication, Routing } from "./contract.js";
import { automatic } from "./failover/automatic.js";
import { consensus } from "./failover/consensus.js";
import { manual } from "./failover/manual.js";
import { none } from "./failover/none.js";
import { everywhere } from "./placement/everywhere.js";
import { leaderAndStandbys } from "./placement/leader-and-standbys.js";
import { listed } from "./placement/listed.js";
import { asynchronous } from "./replication/async.js";
import { multiPrimary } from "./replication/multi-primary.js";
import { quorum } from "./replication/quorum.js";
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
  placement: byName(everywhere, leaderAndStandbys, listed),
  routing: byName(latency, primary),
  replication: byName<Replication>(
    asynchronous as unknown as Replication,
    multiPrimary as unknown as Replication,
    quorum as unknown as Replication,
    raft as unknown as Replication,
  ),
  consistency: byName(linearizable, local),
  conflict: byName(lastWriteWins, logOrder),
  failover: byName(automatic, consensus, manual, none),
};

function byName<T extends { readonly name: string }>(...members: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(members.map((member) => [member.name, member]));
}

/** The policy of that kind and name; compile has checked that it exists. */
export function choose<K extends PolicyKind>(kind: K, name: string): Catalogue[K][string] {
  const policy = Object.hasOwn(catalogue[kind], name) ? catalogue[kind][name] : undefined;
  if (policy === undefined) throw new Error(`there is no ${kind} policy "${name}"`);
  return policy as Catalogue[K][string];
}
