import type { Consistency, CopyView, Judgement } from "../contract/consistency.js";
import { flag } from "../options.js";

export const eventual: Consistency = {
  name: "eventual",
  about: "Answers a read from the copy of the region that was contacted, and from the nearest other copy on a miss.",
  costs: "A second way on a miss; what is shown may be old without a bound.",
  follows: "Vogels, Eventually Consistent (2009)",
  options: {
    absent: flag(
      true,
      "a key of which the copy has no version is a miss too, and not only a copy that has lost its data",
    ),
  },
  needs: () => ({}),
  gives: () => [],
  on: ({ absent }) => ({
    patience: 0,
    read: (copy: CopyView): Judgement => {
      const misses = copy.blank || (absent === true && !copy.hasKey);
      return misses && !copy.isHandedOn ? "ask-any" : "serve";
    },
  }),
};
