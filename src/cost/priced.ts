import type { Outcome } from "../simulation/outcome.js";
import type { Plan } from "../simulation/plan.js";
import { monthlyCost } from "./bill.js";
import { linesOf } from "./lines.js";
import type { Prices } from "./prices.js";

/** The outcome with what it costs a month among its figures. Its digests are of the run, which has no price. */
export function priced(outcome: Outcome, plan: Plan, prices: Prices): Outcome {
  if (plan.unmonitored?.includes("cost_tracking") === true) return outcome;
  const monthly_cost = monthlyCost({ lines: linesOf(plan, outcome.meters, prices) });
  return { ...outcome, summary: { ...outcome.summary, monthly_cost } };
}
