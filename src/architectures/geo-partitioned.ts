import type { Pattern } from "./pattern.js";

export const geoPartitioned: Pattern = {
  name: "geo-partitioned",
  about:
    "The keys of each place's users live, and are led, in the region nearest to them; other regions hand requests on.",
  costs: "A longer way for users who travel; the loss of a home stops the users of its place until its failover.",
  follows: "the regional rows of CockroachDB",
  settings: {
    "placement.use": "geo-partitioned",
    "replication.use": "async",
    "consistency.use": "local",
    "conflict.use": "none",
    "routing.use": "latency",
    "failover.use": "automatic",
    misdirected: "forward",
    standby_instances: Number.POSITIVE_INFINITY,
  },
};
