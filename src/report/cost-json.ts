import type { Bill } from "../cost/bill.js";
import { breakdown, byRegion, byService } from "../cost/breakdown.js";
import { estimate } from "../measure/statistics.js";
import type { Analysis } from "./cost-text.js";
import type { Premium } from "./premium.js";

/** Name and version of the documented shape (docs/output.md). */
export const COST_SCHEMA = "faultline/cost/1";

/** The document of `cost analyze --json`. */
export function analysisDocument({ question, scenario, seeds, architectures, premiums }: Analysis): string {
  const document = {
    schema: COST_SCHEMA,
    scenario,
    question,
    currency: "USD",
    hours: 730,
    seeds,
    architectures: Object.fromEntries(
      architectures.map(({ name, bill, totals }) => {
        const premium = premiums.find(({ architecture }) => architecture === name);
        return [
          name,
          { total: estimate(totals), ...billOf(bill), premium: premium === undefined ? null : premiumOf(premium) },
        ];
      }),
    ),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Amounts are means over the seeds, in dollars a month. */
export const billOf = (bill: Bill) => ({
  complete: bill.missing.length === 0,
  missing: bill.missing,
  by_service: Object.fromEntries(breakdown(bill, byService).map(({ name, amount }) => [name, amount])),
  by_region: Object.fromEntries(breakdown(bill, byRegion).map(({ name, amount }) => [name, amount])),
  lines: bill.lines.map(({ priceUnit, ...line }) => ({ ...line, price_unit: priceUnit })),
  assumptions: bill.assumptions,
});

const premiumOf = ({ baseline, premium, rule }: Premium) => ({
  baseline,
  premium,
  rule_of_thumb:
    rule === null
      ? null
      : { low: rule.low, high: rule.high, source: rule.source, date: rule.date, status: rule.status },
});
