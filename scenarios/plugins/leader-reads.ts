import type { Consistency } from "faultline/policy";

export default {
  name: "leader-reads",
  about: "Sends every read to the leader: never older than what the leader has accepted.",
  options: {},
  judge: () => "ask-leader",
} satisfies Consistency;
