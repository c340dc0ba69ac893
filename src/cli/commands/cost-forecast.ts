import type { CommandModule } from "yargs";
import { forecast as forecasted } from "../../cost/forecast.js";
import { meanBill } from "../../cost/mean-bill.js";
import { escapeTerminal } from "../../report/escape.js";
import { forecastDocument, forecastText } from "../../report/forecast-text.js";
import { billed, plansNamed, pricesGiven } from "../bills.js";
import { type CostArguments, checkCostOptions, costOptions } from "../cost-options.js";
import { growthOf } from "../growth.js";
import { loadScenario } from "../load.js";
import { scenarioName } from "../output.js";
import { Terminal, wrap } from "../terminal.js";

const SEEDS = 3;

interface Arguments extends CostArguments {
  months: number;
  growth: string;
}

export const forecast: CommandModule<object, Arguments> = {
  command: "forecast <scenario>",
  describe: "the bill of the months to come, extrapolated from that of what was simulated",
  builder: (argv) =>
    costOptions(argv, SEEDS)
      .option("months", { type: "number", requiresArg: true, default: 3, describe: "how many months to come" })
      .option("growth", {
        type: "string",
        requiresArg: true,
        default: "0%",
        describe: "of users and data from month to month, as 5%",
      })
      .example("$0 cost forecast ladder --months 12 --growth 5%", "a year of growth") as never,
  handler: async (given) => {
    checkCostOptions(given);
    const growth = growthOf(given.growth, given.months);
    const { scenario } = loadScenario(given.scenario);
    const plans = plansNamed(scenario, given.architecture);
    const prices = pricesGiven(scenario, given.prices);
    const terminal = new Terminal(given.json, given.quiet);
    const all = await billed(plans, () => prices, { ...given, file: given.scenario }, terminal);
    const made = {
      question: scenario.raw.question!,
      scenario: scenarioName(given.scenario),
      seeds: all[0]!.outcomes.map(({ seed }) => seed),
      growth,
      architectures: all.map(({ plan, bills }) => {
        const bill = meanBill(bills);
        return { name: plan.architecture, bill, months: forecasted(plan, bill, growth, given.months) };
      }),
    };
    if (given.json) terminal.document(forecastDocument(made));
    else terminal.say(escapeTerminal(forecastText(made, terminal.width, wrap)));
  },
};
