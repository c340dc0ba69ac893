import { type Estimate, ratioOfMeans } from "../measure/statistics.js";
import type { Account } from "./account.js";
import { MONTHS, monthAt } from "./return.js";

/** How often outages have to come for an architecture to net more than the baseline. */
export interface BreakEven {
  /** "even" where the two net the same, however often. */
  readonly pays: "always" | "never" | "above" | "below" | "even";
  /**
   * Outages a year at which the two net the same; of "above" and "below" only. Its interval holds every frequency at
   * which these seeds cannot tell the two apart; null where they do not bound it.
   */
  readonly outages: Estimate | null;
}

/**
 * What an architecture nets beyond the baseline is a line: over a year without outages, twelve quiet months; by each outage,
 * the loss that it avoids less what it adds to the bill. Null where a price is missing.
 */
export function breakEven(accounts: readonly Account[], baseline: readonly Account[]): BreakEven | null {
  const quiet: number[] = [];
  const avoided: number[] = [];
  for (const [seed, account] of accounts.entries()) {
    const base = baseline[seed]!;
    const net = [account, base].map((each) => [monthAt(each, 0).net, monthAt(each, MONTHS).net] as const);
    const [[own, ownStruck], [other, otherStruck]] = net as [(typeof net)[0], (typeof net)[0]];
    if (own === null || ownStruck === null || other === null || otherStruck === null) return null;
    quiet.push(MONTHS * (own - other));
    avoided.push(ownStruck - own - (otherStruck - other));
  }
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  const [start, slope] = [sum(quiet), sum(avoided)];
  if (start === 0 && slope === 0) return { pays: "even", outages: null };
  if (start >= 0 && slope >= 0) return { pays: "always", outages: null };
  if (start <= 0 && slope <= 0) return { pays: "never", outages: null };
  const crossing = ratioOfMeans(
    quiet.map((value) => -value),
    avoided,
  );
  const { ci95 } = crossing;
  return {
    pays: slope > 0 ? "above" : "below",
    // Nothing comes less often than never.
    outages: { ...crossing, ci95: ci95 === null ? null : [Math.max(0, ci95[0]), ci95[1]] },
  };
}
