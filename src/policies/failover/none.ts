import type { Failover } from "../contract.js";

export const none: Failover = {
  name: "none",
  about: "Never changes who leads.",
  costs: "When the leader is lost nobody writes until it is back.",
  options: {},
  on: () => ({ leader: (view) => view.leader }),
};
