import { bill } from "../cost/bill.js";
import type { Prices } from "../cost/prices.js";
import { accountOf } from "../economics/account.js";
import type { Economics } from "../economics/economics.js";
import { returnsOf } from "../economics/returns.js";
import type { Roi } from "../report/roi-text.js";
import { mostOutages } from "../scenario/check-economics.js";
import type { Scenario } from "../scenario/scenario.js";
import type { Outcome } from "../simulation/outcome.js";
import type { Plan } from "../simulation/plan.js";
import type { Sweep } from "../sweep/sweep.js";
import type { Billed } from "./bills.js";
import { scenarioName } from "./output.js";
import { wholeOf } from "./quiet-runs.js";
import { type Twin, calledOf, roiNotes } from "./roi-notes.js";

/** Outages a year where nobody says how many. */
const ONE = 1;

/** What each architecture earns, costs and is worth, from its runs with and without the scenario's faults. */
export function roiOf(
  scenario: Scenario,
  name: string,
  economics: Economics,
  prices: Prices,
  twins: readonly Twin[],
  outagesGiven?: number,
): Roi {
  const { plan, quiet } = twins[0]!;
  const most = mostOutages(plan.duration);
  const said = outagesGiven ?? economics.outagesPerYear;
  const outages = said ?? Math.min(ONE, most);
  const accounted = twins.map(({ plan, quiet, struck }) => ({
    name: plan.architecture,
    accounts: quiet.outcomes.map((outcome, seed) =>
      accountOf(plan, economics, prices, outcome, struck?.outcomes[seed] ?? null),
    ),
  }));
  return {
    question: scenario.raw.question!,
    scenario: name,
    seeds: quiet.outcomes.map(({ seed }) => seed),
    baseline: economics.baseline,
    ...{ outages, most },
    called: calledOf(scenario, plan),
    returns: returnsOf(accounted, economics.baseline, outages, most),
    missing: [...new Set(twins.flatMap(({ quiet }) => quiet.bills.flatMap(({ missing }) => missing)))],
    notes: roiNotes(scenario, economics, twins, { number: outages, isSaid: said !== null }),
  };
}

/**
 * The same of a comparison that has run each plan without faults too, where there are any. Null where a policy of the
 * user's own has ended one of the runs: then there is no month to weigh.
 */
export function weighed(
  scenario: Scenario,
  file: string,
  plans: readonly Plan[],
  { outcomes }: Sweep,
  quiet: Sweep["outcomes"],
): Roi | null {
  const { economics, prices } = scenario;
  const isStruck = quiet.some((seed) => seed.length > 0);
  const twins = plans.map((plan, at): Twin | null => {
    const own = wholeOf(outcomes, at);
    const calm = isStruck ? wholeOf(quiet, at) : own;
    if (economics === null || own === null || calm === null) return null;
    const billed = (all: readonly Outcome[]): Billed => ({
      plan,
      outcomes: all,
      bills: all.map(({ meters }) => bill(plan, meters, prices)),
    });
    return { plan, quiet: billed(calm), struck: isStruck && plan.faults.length > 0 ? billed(own) : null };
  });
  const whole = twins.flatMap((twin) => twin ?? []);
  if (economics === null || whole.length < plans.length) return null;
  return roiOf(scenario, scenarioName(file), economics, prices, whole);
}
