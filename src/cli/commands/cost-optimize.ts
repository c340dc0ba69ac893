import type { CommandModule } from "yargs";
import { bill } from "../../cost/bill.js";
import { priced } from "../../cost/priced.js";
import type { Prices } from "../../cost/prices.js";
import { estimate, pairedDifference } from "../../measure/statistics.js";
import { escapeTerminal } from "../../report/escape.js";
import { type Optimised, PAID_WITH, type Tried, optimiseDocument, optimiseText } from "../../report/optimize-text.js";
import { compile } from "../../scenario/compile.js";
import { type Suggestion, suggestionsFor, withArchitectures } from "../../scenario/suggestions.js";
import { type Billed, billed, plansNamed, pricesGiven } from "../bills.js";
import { type CostArguments, checkCostOptions, costOptions } from "../cost-options.js";
import { type Loaded, loadScenario } from "../load.js";
import { scenarioName } from "../output.js";
import { Terminal, wrap } from "../terminal.js";

const SEEDS = 5;
const COST = "monthly_cost";

type Change = Extract<Suggestion, { readonly architecture: unknown }>;

export const optimize: CommandModule<object, CostArguments> = {
  command: "optimize <scenario>",
  describe: "changes that may make an architecture cheaper, each simulated, with what it saves and what it costs",
  builder: (argv) =>
    costOptions(argv, SEEDS)
      .option("suggest", { type: "boolean", default: true, describe: "say what could be changed; nothing is written" })
      .example("$0 cost optimize selective-replication --suggest", "the first architecture of the file") as never,
  handler: async (given) => {
    checkCostOptions(given);
    const loaded = loadScenario(given.scenario);
    const [plan] = plansNamed(loaded.scenario, given.architecture);
    const prices = pricesGiven(loaded.scenario, given.prices);
    const { changes, others } = tryable(loaded, plan!.architecture, suggestionsFor(loaded.text, plan!, prices));
    const terminal = new Terminal(given.json, given.quiet);
    const plans = [plan!, ...changes.map(({ plan }) => plan)];
    const all = await billed(plans, () => prices, { ...given, file: given.scenario }, terminal);
    const [base, ...tried] = all;
    const found: Optimised = {
      question: loaded.scenario.raw.question!,
      scenario: scenarioName(given.scenario),
      architecture: plan!.architecture,
      seeds: base!.outcomes.map(({ seed }) => seed),
      cost: estimate(valuesOf(base!, COST, prices)),
      missing: bill(plan!, base!.outcomes[0]!.meters, prices).missing,
      tried: tried.map((each, at) => triedOf(changes[at]!.change, base!, each, prices)),
      faultless: plan!.faults.length === 0,
      others,
    };
    if (given.json) terminal.document(optimiseDocument(found));
    else terminal.say(escapeTerminal(optimiseText(found, terminal.width, wrap)));
  },
};

/** Those changes that make a scenario which can be run, each with its plan; the others with the first thing that is wrong. */
function tryable(loaded: Loaded, base: string, suggestions: readonly Suggestion[]) {
  const others: { kind: string; why: string }[] = [];
  const changes = suggestions.flatMap((change) => {
    if (!("architecture" in change)) {
      others.push(change);
      return [];
    }
    const parsed = loaded.parse(withArchitectures(loaded.text, base, { [change.name]: change.architecture }));
    if (!parsed.ok) {
      const [problem] = parsed.problems;
      others.push({ kind: `${change.kind} (${change.name})`, why: problem?.message ?? "it cannot be run" });
      return [];
    }
    return [{ change, plan: compile(parsed.scenario).plans.at(-1)! }];
  });
  return { changes, others };
}

const valuesOf = ({ plan, outcomes }: Billed, metric: string, prices: Prices): (number | null)[] =>
  outcomes.map((outcome) => priced(outcome, plan, prices).summary[metric] ?? null);

function triedOf({ kind, name, change }: Change, base: Billed, tried: Billed, prices: Prices): Tried {
  const difference = (metric: string) =>
    pairedDifference(valuesOf(tried, metric, prices), valuesOf(base, metric, prices));
  const others = PAID_WITH.map((metric) => [
    metric,
    {
      before: estimate(valuesOf(base, metric, prices)),
      after: estimate(valuesOf(tried, metric, prices)),
      difference: difference(metric),
    },
  ]);
  return {
    ...{ kind, name, change, difference: difference(COST), cost: estimate(valuesOf(tried, COST, prices)) },
    others: Object.fromEntries(others),
  };
}
