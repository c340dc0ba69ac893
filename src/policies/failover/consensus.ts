import type { Failover } from "../contract.js";

export const consensus: Failover = {
  name: "consensus",
  about: "Leaves it to the replicas to elect their leader; nobody orders anything.",
  costs: "No writes from the leader's loss until an election is won.",
  follows: "Ongaro and Ousterhout, In Search of an Understandable Consensus Algorithm (2014)",
  options: {},
  on: () => ({ follows: true, leader: (view) => view.leader }),
};
