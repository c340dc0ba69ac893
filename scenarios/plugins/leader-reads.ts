import type { Consistency } from "faultline/policy";

export default {
  name: "leader-reads",
  about: "Sends every read to the leader, and asks nobody whether it still leads.",
  options: {},
  needs: () => ({ oneOrder: true, leader: true }),
  gives: () => [],
  on: () => ({ patience: 0, read: (copy) => (copy.leads ? "serve" : "ask-leader") }),
} satisfies Consistency;
