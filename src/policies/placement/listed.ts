import type { Placement } from "../contract.js";

export const listed: Placement = {
  name: "listed",
  about: "Keeps a copy of every key in the regions that the architecture lists under replicas.",
  costs: "Storage in the regions listed, and a longer way for users of the others.",
  follows: "the replica locations of Google Spanner's instance configurations",
  options: {},
  replicas: (_regions, _primary, _standbys, named) => named,
};
