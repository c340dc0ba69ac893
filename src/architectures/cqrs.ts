import type { Pattern } from "./pattern.js";

/** A thousand events a second and worker is an assumption: measure your own projection. */
export const cqrs: Pattern = {
  name: "cqrs",
  about:
    "Writes go to the primary's write model; a projection brings them to a read model in every region, its own included, and reads see nothing else.",
  costs: "Reads that lag by the projection, their own writer's included, and a second model to keep.",
  follows: "Young, CQRS Documents (2010)",
  settings: {
    "placement.use": "everywhere",
    "replication.use": "async",
    "consistency.use": "local",
    "conflict.use": "none",
    "routing.use": "latency",
    "failover.use": "automatic",
    misdirected: "forward",
    "storage.apply.rate": 1000,
    "storage.apply.own": true,
    standby_instances: Number.POSITIVE_INFINITY,
  },
};
