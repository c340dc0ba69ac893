import type { Pattern } from "./pattern.js";

export const activeActive: Pattern = {
  name: "active-active",
  about: "Every region holds a copy, serves reads and writes at full capacity, and takes over by routing alone.",
  settings: {
    "placement.use": "everywhere",
    "replication.use": "multi-primary",
    "consistency.use": "local",
    "conflict.use": "last-write-wins",
    "routing.use": "latency",
    "failover.use": "none",
    standby_instances: Number.POSITIVE_INFINITY,
  },
};
