import { metricFacts } from "../measure/catalogue.js";
import { estimate, halfWidth, pairedDifference } from "../measure/statistics.js";
import { formatEstimate } from "../report/numbers.js";
import { judged, promised, seen } from "../report/promises.js";
import { type ExpectedMetric, expectations } from "../scenario/expectations.js";
import type { Scenario } from "../scenario/scenario.js";
import type { Outcome } from "../simulation/outcome.js";
import type { FaultPlan, Plan } from "../simulation/plan.js";
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

/** What is judged: a fault in a plan, by what the scenario expects. */
export interface Tested {
  readonly plan: Plan;
  readonly fault: FaultPlan;
  readonly scenario: Scenario;
}

export interface Verdict {
  readonly lines: readonly string[];
  /** Of what the scenario expects of this architecture; kept where it expects nothing. */
  readonly worst: "kept" | "broken" | "undecided";
}

/** What became of the service, beside what would have become of it without: the same seeds, in their order. */
export function verdict(
  { plan, fault, scenario }: Tested,
  withIt: readonly Outcome[],
  without: readonly Outcome[],
): Verdict {
  const names = Object.keys(withIt[0]!.summary).filter(
    (name) =>
      FIRST.includes(name) || ((ALSO.includes(name) || name.startsWith("failed_")) && differs(name, withIt, without)),
  );
  const ordered = [...FIRST.filter((name) => names.includes(name)), ...names.filter((name) => !FIRST.includes(name))];
  const rows = ordered.map((name) => [metricFacts(name)?.title ?? name, shown(name, withIt), shown(name, without)]);
  const { lines, worst } = promises(withIt, scenario);
  return {
    lines: [
      ...columns(["", "with it", "without it"], rows),
      `Verdict: ${harm(withIt, without)}.`,
      ...controlPlane(plan, fault),
      ...lines,
    ],
    worst,
  };
}

/** In a sentence: who was not served, until when, and what is gone. */
function harm(withIt: readonly Outcome[], without: readonly Outcome[]): string {
  const lost = estimate(valuesOf("lost_acknowledged_writes", withIt)).mean ?? 0;
  const gone =
    lost === 0
      ? "no acknowledged write is lost"
      : `acknowledged writes are lost: ${shown("lost_acknowledged_writes", withIt)}`;
  const failed = (outcomes: readonly Outcome[]) => valuesOf("failed_operations", outcomes);
  const more = pairedDifference(failed(withIt), failed(without));
  if ((more.mean ?? 0) <= 0) return `nobody is served worse than without it, and ${gone}`;
  const never = withIt.filter(({ summary }) => summary["rto_seconds"] === null).length;
  const seeds = withIt.length === 1 ? "" : ` in ${never} of ${withIt.length} seeds`;
  const back =
    never > 0
      ? `some users are not served again by the end of the run${seeds}`
      : `all users are served again after ${shown("rto_seconds", withIt)}`;
  return `operations that fail with it alone: ${formatEstimate(more.mean!, halfWidth(more), "count")}; ${back}, and ${gone}`;
}

/** A fault that takes the control plane with it is worse than it looks: nobody is left to do anything about it. */
function controlPlane(
  { regions, places, health: { controller } }: Plan,
  { regions: struck, links, hardships }: FaultPlan,
): string[] {
  const isDark = hardships.region?.dark === true && struck.includes(controller);
  const others = regions.flatMap((_, id) => (id === controller ? [] : [id]));
  const sites = regions.length + places.length;
  const isAlone = hardships.link?.cut === true && others.every((id) => links.includes(id * sites + controller));
  if (!isDark && !isAlone) return [];
  const { name } = regions[controller]!;
  const what = isDark
    ? "which this takes down: nobody fails over, and no lease is renewed, until it is back"
    : "which this cuts off: it hears of no other region, and takes all of them to be down";
  return [`The control plane lives in ${name}, ${what}. \`health: {controller: REGION}\` has it live elsewhere.`];
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
function promises(outcomes: readonly Outcome[], scenario: Scenario): Verdict {
  const [{ architecture, summary }] = outcomes as readonly [Outcome, ...Outcome[]];
  const expected = expectations(scenario).filter(
    (each): each is ExpectedMetric =>
      each.kind === "metric" &&
      each.architecture === architecture &&
      each.against === null &&
      // In a session nobody has asked for prices.
      summary[each.metric] !== undefined,
  );
  if (expected.length === 0)
    return { lines: ["The scenario expects nothing of this architecture (`expect:`)."], worst: "kept" };
  const seeds = outcomes.map(({ seed }) => seed);
  const found = judged(expected, seeds, (name, metric) =>
    name === architecture ? valuesOf(metric, outcomes) : undefined,
  );
  const open = found.filter(({ kept }) => !kept);
  return {
    lines: [
      `Of ${count(found.length, "expectation", "expectations")} ${found.length - open.length} ${found.length - open.length === 1 ? "holds" : "hold"}.`,
      ...open.map((each) => `  ${each.verdict}: ${promised(each)}, and it is ${seen(each)}`),
    ],
    worst: open.length === 0 ? "kept" : open.some((each) => each.verdict === "broken") ? "broken" : "undecided",
  };
}
