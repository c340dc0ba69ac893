import type { Caching } from "../contract/caching.js";
import { forever, numberOption } from "../options.js";
import { COMMON, common } from "./rules.js";

export const lru: Caching = {
  name: "lru",
  about: "Keeps what was asked for last: when there is no room, what nobody has asked for longest goes.",
  costs: "Stale hits for as long as an entry stays wanted, unless invalidation comes first.",
  follows: "Mattson and others, Evaluation Techniques for Storage Hierarchies (1970)",
  options: { lifetime: forever(Number.POSITIVE_INFINITY, "from when it was stored, at most", { above: 0 }), ...COMMON },
  on: (options) => ({ ...common(options), lifetime: numberOption(options, "lifetime"), evicts: "unused" }),
};
