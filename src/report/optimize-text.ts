import { type MetricFacts, metricFacts } from "../measure/catalogue.js";
import { type Estimate, halfWidth } from "../measure/statistics.js";
import type { Wrap } from "./cost-text.js";
import { formatDifference, formatEstimate, significant } from "./numbers.js";
import { listed, titleInWords } from "./words.js";

/** What a cheaper architecture may be paid for with, in the order of the telling. */
export const PAID_WITH: readonly string[] = [
  "rto_seconds",
  "rpo_seconds",
  "availability",
  "user_request_latency_ms_p50",
  "user_request_latency_ms_p99",
  "lost_acknowledged_writes",
  "overwritten_writes",
  "conflict_rate_per_second",
  "stale_read_rate",
];

/** A change that was simulated with the same luck as the architecture that it changes. */
export interface Tried {
  readonly kind: string;
  readonly name: string;
  /** As it stands in the scenario. */
  readonly change: string;
  /** Its cost a month, and how that and other metrics differ from the architecture's: its own minus that. */
  readonly cost: Estimate;
  readonly difference: Estimate;
  readonly others: Readonly<
    Record<string, { readonly before: Estimate; readonly after: Estimate; readonly difference: Estimate }>
  >;
}

export interface Optimised {
  readonly question: string;
  readonly scenario: string;
  readonly architecture: string;
  readonly seeds: readonly string[];
  readonly cost: Estimate;
  readonly missing: readonly string[];
  /** Nothing goes wrong in the scenario. */
  readonly faultless: boolean;
  readonly tried: readonly Tried[];
  /** Kinds of changes that do not apply, and why. */
  readonly others: readonly { readonly kind: string; readonly why: string }[];
}

/** Whether all of the interval is on one side of nothing. */
const isClear = ({ mean, ci95 }: Estimate): boolean => {
  const [low, high] = ci95 ?? [mean ?? 0, mean ?? 0];
  return low > 0 || high < 0;
};
const saves = ({ difference }: Tried): boolean => isClear(difference) && difference.mean! < 0;

/** The suggestions that save something, the most first; then those that do not, and those that could not be tried. */
export function optimiseText(found: Optimised, width: number, wrap: Wrap): string {
  const { question, architecture, seeds, cost, tried, others, missing } = found;
  const many = seeds.length === 1 ? `seed ${seeds[0]}` : `${seeds.length} paired seeds`;
  const now = cost.mean === null ? "no known sum" : formatEstimate(cost.mean, halfWidth(cost), "dollars");
  const saving = tried.filter(saves).toSorted((a, b) => a.difference.mean! - b.difference.mean!);
  const rest = tried.filter((each) => !saves(each));
  const hung = (head: string, text: string): string =>
    `  ${head.padEnd(8)}${wrap(text, width - 10).replaceAll("\n", `\n${" ".repeat(10)}`)}`;
  const plain = (text: string): string => `  ${wrap(text, width - 4).replaceAll("\n", "\n    ")}`;
  return [
    wrap(question, width),
    "",
    wrap(
      `${architecture} costs ${now} a month at list prices (${many}). Every change was simulated with the same luck:`,
      width,
    ),
    "",
    ...(found.faultless
      ? [
          wrap(
            "Nothing goes wrong in this scenario, so it does not show what fewer copies or a smaller standby cost when something does: add faults.",
            width,
          ),
          "",
        ]
      : []),
    ...(saving.length === 0 ? ["None of them clearly saves anything.", ""] : []),
    ...saving.flatMap((each, at) => [
      wrap(`${at + 1}. ${each.name}`, width),
      hung("change", each.change),
      hung("saves", savedBy(each, cost)),
      hung("costs", paidBy(each)),
      "",
    ]),
    ...(rest.length === 0
      ? []
      : ["Saves nothing", ...rest.map((each) => plain(`${each.name} (${each.change}): ${dearer(each)} a month`)), ""]),
    ...(others.length === 0 ? [] : ["Does not apply", ...others.map(({ kind, why }) => plain(`${kind}: ${why}`)), ""]),
    ...(missing.length === 0
      ? []
      : ["Prices are missing, so nothing can be said of savings", ...missing.map(plain), ""]),
  ]
    .join("\n")
    .trimEnd();
}

function savedBy({ difference }: Tried, cost: Estimate): string {
  const share =
    cost.mean === null || cost.mean === 0 ? "" : `, ${significant((-difference.mean! / cost.mean) * 100, 2)} %`;
  return `${formatEstimate(-difference.mean!, halfWidth(difference), "dollars")} a month${share}`;
}

const dearer = ({ difference }: Tried): string =>
  difference.mean === null
    ? "unknown"
    : isClear(difference)
      ? formatDifference(difference.mean, halfWidth(difference), "dollars")
      : "no clear difference";

/** What gets worse, what gets better, and of what nothing clear can be said. */
function paidBy({ others }: Tried): string {
  const worse: string[] = [];
  const better: string[] = [];
  const same: string[] = [];
  const unknown: string[] = [];
  for (const [metric, { before, after, difference }] of Object.entries(others)) {
    const facts = metricFacts(metric)!;
    const words = titleInWords(facts);
    if (difference.mean === null) {
      const lost = before.mean !== null && after.mean === null;
      (lost ? worse : unknown).push(
        lost ? `${words} no longer defined: it never came back, or nothing was measured` : words,
      );
    } else if (!isClear(difference)) same.push(words);
    else
      (isWorse(difference.mean, facts) ? worse : better).push(
        `${words} ${formatDifference(difference.mean, halfWidth(difference), facts.unit)}`,
      );
  }
  const parts = [
    worse.length === 0 ? "nothing that was measured" : listed(worse),
    ...(better.length === 0 ? [] : [`better: ${listed(better)}`]),
    ...(same.length === 0 ? [] : [`no clear difference in ${listed(same)}`]),
    ...(unknown.length === 0 ? [] : [`not measured: ${listed(unknown)}`]),
  ];
  return parts.join("; ");
}

const isWorse = (difference: number, { better }: MetricFacts): boolean => difference > 0 === (better === "lower");

export const OPTIMISE_SCHEMA = "faultline/cost-optimize/1";

/** The document of `cost optimize --json`. */
export function optimiseDocument(found: Optimised): string {
  const { question, scenario, architecture, seeds, cost, missing, tried, others, faultless } = found;
  const document = {
    ...{ schema: OPTIMISE_SCHEMA, scenario, question, currency: "USD", hours: 730, seeds, architecture },
    ...{ monthly_cost: cost, missing, faultless },
    suggestions: tried.map((each) => ({
      ...{ kind: each.kind, name: each.name, change: each.change, saves: saves(each) },
      ...{ monthly_cost: each.cost, difference: each.difference },
      metrics: Object.fromEntries(Object.entries(each.others).map(([name, { difference }]) => [name, difference])),
    })),
    not_applicable: others,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
