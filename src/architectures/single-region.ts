import type { Pattern } from "./pattern.js";

export const singleRegion: Pattern = {
  name: "single-region",
  about: "One region holds the only copy and serves everybody; when it is gone, so is the service.",
  costs: "All service when the region is lost, and a long way for users far from it.",
  follows: "AWS, Disaster Recovery of Workloads on AWS (2021): what its ladder begins below",
  settings: {
    "placement.use": "leader-only",
    "replication.use": "async",
    "consistency.use": "local",
    "conflict.use": "none",
    "routing.use": "primary",
    "failover.use": "none",
  },
};
