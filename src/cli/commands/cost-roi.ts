import type { CommandModule } from "yargs";
import type { Economics } from "../../economics/economics.js";
import { escapeTerminal } from "../../report/escape.js";
import { roiDocument } from "../../report/roi-json.js";
import { roiText } from "../../report/roi-text.js";
import { mostOutages } from "../../scenario/check-economics.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { Plan } from "../../simulation/plan.js";
import { billed, plansNamed, pricesGiven } from "../bills.js";
import { type CostArguments, checkCostOptions, costOptions } from "../cost-options.js";
import { badInput } from "../exit.js";
import { loadScenario } from "../load.js";
import { scenarioName } from "../output.js";
import { quietly } from "../quiet-runs.js";
import type { Twin } from "../roi-notes.js";
import { roiOf } from "../roi.js";
import { Terminal, wrap } from "../terminal.js";

const SEEDS = 5;
interface Arguments extends CostArguments {
  baseline: string | undefined;
  outagesPerYear: number | undefined;
}

export const roi: CommandModule<object, Arguments> = {
  command: "roi <scenario>",
  describe:
    "what each architecture earns and loses, its return on investment, and from how many outages a year on it pays",
  builder: (argv) =>
    costOptions(argv, SEEDS)
      .option("baseline", {
        type: "string",
        requiresArg: true,
        describe: "the architecture to hold the others against",
      })
      .option("outages-per-year", {
        type: "number",
        requiresArg: true,
        describe: "how often the scenario's faults come; no source tells, so it is yours to say",
      })
      .example("$0 cost roi ladder --outages-per-year 0.5", "an outage every second year") as never,
  handler: async (given) => {
    checkCostOptions(given);
    const { scenario } = loadScenario(given.scenario);
    const economics = economicsGiven(scenario, given);
    const plans = plansAgainst(scenario, given.architecture, economics.baseline);
    checkOutages(plans[0]!, given.outagesPerYear);
    const prices = pricesGiven(scenario, given.prices);
    const terminal = new Terminal(given.json, given.quiet);
    const twins = await twinsOf(plans, given, terminal, prices);
    const made = roiOf(scenario, scenarioName(given.scenario), economics, prices, twins, given.outagesPerYear);
    if (given.json) terminal.document(roiDocument(made));
    else terminal.say(escapeTerminal(roiText(made, terminal.width, wrap)));
  },
};

function economicsGiven(scenario: Scenario, { scenario: file, baseline }: Arguments): Economics {
  const { economics, raw } = scenario;
  if (economics === null)
    throw badInput(
      `${file}: error: nobody says what its users bring in; expected a section economics, as economics: {revenue: {per_user: 10}} (US dollars a month of one user)`,
    );
  if (baseline === undefined) return economics;
  const known = [...raw.architectures!.keys()];
  if (!known.includes(baseline))
    throw badInput(`--baseline: error: ${file} has no architecture "${baseline}"; expected one of ${known.join(", ")}`);
  return { ...economics, baseline };
}

/** The one that is asked for stands beside the baseline, which comes first. */
function plansAgainst(scenario: Scenario, architecture: string | undefined, baseline: string): readonly Plan[] {
  const [first] = plansNamed(scenario, baseline);
  return [first!, ...plansNamed(scenario, architecture).filter((plan) => plan.architecture !== baseline)];
}

function checkOutages({ duration }: Plan, given: number | undefined): void {
  const most = mostOutages(duration);
  if (given !== undefined && !(given >= 0 && given <= most))
    throw new RangeError(
      `--outages-per-year is ${given}; expected a number from 0 to ${most}: each takes as long as the run, and a year has no room for more`,
    );
}

/** Each plan without faults and orders, and as it is, with the same luck. */
async function twinsOf(
  plans: readonly Plan[],
  given: Arguments,
  terminal: Terminal,
  prices: ReturnType<typeof pricesGiven>,
): Promise<Twin[]> {
  const quiet = quietly(plans);
  const struck = plans[0]!.faults.length === 0 ? [] : plans;
  const all = await billed([...quiet, ...struck], () => prices, { ...given, file: given.scenario }, terminal);
  return plans.map((plan, at) => ({ plan, quiet: all[at]!, struck: all[plans.length + at] ?? null }));
}
