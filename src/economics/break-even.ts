import { type Estimate, estimate, ratioOfMeans } from "../measure/statistics.js";
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
  /** Whether these seeds settle it: the intervals of both ends of the line, or that of the crossing. */
  readonly settled: boolean;
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
  const [start, slope] = [estimate(quiet), estimate(avoided)];
  const [at, by] = [start.mean!, slope.mean!];
  if (at === 0 && by === 0) return { pays: "even", outages: null, settled: isSettled(start, 0) && isSettled(slope, 0) };
  if (at >= 0 && by >= 0) return { pays: "always", outages: null, settled: isSettled(start, 1) && isSettled(slope, 1) };
  if (at <= 0 && by <= 0)
    return { pays: "never", outages: null, settled: isSettled(start, -1) && isSettled(slope, -1) };
  const { ci95, ...crossing } = ratioOfMeans(
    quiet.map((value) => -value),
    avoided,
  );
  return {
    pays: by > 0 ? "above" : "below",
    // Nothing comes less often than never.
    outages: { ...crossing, ci95: ci95 === null ? null : [Math.max(0, ci95[0]), ci95[1]] },
    settled: ci95 !== null,
  };
}

/** Whether all of the interval is on the side of this sign, or at zero. */
const isSettled = ({ ci95 }: Estimate, sign: number): boolean =>
  ci95 !== null && (sign <= 0 ? ci95[1] <= 0 : true) && (sign >= 0 ? ci95[0] >= 0 : true);
