import { metricFacts } from "../measure/catalogue.js";
import { type Estimate, halfWidth } from "../measure/statistics.js";
import type { Expectation } from "../scenario/expectations.js";
import { oneLine } from "./escape.js";
import { formatMean } from "./numbers.js";

/** What a scenario expects of an architecture, and whether that came true. */
export interface JudgedPromise {
  readonly architecture: string;
  readonly metric: string;
  /** As the file says it: ">= 99.9%". */
  readonly expected: string;
  readonly line: number;
  readonly value: Estimate;
  readonly kept: boolean;
}

/** Judged on the mean over seeds; an undefined value keeps no promise. */
export function judged(
  expectations: readonly Expectation[],
  architectures: readonly { readonly name: string; readonly metrics: Readonly<Record<string, Estimate>> }[],
): JudgedPromise[] {
  return expectations.flatMap(({ architecture, metric, comparison, line, holds }) => {
    const found = architectures.find(({ name }) => name === architecture);
    if (found === undefined) return [];
    const value = found.metrics[metric]!;
    const kept = value.mean !== null && holds(value.mean);
    return [{ architecture, metric, expected: comparison, line, value, kept }];
  });
}

/** "rto_seconds <= 2m", and what it was, for people. */
export const promised = ({ metric, expected }: JudgedPromise): string => `${metric} ${oneLine(expected)}`;
export const measured = ({ metric, value }: JudgedPromise): string =>
  value.mean === null ? "undefined" : formatMean(value.mean, halfWidth(value), metricFacts(metric)!.unit);
