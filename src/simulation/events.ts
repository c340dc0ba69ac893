/** Kinds of events, small integers for the dispatcher's switch. */
export const ARRIVAL = 1;
export const REQUEST = 2;
export const SERVED = 3;
export const REPLY = 4;
export const CLIENT_TIMER = 5;
export const RESEND_REQUEST = 6;
export const RESEND_REPLY = 7;
export const DELIVER = 8;
export const LINK_FREE = 9;
export const STREAM_RETRY = 10;
export const STREAM_SHAPED = 11;
export const REPLICA_TIMER = 12;
export const PROBE = 13;
export const PROBE_ARRIVES = 14;
export const PROBE_ANSWERED = 15;
export const PROBE_TIMEOUT = 16;
export const REPORT = 17;
export const CONTROL_TIMER = 18;
export const PROMOTED = 19;
export const LEASE_TIMER = 20;
export const FAULT_BEGINS = 21;
export const FAULT_ENDS = 22;
export const BOOTED = 23;
export const SAMPLE = 24;
export const STATUS = 25;
export const SURGE_ARRIVAL = 26;
export const DISK_SYNCED = 27;
export const DISK_TIMER = 28;
export const COPY_WRITTEN = 29;
export const APPLIED = 30;
export const BACKUP = 31;
export const RESTORE = 32;
export const CRASH = 33;
export const CRASH_RESTART = 34;
export const COPY_READ = 35;
export const THOUGHT = 36;
export const TRACED = 37;
export const WAIT_OVER = 38;
export const DATAGRAM_ARRIVES = 39;
export const SCALE = 40;
export const PROJECTED = 41;
export const ORDER = 42;
export const LAUNCH = 43;

export const EVENT_NAMES: readonly string[] = [
  "none",
  "arrival",
  "request",
  "served",
  "reply",
  "client-timer",
  "resend-request",
  "resend-reply",
  "deliver",
  "link-free",
  "stream-retry",
  "stream-shaped",
  "replica-timer",
  "probe",
  "probe-arrives",
  "probe-answered",
  "probe-timeout",
  "report",
  "control-timer",
  "promoted",
  "lease-timer",
  "fault-begins",
  "fault-ends",
  "booted",
  "sample",
  "status",
  "surge-arrival",
  "disk-synced",
  "disk-timer",
  "copy-written",
  "applied",
  "backup",
  "restore",
  "crash",
  "crash-restart",
  "copy-read",
  "thought",
  "traced",
  "wait-over",
  "datagram-arrives",
  "scale",
  "projected",
  "order",
  "launch",
];
