import type { Consistency } from "../contract/consistency.js";

export const local: Consistency = {
  name: "local",
  about: "Answers a read from the copy of the region that was contacted, however old it is.",
  options: {},
  needs: () => ({}),
  gives: () => [],
};
