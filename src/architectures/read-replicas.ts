import type { Pattern } from "./pattern.js";

export const readReplicas: Pattern = {
  name: "read-replicas",
  about: "Every region holds a copy and answers reads from it, however old; writes are handed on to the one primary.",
  costs: "Reads that may be old, and the way to the primary for each write.",
  follows: "Amazon Aurora Global Database with write forwarding",
  settings: {
    "placement.use": "everywhere",
    "replication.use": "async",
    "consistency.use": "local",
    "conflict.use": "none",
    "routing.use": "latency",
    "failover.use": "automatic",
    misdirected: "forward",
    standby_instances: Number.POSITIVE_INFINITY,
  },
};
