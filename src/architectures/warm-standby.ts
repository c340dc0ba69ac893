import type { Pattern } from "./pattern.js";

export const warmStandby: Pattern = {
  name: "warm-standby",
  about:
    "One region serves; a standby follows with a copy and three tenths of its instances, and boots the rest when promoted.",
  costs: "A shorter boot than a pilot light's, and the unreplicated tail; in good times three tenths of a fleet.",
  follows: "AWS, Disaster Recovery of Workloads on AWS (2021), warm standby",
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
