import type { Comparison } from "./comparison.js";

/** Name and version of the documented shape (docs/output.md). */
export const COMPARE_SCHEMA = "faultline/compare/1";

/** The document of `compare --json` and of summary.json: the same bytes on every machine. */
export function compareDocument(comparison: Comparison, answer: string): string {
  const document = {
    schema: COMPARE_SCHEMA,
    scenario: comparison.scenario,
    question: comparison.question,
    answer,
    complete: comparison.complete,
    seeds: comparison.seeds,
    digest: comparison.digest,
    architectures: Object.fromEntries(
      comparison.architectures.map(({ name, metrics, outcomes }) => [
        name,
        { metrics, incidents: outcomes.map(({ seed, incidents }) => ({ seed, incidents })) },
      ]),
    ),
    differences: comparison.differences,
    expectations: comparison.promises.map(({ architecture, metric, expected, value, kept }) => ({
      architecture,
      metric,
      expected,
      mean: value.mean,
      kept,
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
