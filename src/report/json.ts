import type { Incident } from "../simulation/outcome.js";
import type { FailedRun } from "../sweep/sweep.js";
import type { Comparison } from "./comparison.js";

/** Name and version of the documented shape (docs/output.md). */
export const COMPARE_SCHEMA = "faultline/compare/1";

const SECOND = 1_000_000;

/** The document of `compare --json`, of `run --json` and of summary.json: the same bytes on every machine. */
export function compareDocument(comparison: Comparison, answer: string, notes: readonly string[] = []): string {
  const document = {
    schema: COMPARE_SCHEMA,
    scenario: comparison.scenario,
    question: comparison.question,
    answer,
    complete: comparison.complete,
    seeds: comparison.seeds,
    digest: comparison.digest,
    notes,
    architectures: Object.fromEntries(
      comparison.architectures.map(({ name, metrics, outcomes }) => [
        name,
        { metrics, incidents: outcomes.map(({ seed, incidents }) => ({ seed, incidents: incidents.map(incidentOf) })) },
      ]),
    ),
    differences: comparison.differences,
    expectations: comparison.promises.map(({ architecture, metric, expected, value, kept, verdict }) => ({
      architecture,
      metric,
      expected,
      mean: value.mean,
      kept,
      verdict,
    })),
  };
  const failed = comparison.failed?.map(failureOf) ?? [];
  return `${JSON.stringify(failed.length === 0 ? document : { ...document, failed }, null, 2)}\n`;
}

/** A run that a policy of the user's own has ended. */
const failureOf = ({ architecture, seed, failure }: FailedRun) => ({
  architecture,
  seed,
  policy: { kind: failure.kind, name: failure.name },
  file: failure.file,
  line: failure.line === 0 ? null : failure.line,
  hook: failure.hook,
  seconds: failure.time / SECOND,
  message: failure.what,
});

/** In seconds from the start of the run, under names like those of the metrics. */
const incidentOf = ({
  start,
  end,
  faults,
  rtoSeconds,
  rpoSeconds,
  rpoSecondsP50,
  failoverSeconds,
  phases,
}: Incident) => ({
  start_seconds: start / SECOND,
  end_seconds: end / SECOND,
  faults,
  rto_seconds: rtoSeconds,
  rpo_seconds: rpoSeconds,
  rpo_seconds_p50: rpoSecondsP50,
  failover_duration_seconds: failoverSeconds,
  phases: phases.map(({ name, start: from, end: to }) => ({
    name,
    start_seconds: from / SECOND,
    end_seconds: to / SECOND,
  })),
});
