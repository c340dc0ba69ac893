import type { Pattern } from "./pattern.js";

export const followTheSun: Pattern = {
  name: "follow-the-sun",
  about:
    "Every region holds a copy; the one where it is day leads, and hands over to the next by plan, losing nothing.",
  costs: "A copy in every region, and a pause of writes at each hand-over.",
  follows: "Cooper and others, PNUTS (2008), which moves a record's master to its users",
  settings: {
    "placement.use": "everywhere",
    "replication.use": "async",
    "consistency.use": "local",
    "conflict.use": "none",
    "routing.use": "primary",
    "failover.use": "follow-the-sun",
    standby_instances: Number.POSITIVE_INFINITY,
  },
};
