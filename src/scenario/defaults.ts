import { DAY, MILLISECOND, MINUTE, SECOND } from "../units/time.js";
import type { SettingValue } from "./settings.js";

/**
 * What holds where a scenario says nothing, by the path in the file, in base units. Sources: health checks, thresholds
 * and TTLs as managed DNS products ship them (10 s "fast" interval, 3 misses, 60 s TTL); managed databases archive their
 * logs every 5 minutes and keep backups for a week; TCP's first retransmission
 * time-out 200 ms doubling up to 120 s; TLS 1.3 over TCP costs two round trips; 80 % of the Internet's networks follow an
 * anycast route within about 10 s (An Empirical Characterization of Anycast Convergence Time, ANRW 2024), and the long
 * tail of the others is not modelled. Boot times, last mile, promotion and the speed of a restore are assumptions:
 * measure your own.
 */
export const SCENARIO_DEFAULTS: Readonly<Record<string, SettingValue>> = {
  start: 0,
  "topology.latency": "aws-2024-04",
  "topology.slow_share": 0.3,
  "topology.dwell": MINUTE,
  "topology.bandwidth": 1_250_000_000,
  "topology.window": 4_000_000,
  "topology.loss": 0,
  "topology.retransmit": [200 * MILLISECOND, 120 * SECOND],
  "topology.stream_timeout": 30 * SECOND,
  "access.last_mile": 12 * MILLISECOND,
  "access.last_mile_p99": 60 * MILLISECOND,
  "access.stretch": 1.7,
  "client.deadline": 3 * SECOND,
  "client.timeout": SECOND,
  "client.retries.attempts": 3,
  "client.retries.backoff": [100 * MILLISECOND, 2 * SECOND],
  "client.retries.budget": 0.1,
  "client.handshakes": 2,
  "client.keep_alive": MINUTE,
  "client.pinned": 0,
  "client.roaming": 0,
  "client.hedge.after": Number.POSITIVE_INFINITY,
  "client.hedge.budget": 0.05,
  "client.circuit_breaker.failures": Number.POSITIVE_INFINITY,
  "client.circuit_breaker.of": 20,
  "client.circuit_breaker.open_for": 10 * SECOND,
  "data.request": 1000,
  "data.size": 500_000_000_000,
  "data.shards": 16,
};

/** For each class of data. */
export const DATA_CLASS_DEFAULTS: Readonly<Record<string, SettingValue>> = {
  holds: "register",
  keys: 100_000,
  "popularity.zipf": 0.99,
  value: 2000,
  deletes: 0,
  decrements: 0,
  compare_and_set: 0,
  inserts: 0,
  scan: 1,
};

/** For each region. */
export const REGION_DEFAULTS: Readonly<Record<string, SettingValue>> = {
  instances: 4,
  workers: 8,
  service_time: 50 * MILLISECOND,
  service: "exponential",
  queue: 1000,
  copy_zone: "any",
  tier: "core",
};

/** For the users of each place. */
export const USER_DEFAULTS: Readonly<Record<string, SettingValue>> = {
  reads: 0.7,
  sessions: 1000,
  shape: "daily",
  peak: 10,
  swing: 0.6,
};

/** By type of request; assumptions, as are all figures of a load that nobody has measured. */
export const REQUEST_DEFAULTS: Readonly<Record<string, Readonly<Record<string, SettingValue>>>> = {
  "real-time": { work: 1, priority: "normal" },
  batch: { work: 10, deadline: MINUTE, timeout: 20 * SECOND, priority: "low" },
  static: { work: 0.2, reads: 1, answer: 50_000, priority: "normal" },
};

/** Zones of a region that no catalogue knows. */
export const DEFAULT_ZONES = 3;

/** Pending events beyond which a run is given up. */
export const PENDING_LIMIT = 2_000_000;

/** By path, for what an architecture leaves out and its pattern does not say. */
export const ARCHITECTURE_DEFAULTS: Readonly<Record<string, SettingValue>> = {
  "placement.use": "everywhere",
  "replication.use": "multi-primary",
  "consistency.use": "local",
  "conflict.use": "last-write-wins",
  "routing.use": "latency",
  "failover.use": "none",
  "scaling.use": "fixed",
  "caching.use": "none",
  misdirected: "redirect",
  read_work: 1,
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
  "cold_cache.slowdown": 1,
  "cold_cache.warm_up": 10 * MINUTE,
  "health.interval": 10 * SECOND,
  "health.timeout": 4 * SECOND,
  "health.threshold": 3,
  "health.recovery": 3,
  "health.healthy_share": 0.5,
  "storage.sync": "each-commit",
  "storage.every": SECOND,
  "storage.fsync": 0,
  "storage.bandwidth": Number.POSITIVE_INFINITY,
  "overload.shed_after": Number.POSITIVE_INFINITY,
  "overload.propagate_deadlines": false,
  "overload.discipline": "fifo",
  "storage.apply.rate": Number.POSITIVE_INFINITY,
  "storage.apply.workers": 1,
  "storage.apply.own": false,
  "backups.interval": Number.POSITIVE_INFINITY,
  "backups.point_in_time": 5 * MINUTE,
  "backups.restore": 250_000_000,
  "backups.replay": 10_000,
  "backups.retention": 7 * DAY,
  "backups.respond": 15 * MINUTE,
  "transfer.compression": 1,
  "transfer.compression_rate": 500_000_000,
  "transfer.connections": "kept",
  "dns.mode": "dns",
  "dns.convergence": 10 * SECOND,
  "dns.ttl": MINUTE,
  "dns.update": 5 * SECOND,
  "dns.resolvers": 50,
};
