import { metricFacts } from "../measure/catalogue.js";
import { type Claim, type Judged, judge } from "../measure/claims.js";
import { type Estimate, estimate, halfWidth } from "../measure/statistics.js";
import type { ExpectedMetric } from "../scenario/expectations.js";
import { oneLine } from "./escape.js";
import { formatDifference, formatEstimate, formatMean, formatValue } from "./numbers.js";

/** What a scenario expects of an architecture's metric, and whether that came true. */
export interface JudgedPromise {
  readonly kind: "metric";
  readonly architecture: string;
  readonly metric: string;
  /** As the file says it: ">= 99.9%". */
  readonly expected: string;
  readonly line: number;
  /** Judged on the mean, on every seed, or on one at least. */
  readonly how: Claim["how"];
  readonly verdict: Judged["verdict"];
  readonly kept: boolean;
  readonly value: Estimate;
  /** Of the value less a share of that of another architecture, where one is named: paired seed by seed. */
  readonly against: { readonly architecture: string; readonly share: number; readonly difference: Estimate } | null;
  /** The observations that decide by themselves, for people: "98.1 % in seed 4". Empty where the mean decides. */
  readonly decided: string;
  /** The seed that decides by itself, or null. */
  readonly seed: string | null;
}

/** What the runs of all seeds observed, by architecture and metric; undefined for an architecture that was not run. */
export type Observations = (architecture: string, metric: string) => readonly (number | null)[] | undefined;

/** Those promises whose architectures were run. */
export function judged(
  expectations: readonly ExpectedMetric[],
  seeds: readonly string[],
  observed: Observations,
): JudgedPromise[] {
  return expectations.flatMap(({ kind, architecture, metric, comparison, line, claim, against }) => {
    const values = observed(architecture, metric);
    const others = against === null ? null : observed(against.architecture, metric);
    if (values === undefined || others === undefined) return [];
    const compared = others === null ? values : differences(values, others, against!.share);
    const { verdict, estimate: compare, deciding } = judge(claim, compared);
    const found = others === null ? null : { ...against!, difference: compare };
    const decided =
      deciding === null ? "" : decidedBy(values[deciding]!, found, compared[deciding]!, metric, seeds[deciding]!);
    return [
      {
        ...{
          kind,
          architecture,
          metric,
          expected: comparison,
          line,
          how: claim.how,
          verdict,
          kept: verdict === "kept",
        },
        ...{ value: estimate(values), against: found, decided, seed: deciding === null ? null : seeds[deciding]! },
      },
    ];
  });
}

const differences = (
  values: readonly (number | null)[],
  others: readonly (number | null)[],
  share: number,
): (number | null)[] =>
  values.map((value, seed) => {
    const other = others[seed]!;
    return value === null || other === null ? null : value - share * other;
  });

function decidedBy(
  value: number | null,
  against: JudgedPromise["against"],
  difference: number | null,
  metric: string,
  seed: string,
): string {
  const { unit } = metricFacts(metric)!;
  if (against === null || difference === null)
    return `${value === null || difference === null ? "undefined" : formatValue(value, unit)} in seed ${seed}`;
  return `${formatValue(value, unit)} (${formatDifference(difference, 0, unit)} against ${otherOf(against)}) in seed ${seed}`;
}

const otherOf = ({ architecture, share }: NonNullable<JudgedPromise["against"]>): string =>
  share === 1 ? architecture : `${Number((share * 100).toPrecision(12))}% of ${architecture}`;

/** "rto_seconds <= 2m", and what it was, for people. */
export const promised = ({ metric, expected }: Pick<JudgedPromise, "metric" | "expected">): string =>
  `${metric} ${oneLine(expected)}`;
export const measured = ({ metric, value }: Pick<JudgedPromise, "metric" | "value">): string =>
  value.mean === null ? "undefined" : formatMean(value.mean, halfWidth(value), metricFacts(metric)!.unit);

/** All that decides: the mean with its interval, the difference with its, the seed that stands out. */
export function seen({ metric, value, against, decided, how }: JudgedPromise): string {
  const { unit } = metricFacts(metric)!;
  const runs = value.n + value.censored;
  if (value.mean === null) return `undefined in ${runs === 1 ? "this seed" : `all ${runs} seeds`}`;
  if (how === "sometimes") return decided === "" ? `in none of ${runs} ${runs === 1 ? "seed" : "seeds"}` : decided;
  const mean = formatEstimate(value.mean, halfWidth(value), unit);
  const absent = value.censored === 0 ? "" : ` (undefined in ${value.censored} of ${runs})`;
  const difference = against?.difference;
  const than =
    difference?.mean == null
      ? ""
      : `, ${formatDifference(difference.mean, halfWidth(difference), unit)} against ${otherOf(against!)}`;
  const all = `${mean}${absent}${than}`;
  return decided === "" ? all : runs === 1 ? decided : `${decided}; on average ${all}`;
}
