/** Contract suites for policies of a user's own: each takes a policy and gives plain findings, whatever runs the tests. */
export { checkCaching, type CachingOptions } from "./testing/caching.js";
export { checkConflict, type ConflictOptions } from "./testing/conflict.js";
export { checkConsistency, type ConsistencyOptions } from "./testing/consistency.js";
export { checkFailover, type FailoverOptions } from "./testing/failover.js";
export { checkPlacement, type PlacementOptions } from "./testing/placement.js";
export { checkReplication, type ReplicationClaims, type ReplicationOptions } from "./testing/replication.js";
export { checkRouting, type RoutingOptions } from "./testing/routing.js";
export { checkScaling, type ScalingOptions } from "./testing/scaling.js";
export { type Finding, inWords, type Range, type Report } from "./testing/report.js";
