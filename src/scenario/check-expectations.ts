import { CHECKERS, type CheckOptions } from "../check/catalogue.js";
import { METRICS, type MetricFacts, metricFacts } from "../measure/catalogue.js";
import { MEETS, type Operator } from "../measure/claims.js";
import { meant } from "./check.js";
import { hyphenated } from "./expand.js";
import { type RawVerdict, checksOf, comparisonsOf, metricsOf } from "./expect-format.js";
import { type Comparison, parseComparison } from "./expectations.js";
import type { RawScenario } from "./format.js";
import { step } from "./settings.js";
import type { Source } from "./source.js";

/** Promises that mean nothing, or that no run can keep. */
export function checkExpectations(raw: RawScenario, source: Source): void {
  const known = [...(raw.architectures?.keys() ?? [])];
  for (const [architecture, promises] of raw.expect ?? []) {
    const at = `expect.${step(architecture)}`;
    if (!known.includes(architecture)) {
      const hint = meant(architecture, known);
      source.errorAt(at, `there is no architecture "${architecture}"`, `one of ${known.join(", ")}`, hint);
    }
    if (promises === undefined) continue;
    for (const [metric, entry] of metricsOf(promises)) {
      const path = `${at}.${step(metric)}`;
      const facts = metricFacts(metric);
      if (facts === undefined) {
        const all = [...METRICS.map(({ name }) => name), "checks", "sometimes"];
        const hint = meant(metric, all);
        const other = "a metric of `faultline list metrics`, checks or sometimes";
        source.errorAt(path, `there is no metric "${metric}"`, other, hint);
      } else checkComparisons(comparisonsOf(entry, path), facts, architecture, known, source);
    }
    checkChecks(checksOf(promises), `${at}.checks`, source);
  }
}

function checkComparisons(
  comparisons: ReturnType<typeof comparisonsOf>,
  facts: MetricFacts,
  architecture: string,
  known: readonly string[],
  source: Source,
): void {
  const { name: metric } = facts;
  const all: Comparison[] = [];
  for (const { text, path } of comparisons) {
    const parsed = parseComparison(text, metric, known);
    if (!parsed.ok) {
      const [, word] = /([^\s>=<%]+)$/.exec(text) ?? [];
      const hint = word === undefined || /^\d/.test(word) ? undefined : meant(word, known);
      source.errorAt(path, `"${text}" does not compare with ${metric}`, parsed.expected, hint);
      continue;
    }
    const { claim, against } = parsed.value;
    if (against?.architecture === architecture)
      source.errorAt(path, `${architecture} is compared with itself`, "another architecture");
    all.push(parsed.value);
    const numbers = against === null && claim.bound !== null && claim.how !== "sometimes";
    if (!numbers) continue;
    if (canMeet([parsed.value], facts)) {
      if (!canMeet(all, facts))
        source.errorAt(path, `no number meets "${text}" and what stands before it`, "comparisons that agree");
    } else source.errorAt(path, `no ${metric} meets "${text}"`, rangeOf(facts));
  }
}

const rangeOf = ({ unit }: MetricFacts): string =>
  unit === "fraction"
    ? "what a value from 0% to 100% can meet"
    : `what a ${unit === "count" ? "count" : "value"} of 0 or more can meet`;

/**
 * Whether any number meets all comparisons with numbers. It is enough to try the bounds, the ends of the metric's range and
 * what lies between two of them: comparisons are the same for all in between.
 */
function canMeet(comparisons: readonly Comparison[], { unit }: MetricFacts): boolean {
  const claims = comparisons.flatMap(({ claim, against }) =>
    against === null && claim.bound !== null && claim.how !== "sometimes" ? [claim] : [],
  );
  // Seeds count whole; their mean need not be whole.
  const whole = unit === "count" && claims.some(({ how, operator }) => how === "always" && operator === "==");
  const most = unit === "fraction" ? 1 : Number.POSITIVE_INFINITY;
  const bounds = [0, ...claims.map(({ bound }) => bound!), Math.min(most, Number.MAX_SAFE_INTEGER)].toSorted(
    (a, b) => a - b,
  );
  const tried = bounds.flatMap((bound, index) => [bound, (bound + (bounds[index + 1] ?? bound)) / 2]);
  return tried.some(
    (value) =>
      value >= 0 &&
      value <= most &&
      (!whole || Number.isInteger(value)) &&
      claims.every(({ operator, bound }) => MEETS[operator as Operator](value, bound!)),
  );
}

const OPTIONS: Readonly<Record<string, keyof CheckOptions>> = {
  most_versions: "mostVersions",
  most_age: "mostAge",
  quiet: "quiet",
  model: "model",
};

function checkChecks(checks: ReadonlyMap<string, RawVerdict | undefined>, at: string, source: Source): void {
  const seen = new Set<string>();
  for (const [name, verdict] of checks) {
    const path = `${at}.${step(name)}`;
    const checker = CHECKERS.find((each) => each.name === hyphenated(name));
    if (checker === undefined) {
      const known = CHECKERS.map((each) => each.name);
      source.errorAt(path, `there is no checker "${name}"`, `one of ${known.join(", ")}`, meant(name, known));
      continue;
    }
    if (seen.has(checker.name))
      source.errorAt(path, `the checker ${checker.name} stands here for the second time`, "each once");
    seen.add(checker.name);
    if (verdict === undefined) continue;
    const { takes = [] } = checker;
    const words = Object.keys(OPTIONS).filter((word) => takes.includes(OPTIONS[word]!));
    for (const key of typeof verdict === "boolean" ? [] : Object.keys(verdict)) {
      if (key === "holds" || words.includes(key)) continue;
      const expected = words.length === 0 ? "true or false" : words.join(" and ");
      source.errorAt(`${path}.${key}`, `${checker.name} does not go by ${key}`, expected, "take it away");
    }
    const given = typeof verdict === "boolean" ? [] : words.filter((word) => Object.hasOwn(verdict, word));
    if (checker.measures === true && given.length === 0)
      source.errorAt(
        path,
        `${checker.name} without a bound is never broken`,
        `{${words.join(": …, ")}: …}, or one of them`,
      );
  }
}
