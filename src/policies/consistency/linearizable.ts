import type { Consistency } from "../contract.js";

export const linearizable: Consistency = {
  name: "linearizable",
  about: "Answers a read with the latest version there is, as the replication can prove it.",
  options: {},
  judge: () => "confirm",
};
