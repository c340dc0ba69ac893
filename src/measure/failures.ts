import type { MetricFacts } from "./catalogue.js";

const failure = (cause: string, title: string, about: string): MetricFacts => ({
  name: `failed_${cause}`,
  title: `Failures: ${title}`,
  unit: "count",
  better: "lower",
  about: `Operations that failed because ${about}.`,
});

/** Why operations failed: one metric a cause. */
export const FAILURES: readonly MetricFacts[] = [
  failure("timeout", "time-out", "no answer came in time and nothing below explains it"),
  failure("refused", "refused", "the connection was reset, or nobody serves there"),
  failure("stale_dns", "stale DNS", "a cached answer led to a region that the name servers had given up"),
  failure(
    "overload",
    "overload",
    "a full queue shed them, or they still waited for a worker or for the copy's disk when time was up",
  ),
  failure("unreachable", "unreachable", "the region was down, or no message could reach it"),
  failure("not_primary", "not primary", "the region contacted does not lead"),
  failure("error", "error", "the region answered by an error: a grey failure, or a copy whose host is dead"),
  failure("unresolved", "unresolved", "the name of the service resolved to nothing"),
  failure("circuit_open", "circuit open", "the client's circuit breaker was open: nothing was sent"),
  failure("no_quorum", "no quorum", "too few replicas answered the one that was asked, or had not when time was up"),
  failure("too_stale", "too stale", "the copy lacked what they had to see, and nobody else was to be asked in time"),
  failure("residency", "residency", "their data may be nowhere that could be asked"),
  failure("data_missing", "data missing", "somebody had deleted what they asked for"),
  failure("fenced", "fenced", "the primary was kept from writing, by a fence, an expired lease or a switchover"),
];
