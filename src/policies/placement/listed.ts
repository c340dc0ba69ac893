import type { Placement } from "../contract.js";

export const listed: Placement = {
  name: "listed",
  about: "Keeps a copy of every key in the regions that the architecture lists under replicas.",
  options: {},
  replicas: (_regions, _primary, _standbys, named) => named,
};
