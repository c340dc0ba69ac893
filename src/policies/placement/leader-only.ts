import type { Placement } from "../contract.js";

export const leaderOnly: Placement = {
  name: "leader-only",
  about: "Keeps the only copy of every key in the primary region.",
  costs: "All service, and perhaps all data, when the one region is lost.",
  follows: "AWS, Disaster Recovery of Workloads on AWS (2021): what its ladder begins below",
  options: {},
  replicas: (_regions, primary) => [primary],
};
