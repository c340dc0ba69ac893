import type { Caching } from "../contract/caching.js";
import { duration, numberOption } from "../options.js";
import { COMMON, common } from "./rules.js";

export const ttl: Caching = {
  name: "ttl",
  about: "Answers again for a fixed time what a site was answered once; when there is no room the oldest goes.",
  costs:
    "Stale hits for as long as the lifetime, unless invalidation comes first; letters for each write where it is sent.",
  follows: "RFC 9111, HTTP Caching (2022), freshness",
  options: {
    lifetime: duration(60_000_000, "from when it was stored; a hit does not prolong it", { above: 0 }),
    ...COMMON,
  },
  on: (options) => ({ ...common(options), lifetime: numberOption(options, "lifetime"), evicts: "oldest" }),
};
