import type { Pattern } from "./pattern.js";

export const warmStandby: Pattern = {
  name: "warm-standby",
  about:
    "One region serves; a standby follows with a copy and three tenths of its instances, and boots the rest when promoted.",
  settings: {
    "placement.use": "leader-and-standbys",
    "replication.use": "async",
    "consistency.use": "local",
    "conflict.use": "none",
    "routing.use": "primary",
    "failover.use": "automatic",
    standby_instances: 0.3,
  },
};
