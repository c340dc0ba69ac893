import { bill } from "../cost/bill.js";
import { priced } from "../cost/priced.js";
import type { Prices } from "../cost/prices.js";
import { estimate, pairedDifference } from "../measure/statistics.js";
import { type Optimised, PAID_WITH, type Tried } from "../report/optimize-text.js";
import { compile } from "../scenario/compile.js";
import { type Suggestion, orderCount, suggestionsFor, withArchitectures } from "../scenario/suggestions.js";
import type { Plan } from "../simulation/plan.js";
import type { Billed } from "./bills.js";
import type { Loaded } from "./load.js";

const COST = "monthly_cost";
/** Paired seeds, where nobody says how many. */
export const OPTIMISE_SEEDS = 5;

type Change = Extract<Suggestion, { readonly architecture: unknown }>;

/** An architecture that is to become cheaper, as a plan and in the text that it comes from. */
export interface Optimisable {
  readonly plan: Plan;
  readonly text: string;
  readonly prices: Prices;
  readonly question: string;
  readonly scenario: string;
  readonly parse: Loaded["parse"];
}

/** Every change that may save something, simulated with the same luck as the architecture as it is. */
export async function optimised(
  { plan, text, prices, question, scenario, parse }: Optimisable,
  run: (plans: readonly Plan[]) => Promise<readonly Billed[]>,
): Promise<Optimised> {
  const { changes, others } = tryable({ text, parse }, plan.architecture, suggestionsFor(text, plan, prices));
  const [base, ...tried] = await run([plan, ...changes.map((each) => each.plan)]);
  return {
    ...{ question, scenario, architecture: plan.architecture },
    seeds: base!.outcomes.map(({ seed }) => seed),
    cost: estimate(valuesOf(base!, COST, prices)),
    missing: bill(plan, base!.outcomes[0]!.meters, prices).missing,
    tried: tried.map((each, at) => triedOf(changes[at]!.change, base!, each, prices)),
    faultless: plan.faults.length === 0 && !plan.actions?.some(({ order }) => order.kind === "fault"),
    others,
  };
}

/** Those changes that make a scenario which can be run, each with its plan; the others with the first thing that is wrong. */
function tryable(
  { text, parse }: Pick<Optimisable, "text" | "parse">,
  base: string,
  suggestions: readonly Suggestion[],
) {
  const others: { kind: string; why: string }[] = [];
  const orders = [...new Array(orderCount(text, base)).keys()];
  const changes = suggestions.flatMap((change) => {
    if (!("architecture" in change)) {
      others.push(change);
      return [];
    }
    const made = { [change.name]: change.architecture };
    const read = (takes: (order: number) => boolean) => parse(withArchitectures(text, base, made, takes));
    const whole = read(() => true);
    const lacking = whole.ok ? [] : orders.filter((order) => !read((each) => each === order).ok);
    const parsed = whole.ok ? whole : read((order) => !lacking.includes(order));
    if (!parsed.ok) {
      const [problem] = parsed.problems;
      others.push({ kind: `${change.kind} (${change.name})`, why: problem?.message ?? "it cannot be run" });
      return [];
    }
    const note =
      lacking.length === 0
        ? ""
        : ` (without ${lacking.length} of your ${orders.length} orders, which it cannot carry out)`;
    const told = { ...change, change: `${change.change}${note}` };
    return [{ change: told, plan: compile(parsed.scenario).plans.at(-1)! }];
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
  const refused = refusedOrders(tried) - refusedOrders(base);
  const note = refused > 0 ? ` (${refused} of your orders ${refused === 1 ? "is" : "are"} refused in it)` : "";
  return {
    ...{
      kind,
      name,
      change: `${change}${note}`,
      difference: difference(COST),
      cost: estimate(valuesOf(tried, COST, prices)),
    },
    others: Object.fromEntries(others),
  };
}

/** Orders of the scenario that came to nothing, in the seed in which most did. */
const refusedOrders = ({ outcomes }: Billed): number =>
  Math.max(...outcomes.map(({ orders = [] }) => orders.filter(({ reply }) => reply.refused !== null).length));
