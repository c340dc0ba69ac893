import { MILLISECOND, MINUTE, SECOND } from "../units/time.js";

/**
 * What holds where a scenario says nothing. Sources: health checks, thresholds and TTLs as managed DNS products ship
 * them (10 s "fast" interval, 3 misses, 60 s TTL); TCP's first retransmission time-out 200 ms doubling up to 120 s;
 * TLS 1.3 over TCP costs two round trips. Boot times, last mile and promotion are assumptions: measure your own.
 */
export const SCENARIO_DEFAULTS = {
  startOfDay: 0,
  latency: "aws-2024-04",
  slowShare: 0.3,
  dwell: MINUTE,
  bandwidth: 1_250_000_000,
  window: 4_000_000,
  loss: 0,
  retransmit: [200 * MILLISECOND, 120 * SECOND],
  streamTimeout: 30 * SECOND,
  region: { instances: 4, workers: 8, serviceTime: 50 * MILLISECOND, service: "exponential", queue: 1000 },
  access: { lastMile: 12 * MILLISECOND, lastMileP99: 60 * MILLISECOND, stretch: 1.7 },
  user: { reads: 0.7, sessions: 1000, shape: "daily", peak: 10, swing: 0.6 },
  client: {
    deadline: 3 * SECOND,
    timeout: SECOND,
    attempts: 3,
    backoff: [100 * MILLISECOND, 2 * SECOND],
    budget: 0.1,
    handshakes: 2,
    keepAlive: MINUTE,
    pinned: 0,
  },
  data: { keys: 100_000, zipf: 0.99, value: 2000, request: 1000, size: 500_000_000_000, shards: 16 },
  pendingLimit: 2_000_000,
} as const;

/** By path, for what an architecture leaves out and its pattern does not say. */
export const ARCHITECTURE_DEFAULTS: Readonly<Record<string, number | string | boolean>> = {
  "placement.use": "everywhere",
  "replication.use": "multi-primary",
  "consistency.use": "local",
  "conflict.use": "last-write-wins",
  "routing.use": "latency",
  "failover.use": "none",
  "failover.verify": 5 * SECOND,
  "failover.fencing": "lease",
  "failover.fence_timeout": 10 * SECOND,
  "failover.on_unknown": "promote",
  "failover.lease": 10 * SECOND,
  "failover.clock_margin": SECOND,
  "failover.promotion": 15 * SECOND,
  "failover.failback": Number.POSITIVE_INFINITY,
  standby_instances: Number.POSITIVE_INFINITY,
  "boot.median": 3 * MINUTE,
  "boot.p99": 8 * MINUTE,
  "health.interval": 10 * SECOND,
  "health.timeout": 4 * SECOND,
  "health.threshold": 3,
  "health.recovery": 3,
  "health.healthy_share": 0.5,
  "dns.ttl": MINUTE,
  "dns.update": 5 * SECOND,
  "dns.resolvers": 50,
};
