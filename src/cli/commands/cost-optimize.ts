import type { CommandModule } from "yargs";
import { escapeTerminal } from "../../report/escape.js";
import { optimiseDocument, optimiseText } from "../../report/optimize-text.js";
import { billed, plansNamed, pricesGiven } from "../bills.js";
import { type CostArguments, checkCostOptions, costOptions } from "../cost-options.js";
import { loadScenario } from "../load.js";
import { OPTIMISE_SEEDS, optimised } from "../optimising.js";
import { scenarioName } from "../output.js";
import { Terminal, wrap } from "../terminal.js";

export const optimize: CommandModule<object, CostArguments> = {
  command: "optimize <scenario>",
  describe: "changes that may make an architecture cheaper, each simulated, with what it saves and what it costs",
  builder: (argv) =>
    costOptions(argv, OPTIMISE_SEEDS)
      .option("suggest", { type: "boolean", default: true, describe: "say what could be changed; nothing is written" })
      .example("$0 cost optimize selective-replication --suggest", "the first architecture of the file") as never,
  handler: async (given) => {
    checkCostOptions(given);
    const loaded = loadScenario(given.scenario);
    const [plan] = plansNamed(loaded.scenario, given.architecture);
    const prices = pricesGiven(loaded.scenario, given.prices);
    const terminal = new Terminal(given.json, given.quiet);
    const { text, parse, scenario } = loaded;
    const facts = { text, parse, question: scenario.raw.question!, scenario: scenarioName(given.scenario) };
    const found = await optimised({ ...facts, plan: plan!, prices }, (plans) =>
      billed(plans, () => prices, { ...given, file: given.scenario }, terminal),
    );
    if (given.json) terminal.document(optimiseDocument(found));
    else terminal.say(escapeTerminal(optimiseText(found, terminal.width, wrap)));
  },
};
