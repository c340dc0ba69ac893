import type { CheckOptions } from "../check/catalogue.js";
import { type MetricFacts, metricFacts } from "../measure/catalogue.js";
import type { Claim, How, Operator } from "../measure/claims.js";
import { DANGERS } from "../measure/dangers.js";
import { type Parsed, parseBytes, parseDuration, parseNumber, parseRate, parseShare } from "../units/parse.js";
import { hyphenated } from "./expand.js";
import { COMPARISON, type RawVerdict, checksOf, comparisonsOf, dangersOf, metricsOf } from "./expect-format.js";
import type { Scenario } from "./scenario.js";
import { step } from "./settings.js";

/** What a scenario promises of an architecture, in the unit of the metric. */
export type Expectation = ExpectedMetric | ExpectedCheck;

interface Common {
  readonly architecture: string;
  readonly line: number;
  /** Of the scenario's settings. */
  readonly path: string;
}

export interface ExpectedMetric extends Common, Comparison {
  readonly kind: "metric";
  readonly metric: string;
  /** As the file says it: ">= 99.9%". */
  readonly comparison: string;
}

/** Of a record: a checker holds in every seed, or is broken in one at least. */
export interface ExpectedCheck extends Common {
  readonly kind: "check";
  readonly check: string;
  readonly holds: boolean;
  readonly options: CheckOptions;
}

export interface Comparison {
  /** With a number; or, with 0, of what the architecture has more than a share of what another one has, seed by seed. */
  readonly claim: Claim;
  readonly against: Against | null;
}

export interface Against {
  readonly architecture: string;
  readonly share: number;
}

/**
 * A comparison such as ">= 99.9%", "always < pilot-light" or "<= 5% of no-fence". An equality is meant of every seed: a mean
 * can meet it by chance only.
 */
export function parseComparison(text: string, metric: string, architectures: Iterable<string>): Parsed<Comparison> {
  const [, said, operator, bound] = COMPARISON.exec(text.trim())! as unknown as [string, How?, Operator?, string?];
  const how = said ?? (operator === "==" ? "always" : "mean");
  const claim = (bound: number | null): Claim => ({ how, operator: operator!, bound });
  if (bound === "undefined" && operator === "==") return { ok: true, value: { claim: claim(null), against: null } };
  const parsed = boundOf(bound!, metricFacts(metric)!.unit);
  if (parsed.ok) return { ok: true, value: { claim: claim(parsed.value), against: null } };
  const [, percent, other] = /^(?:([\d.]+)\s*% of )?(.+)$/.exec(bound!)!;
  const share = percent === undefined ? 1 : Number(percent) / 100;
  if (Number.isFinite(share) && [...architectures].includes(other!))
    return { ok: true, value: { claim: claim(0), against: { architecture: other!, share } } };
  return {
    ok: false,
    expected: `${parsed.expected}; or another architecture, as "pilot-light" or "50% of pilot-light"`,
  };
}

function boundOf(text: string, unit: MetricFacts["unit"]): Parsed<number> {
  const scaled = (parsed: Parsed<number>, factor: number): Parsed<number> =>
    parsed.ok ? { ok: true, value: parsed.value / factor } : parsed;
  switch (unit) {
    case "fraction":
      return parseShare(text);
    case "seconds":
      return scaled(parseDuration(text), 1e6);
    case "milliseconds":
      return scaled(parseDuration(text), 1e3);
    case "bytes":
      return parseBytes(text);
    case "per-second":
      return parseRate(text);
    case "dollars":
      return parseNumber(text.replace(/^\$\s*|\s*USD$/, ""));
    default:
      return parseNumber(text);
  }
}

/** The promises of a scenario, in the order of the file. */
export function expectations(scenario: Scenario): Expectation[] {
  const architectures = [...scenario.raw.architectures!.keys()];
  return [...(scenario.raw.expect ?? [])].flatMap(([architecture, promises]) => {
    const at = `expect.${step(architecture)}`;
    const common = (path: string): Common => ({ architecture, path, line: scenario.lineAt(path) });
    const ofMetrics = metricsOf(promises!).flatMap(([metric, entry]) =>
      comparisonsOf(entry, `${at}.${step(metric)}`).map(({ text, path }): ExpectedMetric => {
        const parsed = parseComparison(text, metric, architectures);
        if (!parsed.ok) throw new Error(`internal error: unchecked expectation ${text}`);
        return { kind: "metric", ...common(path), metric, comparison: text, ...parsed.value };
      }),
    );
    const met = dangersOf(promises!).map((word, index): ExpectedMetric => {
      const metric = DANGERS.find((danger) => danger.word === word)!.facts.name;
      const claim: Claim = { how: "sometimes", operator: ">", bound: 0 };
      const path = `${at}.sometimes.${index}`;
      return { kind: "metric", ...common(path), metric, comparison: "sometimes > 0", claim, against: null };
    });
    const ofChecks = [...checksOf(promises!)].map(([name, verdict]): ExpectedCheck => {
      const check = hyphenated(name);
      return { kind: "check", ...common(`${at}.checks.${step(name)}`), check, ...askedBy(verdict!) };
    });
    return [...ofMetrics, ...met, ...ofChecks].toSorted((a, b) => a.line - b.line);
  });
}

function askedBy(verdict: RawVerdict): { readonly holds: boolean; readonly options: CheckOptions } {
  if (typeof verdict === "boolean") return { holds: verdict, options: {} };
  const { holds = true, most_versions, most_age, quiet, model } = verdict;
  const options: CheckOptions = {
    ...(most_versions === undefined ? {} : { mostVersions: most_versions }),
    ...(most_age === undefined ? {} : { mostAge: most_age }),
    ...(quiet === undefined ? {} : { quiet }),
    ...(model === undefined ? {} : { model }),
  };
  return { holds, options };
}
