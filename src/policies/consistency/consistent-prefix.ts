import type { Consistency } from "../contract/consistency.js";

export const consistentPrefix: Consistency = {
  name: "consistent-prefix",
  about: "Answers a read from the copy that was contacted: what it shows was once the state of everything.",
  costs: "What is shown may be old without a bound.",
  follows: "Terry, Replicated Data Consistency Explained Through Baseball (2013)",
  options: {},
  needs: () => ({ oneOrder: true, oneLeader: true, together: true }),
  gives: () => ["consistent-prefix"],
};
