import type { Outcome } from "../simulation/outcome.js";
import type { Plan } from "../simulation/plan.js";
import { monthlyCost } from "./bill.js";
import { type Service, linesOf } from "./lines.js";
import type { Prices } from "./prices.js";

/** The outcome with what it costs a month among its figures, and the two parts of it that an architecture moves most. Its digests are of the run, which has no price. */
export function priced(outcome: Outcome, plan: Plan, prices: Prices): Outcome {
  if (plan.unmonitored?.includes("cost_tracking") === true) return outcome;
  const lines = linesOf(plan, outcome.meters, prices);
  const of = (part: Service): number | null => monthlyCost({ lines: lines.filter(({ service }) => service === part) });
  const costs = {
    monthly_cost: monthlyCost({ lines }),
    monthly_compute_cost: of("compute"),
    monthly_transfer_cost: of("transfer"),
  };
  return { ...outcome, summary: { ...outcome.summary, ...costs } };
}
