import type { Placement } from "../contract.js";

export const leaderAndStandbys: Placement = {
  name: "leader-and-standbys",
  about: "Keeps a copy of every key in the primary region and in each standby, and nowhere else.",
  costs: "Storage in each standby, and the transfer of each write to it.",
  follows: "Amazon Aurora Global Database: a primary region and its secondaries",
  options: {},
  replicas: (_regions, primary, standbys) => [primary, ...standbys].toSorted((a, b) => a - b),
};
