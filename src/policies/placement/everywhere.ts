import type { Placement } from "../contract.js";

export const everywhere: Placement = {
  name: "everywhere",
  about: "Keeps a copy of every key in every region.",
  costs: "Storage in every region, and the transfer of each write to all of them.",
  follows: "the global tables of Amazon DynamoDB: each region a copy",
  options: {},
  replicas: (regions) => Array.from({ length: regions }, (_, region) => region),
};
