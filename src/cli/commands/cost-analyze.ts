import type { CommandModule } from "yargs";
import { monthlyCost } from "../../cost/bill.js";
import { meanBill } from "../../cost/mean-bill.js";
import { analysisDocument } from "../../report/cost-json.js";
import { type Analysis, BREAKDOWNS, type BreakdownBy, analysisText } from "../../report/cost-text.js";
import { escapeTerminal } from "../../report/escape.js";
import { premiumsOf } from "../../report/premium.js";
import { patternsOf } from "../../scenario/patterns-of.js";
import { type Billed, billed, plansNamed, pricesGiven } from "../bills.js";
import { type CostArguments, checkCostOptions, costOptions } from "../cost-options.js";
import { loadScenario } from "../load.js";
import { scenarioName } from "../output.js";
import { Terminal, wrap } from "../terminal.js";

const SEEDS = 3;

interface Arguments extends CostArguments {
  breakdown: BreakdownBy;
}

export const analyze: CommandModule<object, Arguments> = {
  command: "analyze <scenario>",
  describe: "the bill of what was simulated, scaled to a month",
  builder: (argv) =>
    costOptions(argv, SEEDS)
      .option("breakdown", { choices: BREAKDOWNS, default: "service" as const, describe: "what the rows are" })
      .example("$0 cost analyze ladder --breakdown architecture", "what each rung costs") as never,
  handler: async (given) => {
    checkCostOptions(given);
    const { scenario } = loadScenario(given.scenario);
    const plans = plansNamed(scenario, given.architecture);
    const prices = pricesGiven(scenario, given.prices);
    const terminal = new Terminal(given.json, given.quiet);
    const all = await billed(plans, () => prices, { ...given, file: given.scenario }, terminal);
    const analysis = analysisOf(all, given, scenario.raw.question!, patternsOf(scenario));
    if (given.json) terminal.document(analysisDocument(analysis));
    else terminal.say(escapeTerminal(analysisText(analysis, terminal.width, wrap)));
  },
};

function analysisOf(
  all: readonly Billed[],
  { scenario, breakdown }: Arguments,
  question: string,
  patterns: ReadonlyMap<string, string>,
): Analysis {
  const costed = all.map(({ plan, bills }) => ({
    name: plan.architecture,
    pattern: patterns.get(plan.architecture) ?? "",
    costs: bills.map(monthlyCost),
  }));
  return {
    question,
    scenario: scenarioName(scenario),
    seeds: all[0]!.outcomes.map(({ seed }) => seed),
    by: breakdown,
    architectures: all.map(({ plan, bills }) => ({
      name: plan.architecture,
      bill: meanBill(bills),
      totals: bills.map(({ total }) => total),
    })),
    premiums: premiumsOf(costed),
  };
}
