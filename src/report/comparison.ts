import { METRICS } from "../measure/catalogue.js";
import { type Estimate, estimate, pairedDifference } from "../measure/statistics.js";
import type { ExpectedMetric } from "../scenario/expectations.js";
import type { Outcome } from "../simulation/outcome.js";
import { type JudgedPromise, judged } from "./promises.js";

/** Every architecture over all finished seeds, and how each differs from the first, seed by seed. */
export interface Comparison {
  readonly question: string;
  readonly scenario: string;
  readonly seeds: readonly string[];
  readonly complete: boolean;
  readonly digest: string;
  readonly architectures: readonly {
    readonly name: string;
    readonly metrics: Readonly<Record<string, Estimate>>;
    /** One a seed. */
    readonly outcomes: readonly Outcome[];
  }[];
  readonly differences: readonly {
    readonly metric: string;
    /** The value of `architecture` minus that of `baseline`. */
    readonly architecture: string;
    readonly baseline: string;
    readonly difference: Estimate;
  }[];
  /** What the scenario expects of the architectures at hand, in the order of the file. */
  readonly promises: readonly JudgedPromise[];
}

export interface Facts {
  readonly question: string;
  readonly scenario: string;
  readonly seeds: readonly string[];
  readonly complete: boolean;
  readonly digest: string;
  readonly expectations: readonly ExpectedMetric[];
  /** How people read a fault's label; those that read well as they are have no entry. */
  readonly faultTitles: ReadonlyMap<string, string>;
}

/** `outcomes` by seed, then by architecture. */
export function compareOutcomes(
  facts: Facts,
  names: readonly string[],
  outcomes: readonly (readonly Outcome[])[],
): Comparison {
  const of = (architecture: number, metric: string): (number | null)[] =>
    outcomes.map((seed) => seed[architecture]!.summary[metric] ?? null);
  const architectures = names.map((name, index) => ({
    name,
    metrics: Object.fromEntries(METRICS.map((metric) => [metric.name, estimate(of(index, metric.name))])),
    outcomes: outcomes.map((seed) => titled(seed[index]!, facts.faultTitles)),
  }));
  const differences = names.slice(1).flatMap((name, index) =>
    METRICS.map((metric) => ({
      metric: metric.name,
      architecture: name,
      baseline: names[0]!,
      difference: pairedDifference(of(index + 1, metric.name), of(0, metric.name)),
    })),
  );
  const { expectations, faultTitles, ...rest } = facts;
  const observed = (architecture: string, metric: string): (number | null)[] | undefined => {
    const index = names.indexOf(architecture);
    return index < 0 ? undefined : of(index, metric);
  };
  return { ...rest, architectures, differences, promises: judged(expectations, facts.seeds, observed) };
}

const titled = (outcome: Outcome, titles: ReadonlyMap<string, string>): Outcome => ({
  ...outcome,
  incidents: outcome.incidents.map((incident) => ({
    ...incident,
    faults: incident.faults.map((label) => titles.get(label) ?? label),
  })),
});
