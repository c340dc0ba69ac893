import type { MetricFacts } from "../measure/catalogue.js";
import { type Estimate, halfWidth } from "../measure/statistics.js";
import type { Comparison } from "./comparison.js";
import { decidingMetrics, isClear } from "./deciding.js";
import { formatDifference, formatEstimate, formatMean } from "./numbers.js";
import { promised } from "./promises.js";
import { counted, listed, titleInWords } from "./words.js";

type Architecture = Comparison["architectures"][number];

/** Figures of a side of a pair, and of a sentence about many. */
const MOST_OF_PAIR = 7;
const MOST_OF_MANY = 4;
const MOST_BROKEN = 3;
const MOST_NAMED = 2;

/**
 * One sentence that answers the question with the figures that decide it: of two architectures what the first gives and
 * what the other gives more or less, of many each figure with those that share it; then which promises were broken.
 */
export function answer(comparison: Comparison): string {
  const { architectures, seeds } = comparison;
  if (architectures.length === 0 || seeds.length === 0) return "No seed was finished, so there is no answer.";
  const many = architectures.length > 2;
  const metrics = decidingMetrics(comparison, many ? MOST_OF_MANY : MOST_OF_PAIR);
  const figures = many ? ofMany(architectures, metrics) : ofPair(comparison, metrics);
  const size = seeds.length === 1 ? "one seed" : `${seeds.length} ${architectures.length > 1 ? "paired " : ""}seeds`;
  return `In this scenario, ${[figures, ...promises(comparison)].join("; ")} (over ${size}).`;
}

function ofPair({ architectures, differences }: Comparison, metrics: readonly MetricFacts[]): string {
  const [first, other] = architectures;
  const gives = `${first!.name} gives ${listed(metrics.map((facts) => figure(first!, facts)))}`;
  if (other === undefined) return gives;
  const changes = metrics.map((facts) => {
    const { difference } = differences.find(({ metric }) => metric === facts.name)!;
    // What differs from nothing, from an unknown or not clearly is better said as it is.
    return isClear(difference) && first!.metrics[facts.name]!.mean !== 0 && !isCensored(first!, other, facts)
      ? `${titleInWords(facts)} ${formatDifference(difference.mean!, halfWidth(difference), facts.unit)}`
      : figure(other, facts, true);
  });
  return `${gives}; against it, ${other.name} has ${listed(changes)}`;
}

const isCensored = (first: Architecture, other: Architecture, { name }: MetricFacts): boolean =>
  first.metrics[name]!.censored > 0 || other.metrics[name]!.censored > 0;

function figure({ metrics }: Architecture, facts: MetricFacts, interval = false): string {
  const value = metrics[facts.name]!;
  const undefinedIn = undefinedFor(value, facts);
  if (undefinedIn !== "") return undefinedIn;
  const mean = (interval ? formatEstimate : formatMean)(value.mean!, halfWidth(value), facts.unit);
  return facts.unit === "count" ? counted(mean, facts) : `${titleInWords(facts)} ${mean}`;
}

/** "availability is 99.8 % with a and b and 98.7 % with c" */
function ofMany(architectures: readonly Architecture[], metrics: readonly MetricFacts[]): string {
  const clauses = metrics.map((facts) => {
    const groups = new Map<string, string[]>();
    for (const { name, metrics } of architectures) {
      const value = metrics[facts.name]!;
      const shown = undefinedAmongMany(value, facts) ?? formatEstimate(value.mean!, halfWidth(value), facts.unit);
      groups.set(shown, [...(groups.get(shown) ?? []), name]);
    }
    const verb = facts.unit === "count" ? "are" : "is";
    if (groups.size === 1) return `${titleInWords(facts)} ${verb} ${[...groups.keys()][0]} with all`;
    const shared = withOthersLast([...groups], architectures.length);
    return `${titleInWords(facts)} ${verb} ${shared.slice(0, -1).join(", ")}, and ${shared.at(-1)}`;
  });
  return clauses.join("; ");
}

/** More than half of them, and too many to name, are all others. */
function withOthersLast(groups: readonly (readonly [string, readonly string[]])[], all: number): string[] {
  const most = groups.find(([, names]) => names.length > MOST_NAMED && names.length > all / 2);
  const named = groups.filter((group) => group !== most).map(([shown, names]) => `${shown} with ${listed(names)}`);
  return most === undefined ? named : [...named, `${most[0]} with all others`];
}

/** Words for a value that some run lacks, "" for one that all have. */
function undefinedFor({ mean, n, censored }: Estimate, { name, title }: MetricFacts): string {
  const recovery = name === "rto_seconds";
  if (recovery && censored > 0) {
    return mean === null ? "no lasting recovery" : `no lasting recovery in ${censored} of ${censored + n} runs`;
  }
  return mean === null ? `no ${title.toLowerCase()}` : "";
}

/** The same beside the metric's name, which need not be said again. */
function undefinedAmongMany(value: Estimate, facts: MetricFacts): string | null {
  const words = undefinedFor(value, facts);
  if (words === "" || facts.name === "rto_seconds") return words === "" ? null : words;
  return facts.unit === "count" ? "not counted" : "not measured";
}

function promises({ promises: all }: Comparison): string[] {
  if (all.length === 0) return [];
  const broken = all.filter(({ verdict }) => verdict === "broken");
  const open = all.filter(({ verdict }) => verdict === "undecided").length;
  const undecided = open === 0 ? [] : [`${open} of ${all.length} promises ${open === 1 ? "is" : "are"} undecided`];
  if (broken.length === 0 && open > 0) return undecided;
  if (broken.length === 0) return [all.length === 1 ? "the promise is kept" : `all ${all.length} promises are kept`];
  const named = broken.slice(0, MOST_BROKEN).map((promise) => `${promise.architecture} ${promised(promise)}`);
  const more = broken.length - named.length;
  const which = listed([...named, ...(more > 0 ? [`${more} more`] : [])]);
  return [
    `${broken.length} of ${all.length} promises ${broken.length === 1 ? "is" : "are"} broken: ${which}`,
    ...undecided,
  ];
}
