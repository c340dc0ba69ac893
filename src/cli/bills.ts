import { availableParallelism } from "node:os";
import { type Bill, bill } from "../cost/bill.js";
import { PROVIDERS, type PriceBook, parsePriceBook } from "../cost/price-book.js";
import type { Prices } from "../cost/prices.js";
import { compile } from "../scenario/compile.js";
import { withPrices } from "../scenario/prices.js";
import { formatProblems } from "../scenario/problem.js";
import type { Scenario } from "../scenario/scenario.js";
import type { Outcome } from "../simulation/outcome.js";
import type { Plan } from "../simulation/plan.js";
import { seedsFrom } from "../sweep/cells.js";
import { sweep } from "../sweep/sweep.js";
import { Exit, INTERRUPTED, badInput } from "./exit.js";
import { failureLines } from "./failures.js";
import { interruptible } from "./interruption.js";
import { readRegularFile } from "./read-file.js";
import { replayOf } from "./shell.js";
import type { Terminal } from "./terminal.js";

/** An architecture with what its runs left and cost, one a seed. */
export interface Billed {
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
  readonly bills: readonly Bill[];
}

export interface BillRun {
  readonly file: string;
  readonly seed: string;
  readonly seeds: number;
  readonly workers: number | undefined;
}

/**
 * Runs plans with the same luck and prices what they took. Exits when it is interrupted: a part of the seeds has no bill.
 * Whoever listens to signals already gives the one that interrupts.
 */
export async function billed(
  plans: readonly Plan[],
  pricesOf: (plan: number) => Prices,
  { file, seed, seeds: count, workers }: BillRun,
  terminal: Terminal,
  given?: AbortSignal,
): Promise<Billed[]> {
  const interruption = given === undefined ? interruptible("no bill is made of a part") : { signal: given, end() {} };
  try {
    const swept = await sweep({
      plans,
      seeds: seedsFrom(seed, count),
      workers: workers ?? availableParallelism(),
      signal: interruption.signal,
      onProgress: (done, total) => terminal.progress(done, total),
    });
    if (!swept.complete) throw new Exit(INTERRUPTED, "interrupted before all runs were finished; nothing was billed");
    const replayOne = (architecture: string, seed: string): string =>
      replayOf("run", file, "--architecture", architecture, "--seed", seed);
    if (swept.failed.length > 0) throw badInput(failureLines(swept.failed, { replayOne }).join("\n"));
    return plans.map((plan, index) => {
      const outcomes = swept.outcomes.map((each) => each[index]!);
      return { plan, outcomes, bills: outcomes.map(({ meters }) => bill(plan, meters, pricesOf(index))) };
    });
  } finally {
    interruption.end();
  }
}

/** One of the scenario's architectures, or all. */
export function plansNamed(scenario: Scenario, architecture: string | undefined): readonly Plan[] {
  const { plans } = compile(scenario);
  if (architecture === undefined) return plans;
  const one = plans.filter((plan) => plan.architecture === architecture);
  if (one.length > 0) return one;
  const known = plans.map((plan) => plan.architecture).join(", ");
  throw badInput(
    `--architecture: error: ${scenario.file} has no architecture "${architecture}"; expected one of ${known}`,
  );
}

/** The scenario's prices, or those of a book named on the command line over them: a provider's, or a CSV file. */
export function pricesGiven(scenario: Scenario, given: string | undefined): Prices {
  if (given === undefined) return scenario.prices;
  return withPrices(scenario.prices, PROVIDERS.includes(given) ? given : bookIn(given, scenario));
}

function bookIn(file: string, scenario: Scenario): PriceBook {
  const text = readRegularFile(file);
  if (typeof text !== "string")
    throw badInput(
      `--prices: error: ${file} cannot be read: ${text.reason}; expected one of ${PROVIDERS.join(", ")}, or a CSV file`,
    );
  const { book, problems } = parsePriceBook(text, file, Object.keys(scenario.prices.regions));
  if (problems.length === 0) return book;
  const shown = formatProblems(
    problems.map((problem) => ({ ...problem, file, severity: "error" as const })),
    file,
    text,
  );
  throw badInput([...shown, `${problems.length} problems in ${file}; nothing was run`].join("\n"));
}
