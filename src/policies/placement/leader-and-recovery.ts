import type { Placement } from "../contract.js";

export const leaderAndRecovery: Placement = {
  name: "leader-and-recovery",
  about: "Keeps the only copy in the primary region; a standby is an empty site until a backup is restored into it.",
  options: {},
  replicas: (_regions, primary, standbys) => [primary, ...standbys].toSorted((a, b) => a - b),
  waiting: (standbys) => standbys,
};
