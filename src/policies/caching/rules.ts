import type { CacheRules } from "../contract/caching.js";
import { type OptionValues, type Options, choice, count, flag, numberOption } from "../options.js";

/** What every cache has to be told. */
export const COMMON: Options = {
  entries: count(10_000, "answers that one site keeps", { least: 1, most: 20_000_000 }),
  invalidation: flag(false, "whether whoever does a write tells all other sites, which then drop what they have of it"),
  answers: choice(["everything", "static"], "the requests that it answers: all reads, or static content alone (a CDN)"),
};

export const common = (options: OptionValues): Pick<CacheRules, "size" | "invalidates" | "admits"> => ({
  size: numberOption(options, "entries"),
  invalidates: options["invalidation"] === true,
  admits: (type) => options["answers"] === "everything" || type === "static",
});
