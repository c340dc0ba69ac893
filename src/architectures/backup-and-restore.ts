import type { Pattern } from "./pattern.js";

const DAY = 86_400_000_000;

export const backupAndRestore: Pattern = {
  name: "backup-and-restore",
  about: "One region serves; another has its backups, into which people restore them and boot a fleet when it is gone.",
  costs: "Hours without service, and what was written since the last backup; in good times next to nothing.",
  follows: "AWS, Disaster Recovery of Workloads on AWS (2021), backup and restore",
  settings: {
    "placement.use": "leader-and-recovery",
    "replication.use": "async",
    "consistency.use": "local",
    "conflict.use": "none",
    "routing.use": "primary",
    "failover.use": "automatic",
    "backups.interval": DAY,
    standby_instances: 0,
  },
};
