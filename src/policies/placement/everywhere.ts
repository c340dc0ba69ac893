import type { Placement } from "../contract.js";

export const everywhere: Placement = {
  name: "everywhere",
  about: "Keeps a copy of every key in every region.",
  options: {},
  replicas: (regions) => Array.from({ length: regions }, (_, region) => region),
};
