import { formatDuration } from "../units/time.js";
import { type JudgedCheck, seenChecks } from "./check-promises.js";
import { type JudgedPromise, promised, seen } from "./promises.js";

/** A scenario file whose promises were judged. */
export interface JudgedFile {
  readonly file: string;
  readonly scenario: string;
  readonly question: string;
  readonly seeds: readonly string[];
  readonly runs: number;
  /** Folds the events and metrics of all runs. */
  readonly digest: string;
  readonly notes: readonly string[];
  readonly promises: readonly ToldPromise[];
}

export interface ToldPromise {
  readonly promise: JudgedPromise | JudgedCheck;
  /** The command that judges it again: by the seed that decides, or by all. */
  readonly replay: string;
}

export type PromiseVerdict = JudgedPromise["verdict"];

/** One broken promise breaks all; else an undecided one leaves all undecided. */
export function jointVerdict(files: readonly JudgedFile[]): PromiseVerdict {
  const verdicts = files.flatMap(({ promises }) => promises.map(({ promise }) => promise.verdict));
  return verdicts.includes("broken") ? "broken" : verdicts.includes("undecided") ? "undecided" : "kept";
}

/** "availability >= 99.9%", "durability holds", "bounded-staleness (most_versions 5) is broken" */
export function promiseText(promise: JudgedPromise | JudgedCheck): string {
  if (promise.kind === "metric") return promised(promise);
  const { mostVersions, mostAge, quiet, model } = promise.options;
  const by = [
    ...(mostVersions === undefined ? [] : [`most_versions ${mostVersions}`]),
    ...(mostAge === undefined ? [] : [`most_age ${formatDuration(mostAge)}`]),
    ...(quiet === undefined ? [] : [`quiet ${formatDuration(quiet)}`]),
    ...(model === undefined ? [] : [`model ${model}`]),
  ];
  return `${promise.check}${by.length === 0 ? "" : ` (${by.join(", ")})`} ${promise.holds ? "holds" : "is broken"}`;
}

export const seenText = (promise: JudgedPromise | JudgedCheck): string =>
  promise.kind === "metric" ? seen(promise) : seenChecks(promise);

/** Why a promise is not kept, for people. */
export function whyText(promise: JudgedPromise | JudgedCheck): string {
  const { verdict } = promise;
  if (promise.kind === "metric") {
    return verdict === "undecided" ? "the interval of 95 % has the bound within: more seeds would tell" : "";
  }
  const { holds, seed, reason, explanation } = promise;
  if (seed === null) return holds ? "" : "it was expected to be broken in one seed at least";
  return `seed ${seed}: ${[reason, explanation].filter((text) => text !== "").join(". ")}`;
}
