import type { Pattern } from "./pattern.js";

export const edgeHierarchy: Pattern = {
  name: "edge-hierarchy",
  about:
    "Core and regional sites hold copies, edge sites only a cache; where a request goes follows from its type and size, and what the edge cannot answer goes to its parent.",
  costs: "Stale hits at the edge, and a way up for what it does not know.",
  follows: "Satyanarayanan and others, The Case for VM-Based Cloudlets in Mobile Computing (2009)",
  settings: {
    "placement.use": "listed",
    "replication.use": "multi-primary",
    "consistency.use": "local",
    "conflict.use": "last-write-wins",
    "routing.use": "compute-location",
    "routing.content": "edge",
    "failover.use": "none",
    "caching.use": "ttl",
    "caching.invalidation": true,
    standby_instances: Number.POSITIVE_INFINITY,
  },
};
