import { metricFacts } from "../measure/catalogue.js";
import { estimate, halfWidth } from "../measure/statistics.js";
import { formatEstimate } from "../report/numbers.js";
import { judged, promised, seen } from "../report/promises.js";
import { type ExpectedMetric, expectations } from "../scenario/expectations.js";
import type { Scenario } from "../scenario/scenario.js";
import type { Outcome } from "../simulation/outcome.js";
import { columns, count } from "./layout.js";

/** What people ask first; of the rest what differs from nothing. */
const FIRST = [
  "availability",
  "worst_place_availability",
  "rto_seconds",
  "rpo_seconds",
  "lost_acknowledged_writes",
  "failovers",
  "user_request_latency_ms_p99",
];
const ALSO = ["split_brain_writes", "archived_writes", "unavailable_writes"];

/** What became of the service, beside what would have become of it without: the same seeds, in their order. */
export function verdict(withIt: readonly Outcome[], without: readonly Outcome[], scenario: Scenario): string[] {
  const names = Object.keys(withIt[0]!.summary).filter(
    (name) =>
      FIRST.includes(name) || ((ALSO.includes(name) || name.startsWith("failed_")) && differs(name, withIt, without)),
  );
  const ordered = [...FIRST.filter((name) => names.includes(name)), ...names.filter((name) => !FIRST.includes(name))];
  const rows = ordered.map((name) => [metricFacts(name)?.title ?? name, shown(name, withIt), shown(name, without)]);
  return [...columns(["", "with it", "without it"], rows), ...promises(withIt, scenario)];
}

const valuesOf = (name: string, outcomes: readonly Outcome[]): (number | null)[] =>
  outcomes.map(({ summary }) => summary[name] ?? null);

const differs = (name: string, ...runs: readonly (readonly Outcome[])[]): boolean =>
  runs.some((outcomes) => valuesOf(name, outcomes).some((value) => value !== null && value > 0));

function shown(name: string, outcomes: readonly Outcome[]): string {
  const { unit } = metricFacts(name) ?? { unit: "count" as const };
  const found = estimate(valuesOf(name, outcomes));
  if (found.mean === null) return "–";
  const absent = found.censored === 0 ? "" : ` (${found.censored} of ${outcomes.length} never)`;
  return `${formatEstimate(found.mean, halfWidth(found), unit)}${absent}`;
}

/** What the scenario promises of this architecture alone, judged on the runs with the fault. */
function promises(outcomes: readonly Outcome[], scenario: Scenario): string[] {
  const [{ architecture }] = outcomes as readonly [Outcome, ...Outcome[]];
  const expected = expectations(scenario).filter(
    (each): each is ExpectedMetric =>
      each.kind === "metric" && each.architecture === architecture && each.against === null,
  );
  if (expected.length === 0) return ["The scenario expects nothing of this architecture (`expect:`)."];
  const seeds = outcomes.map(({ seed }) => seed);
  const found = judged(expected, seeds, (name, metric) =>
    name === architecture ? valuesOf(metric, outcomes) : undefined,
  );
  const broken = found.filter(({ kept }) => !kept);
  return [
    `Of ${count(found.length, "expectation", "expectations")} ${found.length - broken.length} ${found.length - broken.length === 1 ? "holds" : "hold"}.`,
    ...broken.map((each) => `  ${each.verdict}: ${promised(each)}, and it is ${seen(each)}`),
  ];
}
