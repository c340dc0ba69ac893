import type { Pattern } from "./pattern.js";

export const pilotLight: Pattern = {
  name: "pilot-light",
  about: "One region serves; a standby follows with a copy and one instance, and boots the rest when it is promoted.",
  costs: "The boot of a fleet, under overload, and the unreplicated tail; in good times a copy and one instance.",
  follows: "AWS, Disaster Recovery of Workloads on AWS (2021), pilot light",
  settings: {
    "placement.use": "leader-and-standbys",
    "replication.use": "async",
    "consistency.use": "local",
    "conflict.use": "none",
    "routing.use": "primary",
    "failover.use": "automatic",
    standby_instances: 1,
  },
};
