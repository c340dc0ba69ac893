import type { Placement } from "../contract.js";

export const leaderOnly: Placement = {
  name: "leader-only",
  about: "Keeps the only copy of every key in the primary region.",
  options: {},
  replicas: (_regions, primary) => [primary],
};
