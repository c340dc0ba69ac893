import type { Failover } from "../contract.js";

export const none: Failover = {
  name: "none",
  about: "Never changes who leads.",
  options: {},
  on: () => ({ leader: (view) => view.leader }),
};
