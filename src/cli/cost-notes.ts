import { bill } from "../cost/bill.js";
import { premiumNote, premiumsOf } from "../report/premium.js";
import { patternsOf } from "../scenario/patterns-of.js";
import type { Scenario } from "../scenario/scenario.js";
import type { Plan } from "../simulation/plan.js";
import type { Sweep } from "../sweep/sweep.js";

const MOST_SHOWN = 2;

/** What a reader of `monthly_cost` must be told: why there is none, or how a premium compares with what is usually said. */
export function costNotes(scenario: Scenario, plans: readonly Plan[], { outcomes }: Sweep): string[] {
  const patterns = patternsOf(scenario);
  const costed = plans.map((plan, index) => ({
    name: plan.architecture,
    pattern: patterns.get(plan.architecture) ?? "",
    costs: outcomes.map((seed) => seed[index]?.summary["monthly_cost"] ?? null),
  }));
  return [...missingNote(scenario, plans, outcomes), ...premiumNote(premiumsOf(costed))];
}

/** None where nobody asks for a bill: with regions of no provider, and no word of prices. */
function missingNote(scenario: Scenario, plans: readonly Plan[], outcomes: Sweep["outcomes"]): string[] {
  const { prices, raw } = scenario;
  const isAsked = raw.cost !== undefined || Object.values(prices.regions).every(({ provider }) => provider !== null);
  if (!isAsked) return [];
  const missing = plans.flatMap((plan, index) => {
    const outcome = outcomes.find((seed) => seed[index] !== null)?.[index];
    const isSeen = outcome != null && "monthly_cost" in outcome.summary;
    return isSeen ? bill(plan, outcome.meters, prices).missing : [];
  });
  const all = [...new Set(missing)];
  if (all.length === 0) return [];
  const more = all.length > MOST_SHOWN ? `, and ${all.length - MOST_SHOWN} more are missing` : "";
  return [
    `the cost a month is unknown: ${all.slice(0, MOST_SHOWN).join("; ")}${more} (bring a price book: cost.prices)`,
  ];
}
