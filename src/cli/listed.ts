/** What `faultline list` prints a table of. */
export const LISTS = [
  "regions",
  "places",
  "policies",
  "patterns",
  "faults",
  "time-laws",
  "scenarios",
  "latency-tables",
  "checkers",
  "dangers",
  "metrics",
] as const;

/** Whole documents, as they stand in docs/. */
export const PAGES = ["schema", "fault-reference", "policy-reference", "price-books"] as const;
