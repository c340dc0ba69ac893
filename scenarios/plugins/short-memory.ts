import { type Caching, count, duration, numberOption } from "faultline/policy";

export default {
  name: "short-memory",
  about: "Answers static requests again for a moment, whatever has been written since.",
  options: {
    lifetime: duration(5_000_000, "for which an answer may be given again", { above: 0 }),
    entries: count(5_000, "answers that a site keeps", { least: 1 }),
  },
  on: (options) => ({
    lifetime: numberOption(options, "lifetime"),
    size: numberOption(options, "entries"),
    evicts: "unused",
    invalidates: false,
    admits: (type) => type === "static",
  }),
} satisfies Caching;
