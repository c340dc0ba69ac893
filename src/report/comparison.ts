import { METRICS } from "../measure/catalogue.js";
import { type Estimate, estimate, pairedDifference } from "../measure/statistics.js";
import type { ExpectedMetric } from "../scenario/expectations.js";
import type { Outcome } from "../simulation/outcome.js";
import type { FailedRun } from "../sweep/sweep.js";
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
  /** The runs that a policy of the user's own has ended: of them there is nothing else. */
  readonly failed?: readonly FailedRun[];
  /** What the scenario expects of the architectures at hand, in the order of the file. */
  readonly promises: readonly JudgedPromise[];
}

export interface Facts {
  readonly question: string;
  readonly scenario: string;
  readonly seeds: readonly string[];
  readonly complete: boolean;
  readonly digest: string;
  readonly failed?: readonly FailedRun[];
  readonly expectations: readonly ExpectedMetric[];
  /** How people read a fault's label; those that read well as they are have no entry. */
  readonly faultTitles: ReadonlyMap<string, string>;
}

/** `outcomes` by seed, then by architecture; null where a run has failed. An architecture whose runs all failed is left out. */
export function compareOutcomes(
  facts: Facts,
  names: readonly string[],
  outcomes: readonly (readonly (Outcome | null)[])[],
): Comparison {
  const columns = names
    .map((name, index) => ({ name, runs: outcomes.map((seed) => seed[index]!) }))
    .filter(({ runs }) => runs.some((run) => run !== null));
  const valuesOf = (runs: readonly Outcome[], metric: string) => runs.map(({ summary }) => summary[metric] ?? null);
  const architectures = columns.map(({ name, runs }) => {
    const finished = runs.filter((run) => run !== null);
    return {
      name,
      metrics: Object.fromEntries(METRICS.map((metric) => [metric.name, estimate(valuesOf(finished, metric.name))])),
      outcomes: finished.map((run) => titled(run, facts.faultTitles)),
    };
  });
  const [first, ...others] = columns;
  const differences = others.flatMap(({ name, runs }) => {
    const pairs = runs.flatMap((run, seed) => {
      const baseline = first!.runs[seed]!;
      return run === null || baseline === null ? [] : [{ run, baseline }];
    });
    const of = (which: "run" | "baseline", metric: string) =>
      valuesOf(
        pairs.map((pair) => pair[which]),
        metric,
      );
    return METRICS.map((metric) => ({
      metric: metric.name,
      architecture: name,
      baseline: first!.name,
      difference: pairedDifference(of("run", metric.name), of("baseline", metric.name)),
    }));
  });
  const { expectations, faultTitles, ...rest } = facts;
  return {
    ...rest,
    architectures,
    differences,
    promises: expectations.flatMap((each) => judgedOf(each, facts, columns)),
  };
}

interface Column {
  readonly name: string;
  readonly runs: readonly (Outcome | null)[];
}

/** By the seeds in which every architecture that it is about came to an end. */
function judgedOf(expected: ExpectedMetric, { seeds }: Facts, columns: readonly Column[]): JudgedPromise[] {
  const { architecture, against } = expected;
  const needed = against === null ? [architecture] : [architecture, against.architecture];
  const about = columns.filter(({ name }) => needed.includes(name));
  const finished = [...seeds.keys()].filter((seed) => about.every(({ runs }) => runs[seed] !== null));
  if (finished.length === 0) return [];
  const observed = (name: string, metric: string): (number | null)[] | undefined => {
    const runs = about.find((column) => column.name === name)?.runs;
    return runs && finished.map((seed) => runs[seed]!.summary[metric] ?? null);
  };
  return judged(
    [expected],
    finished.map((seed) => seeds[seed]!),
    observed,
  );
}

const titled = (outcome: Outcome, titles: ReadonlyMap<string, string>): Outcome => ({
  ...outcome,
  incidents: outcome.incidents.map((incident) => ({
    ...incident,
    faults: incident.faults.map((label) => titles.get(label) ?? label),
  })),
});
