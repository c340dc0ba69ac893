import type { Caching } from "../contract/caching.js";

export const none: Caching = {
  name: "none",
  about: "Keeps nothing: every read is answered by a copy.",
  costs: "The way to a copy for every read.",
  options: {},
};
