import type { Pattern } from "./pattern.js";

export const activePassive: Pattern = {
  name: "active-passive",
  about: "One region serves; a standby of full size follows with a copy, and takes over when the primary looks dead.",
  costs: "A second fleet that serves nobody in good times, and the unreplicated tail.",
  follows: "AWS, Disaster Recovery of Workloads on AWS (2021), hot standby",
  settings: {
    "placement.use": "leader-and-standbys",
    "replication.use": "async",
    "consistency.use": "local",
    "conflict.use": "none",
    "routing.use": "primary",
    "failover.use": "automatic",
    standby_instances: Number.POSITIVE_INFINITY,
  },
};
