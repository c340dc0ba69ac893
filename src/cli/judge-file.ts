import type { Asked } from "../check/catalogue.js";
import type { Prices } from "../cost/prices.js";
import { judgedCheck } from "../report/check-promises.js";
import type { JudgedFile, ToldPromise } from "../report/judged-file.js";
import { type JudgedPromise, judged } from "../report/promises.js";
import { compile } from "../scenario/compile.js";
import { type Expectation, type ExpectedCheck, type ExpectedMetric, expectations } from "../scenario/expectations.js";
import { type Problem, byPosition, formatProblems } from "../scenario/problem.js";
import type { Plan } from "../simulation/plan.js";
import { type Sweep, digestOf, sweep } from "../sweep/sweep.js";
import type { Kept, Watching } from "../sweep/watched-run.js";
import { formatBytes } from "../units/format.js";
import { badInput } from "./exit.js";
import { failureLines } from "./failures.js";
import { joinedRegions } from "./joined-regions.js";
import { loadScenario } from "./load.js";
import { scenarioName } from "./output.js";
import { pricedSweep } from "./priced-sweep.js";
import { recordBytes } from "./record-size.js";
import { refusedOrders } from "./refused-orders.js";
import { stillFleets } from "./still-fleets.js";

/** A file that promises something, with what has to run for it to be judged. */
export interface Promising {
  readonly file: string;
  readonly question: string;
  readonly expected: readonly Expectation[];
  /** Of those architectures that something is promised of, or that one of them is compared with. */
  readonly plans: readonly Plan[];
  readonly prices: Prices;
  /** By plan: null where no checker is asked, so that only the others are recorded. */
  readonly watching: readonly (Watching | null)[];
  readonly notes: readonly string[];
}

export interface JudgeOptions {
  /** Only what is promised of this architecture. */
  readonly architecture: string | undefined;
  /** Bytes of the largest record that may be held in memory; each thread holds one. */
  readonly mostRecord: number;
}

/** Reads a file and says all that keeps it from being judged. */
export function promising(file: string, { architecture, mostRecord }: JudgeOptions): Promising {
  const { scenario, text } = loadScenario(file);
  const known = [...scenario.raw.architectures!.keys()];
  if (architecture !== undefined && !known.includes(architecture))
    throw badInput(
      `--architecture: error: ${file} has no architecture "${architecture}"; expected one of ${known.join(", ")}`,
    );
  const all = expectations(scenario);
  if (all.length === 0)
    throw badInput(
      `${file}: error: it promises nothing, so there is nothing to judge; expected an "expect:" with comparisons by architecture, as expect: {${known[0]}: {availability: ">= 99%"}}`,
    );
  const expected = all.filter((each) => architecture === undefined || each.architecture === architecture);
  if (expected.length === 0)
    throw badInput(
      `--architecture: error: ${file} promises nothing of "${architecture}"; expected one of ${[...new Set(all.map((each) => each.architecture))].join(", ")}`,
    );
  const compiled = compile(scenario);
  const needed = new Set(expected.flatMap(architecturesOf));
  const plans = compiled.plans.filter((plan) => needed.has(plan.architecture));
  const problems = expected.flatMap((each): Problem[] => {
    if (each.kind !== "check") return [];
    const bytes = recordBytes(plans.find((plan) => plan.architecture === each.architecture)!);
    if (bytes <= mostRecord) return [];
    return [
      {
        ...{ file, ...scenario.positionAt(each.path), severity: "error" },
        message: `${each.check} needs the record of ${each.architecture}, which takes about ${formatBytes(Math.round(bytes))} in memory`,
        expected: `at most ${formatBytes(mostRecord)}`,
        hint: "lower the rates or the duration, ask no checker of it, or raise --record-memory: a checker takes several times as much, in each thread",
      },
    ];
  });
  if (problems.length > 0) throw badInput(formatProblems(problems.toSorted(byPosition), file, text).join("\n"));
  return {
    ...{ file, question: scenario.raw.question!, expected, plans, prices: scenario.prices },
    watching: plans.map((plan) => watchingOf(plan.architecture, expected, scenarioName(file))),
    notes: compiled.notes.map(({ message }) => message),
  };
}

const architecturesOf = (each: Expectation): string[] =>
  each.kind === "metric" && each.against !== null
    ? [each.architecture, each.against.architecture]
    : [each.architecture];

function watchingOf(architecture: string, expected: readonly Expectation[], scenario: string): Watching | null {
  const check = expected.flatMap((each): Asked[] =>
    each.kind === "check" && each.architecture === architecture ? [{ check: each.check, options: each.options }] : [],
  );
  return check.length === 0 ? null : { scenario, record: null, trace: null, perfetto: null, check };
}

export interface JudgeRun {
  readonly seeds: readonly string[];
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
  /** The command that judges an architecture's promises again, by one seed or by all. */
  replay(file: string, architecture: string, seed: string | null): string;
}

/** Runs what is needed and judges every promise. Null when it was interrupted: a part of the seeds judges nothing. */
export async function judgeFile(promise: Promising, run: JudgeRun): Promise<JudgedFile | null> {
  const { file, plans, watching, expected, question, notes } = promise;
  const swept = pricedSweep(await sweep({ ...run, plans, watching }), plans, promise.prices);
  if (!swept.complete) return null;
  // What a policy of the user's own has ended judges nothing either.
  if (swept.failed.length > 0) {
    const replayOne = (architecture: string, seed: string): string => run.replay(file, architecture, seed);
    throw badInput(failureLines(swept.failed, { replayOne }).join("\n"));
  }
  const outcomes = swept.outcomes.map((seed) => seed.map((outcome) => outcome!));
  const told = expected.flatMap((each): ToldPromise["promise"][] =>
    each.kind === "check" ? [judgedRecords(each, plans, swept)] : judgedMetric(each, plans, swept),
  );
  return {
    ...{ file, scenario: scenarioName(file), question, seeds: swept.seeds, runs: outcomes.flat().length },
    digest: digestOf(outcomes.flat()),
    notes: [
      ...notes,
      ...refusedOrders(plans, outcomes),
      ...joinedRegions(plans, outcomes),
      ...stillFleets(plans, outcomes),
    ],
    promises: told.map((each) => ({ promise: each, replay: run.replay(file, each.architecture, seedOf(each)) })),
  };
}

/** One that is met in a single seed is not shown by that seed to be broken in the others. */
const seedOf = (promise: ToldPromise["promise"]): string | null => (promise.verdict === "broken" ? promise.seed : null);

function judgedMetric(expected: ExpectedMetric, plans: readonly Plan[], { seeds, outcomes }: Sweep): JudgedPromise[] {
  const observed = (architecture: string, metric: string): (number | null)[] | undefined => {
    const index = plans.findIndex((plan) => plan.architecture === architecture);
    return index < 0 ? undefined : outcomes.map((seed) => seed[index]!.summary[metric] ?? null);
  };
  return judged([expected], seeds, observed);
}

function judgedRecords(expected: ExpectedCheck, plans: readonly Plan[], { seeds, kept }: Sweep) {
  const index = plans.findIndex((plan) => plan.architecture === expected.architecture);
  const verdicts = seeds.map((_, seed) => {
    const { judgements } = kept[seed * plans.length + index] as Kept;
    return judgements!.find(({ check }) => check === expected.check)!.verdict;
  });
  return judgedCheck(expected, seeds, verdicts);
}
