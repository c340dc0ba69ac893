import type { Meters } from "../simulation/outcome.js";
import type { Plan } from "../simulation/plan.js";
import { regionFacts } from "../topology/places.js";
import { assumptionsOf } from "./assumptions.js";
import { CURRENCY, MONTH_HOURS } from "./items.js";
import { type BillLine, linesOf } from "./lines.js";
import type { Prices } from "./prices.js";

/** What one run's architecture costs in a month of 730 hours that has it in it (month.ts). */
export interface Bill {
  readonly currency: typeof CURRENCY;
  readonly hours: typeof MONTH_HOURS;
  readonly lines: readonly BillLine[];
  /** Of all lines that have a price: at least so much, where one has none. */
  readonly total: number;
  /** Which prices are missing, as sentences without a full stop; empty when the bill is complete. */
  readonly missing: readonly string[];
  /** What was taken for granted, alike. */
  readonly assumptions: readonly string[];
}

/** A pure function of what was simulated and of prices. */
export function bill(plan: Plan, meters: Meters, prices: Prices): Bill {
  const lines = linesOf(plan, meters, prices);
  const missing = lines
    .filter(({ price }) => price === null)
    .map(({ item, region, to }) => {
      const where = to === null ? region : `${region} to ${to}`;
      return `no price book has a price of "${item}" in ${where}${strange(region, prices)}`;
    });
  return {
    currency: CURRENCY,
    hours: MONTH_HOURS,
    lines,
    total: totalOf(lines),
    missing: [...new Set(missing)],
    assumptions: assumptionsOf(plan, meters, lines, prices),
  };
}

/** Of a region that somebody prices by the list of another provider than its own, which names none of its regions. */
function strange(region: string, { regions }: Prices): string {
  const list = regions[region]?.provider ?? null;
  const owner = regionFacts(region)?.provider ?? list;
  return owner === list ? "" : `: it is a region of ${owner}, and the prices are those of ${list}`;
}

/** Dollars a month; null where a price is missing: a part of a bill is no bill. */
export const monthlyCost = ({ lines }: Pick<Bill, "lines">): number | null =>
  lines.some(({ price }) => price === null) ? null : totalOf(lines);

const totalOf = (lines: readonly BillLine[]): number => lines.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
