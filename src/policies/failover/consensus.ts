import type { Failover } from "../contract.js";

export const consensus: Failover = {
  name: "consensus",
  about: "Leaves it to the replicas to elect their leader; nobody orders anything.",
  options: {},
  on: () => ({ follows: true, leader: (view) => view.leader }),
};
