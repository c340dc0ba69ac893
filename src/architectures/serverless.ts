import type { Pattern } from "./pattern.js";

const MILLISECOND = 1000;

/** Cold starts from a tenth of a second to a second and more, as AWS says of Lambda; the median is an assumption. */
export const serverless: Pattern = {
  name: "serverless",
  about:
    "Every region holds a copy and serves reads and writes; no server runs until a request comes, and none stays idle for long.",
  costs: "Cold starts, and a price a request instead of one an hour.",
  follows: "Jonas and others, Cloud Programming Simplified: A Berkeley View on Serverless Computing (2019)",
  settings: {
    "placement.use": "everywhere",
    "replication.use": "multi-primary",
    "consistency.use": "local",
    "conflict.use": "last-write-wins",
    "routing.use": "latency",
    "failover.use": "none",
    "scaling.use": "on-demand",
    "boot.median": 400 * MILLISECOND,
    "boot.p99": 1500 * MILLISECOND,
  },
};
