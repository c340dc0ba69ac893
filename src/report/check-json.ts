import { type JudgedFile, type ToldPromise, jointVerdict, promiseText, seenText, whyText } from "./judged-file.js";

/** Name and version of the documented shape (docs/output.md). */
export const CHECK_SCHEMA = "faultline/check/1";

/** The document of `check --json`: the same bytes on every machine. `complete` is false after Ctrl-C. */
export function checkDocument(files: readonly JudgedFile[], complete: boolean): string {
  const document = {
    schema: CHECK_SCHEMA,
    complete,
    verdict: jointVerdict(files),
    files: files.map((each) => ({
      file: each.file,
      scenario: each.scenario,
      question: each.question,
      verdict: jointVerdict([each]),
      seeds: each.seeds,
      runs: each.runs,
      digest: each.digest,
      notes: each.notes,
      promises: each.promises.map(promiseOf),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function promiseOf({ promise, replay }: ToldPromise): object {
  const common = {
    kind: promise.kind,
    architecture: promise.architecture,
    promise: promiseText(promise),
    line: promise.line,
    verdict: promise.verdict,
    seen: seenText(promise),
    why: promise.verdict === "kept" ? "" : whyText(promise),
    seed: promise.seed,
    replay,
  };
  if (promise.kind === "metric") {
    const { metric, expected, how, value, against } = promise;
    return { ...common, metric, expected, how, value, against };
  }
  const { mostVersions, mostAge, quiet, model } = promise.options;
  return {
    ...common,
    check: promise.check,
    holds: promise.holds,
    options: {
      most_versions: mostVersions ?? null,
      most_age_us: mostAge ?? null,
      quiet_us: quiet ?? null,
      model: model ?? null,
    },
    seeds: promise.seeds,
    reason: promise.reason,
    explanation: promise.explanation,
  };
}
