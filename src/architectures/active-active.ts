import type { Pattern } from "./pattern.js";

export const activeActive: Pattern = {
  name: "active-active",
  about: "Every region holds a copy, serves reads and writes at full capacity, and takes over by routing alone.",
  costs: "A full fleet and a copy in every region, and concurrent writes that overwrite each other.",
  follows: "AWS, Disaster Recovery of Workloads on AWS (2021), multi-site active/active",
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
