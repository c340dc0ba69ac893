import { type PolicyKind, catalogue } from "../policies/catalogue.js";
import type { PolicyFacts } from "../policies/contract.js";

/** Architectures that a policy may be tried in, as lines of a scenario file. What the suite is about stands apart. */

/** One primary and two standbys with copies; everybody asks the nearest region. */
export const onePrimary = (replication: string, consistency: string, failover: string): string => `
    primary: us-east-1
    standbys: [eu-west-1, ap-southeast-1]
    standby_instances: full
    placement: everywhere
    replication: ${replication}
    consistency: ${consistency}
    conflict: none
    routing: latency
    misdirected: forward
    failover: ${failover}
`;

/** Every region accepts writes. */
export const everyRegion = (replication: string, consistency: string, conflict: string): string => `
    placement: everywhere
    replication: ${replication}
    consistency: ${consistency}
    conflict: ${conflict}
    routing: latency
    failover: none
`;

/** The copies elect their leader. */
export const elected = (replication: string, consistency: string): string => `
    primary: us-east-1
    placement: everywhere
    replication: ${replication}
    consistency: ${consistency}
    conflict: none
    routing: latency
    misdirected: forward
    failover: consensus
`;

/** Old primaries have stopped before there is another one. */
export const LEASED = "{use: automatic, fencing: lease, lease: 5s, promotion: 2s, verify: 1s}";

/** A policy with settings, as in a scenario file. */
export const chosen = (name: string, settings = ""): string => (settings === "" ? name : `{use: ${name}, ${settings}}`);

/** Whether a scenario knows the policy by its name already: then it must not be given again. */
export const isBundled = (kind: PolicyKind, policy: PolicyFacts): boolean =>
  Object.hasOwn(catalogue[kind], policy.name) && (catalogue[kind][policy.name] as PolicyFacts) === policy;
