import type { Placement } from "../contract.js";

export const leaderAndRecovery: Placement = {
  name: "leader-and-recovery",
  about: "Keeps the only copy in the primary region; a standby is an empty site until a backup is restored into it.",
  costs: "The time of a restore, and what was written since the last backup.",
  follows: "AWS, Disaster Recovery of Workloads on AWS (2021), backup and restore",
  options: {},
  replicas: (_regions, primary, standbys) => [primary, ...standbys].toSorted((a, b) => a - b),
  waiting: (standbys) => standbys,
};
