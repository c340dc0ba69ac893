import type { Consistency } from "../contract/consistency.js";

export const local: Consistency = {
  name: "local",
  about: "Answers a read from the copy of the region that was contacted, however old it is.",
  costs: "What is shown may be as old as the copy is behind, without a bound.",
  follows: "the read level LOCAL_ONE of Apache Cassandra",
  options: {},
  needs: () => ({}),
  gives: () => [],
};
