import { type Estimate, estimate, pairedDifference, ratioOfMeans } from "../measure/statistics.js";
import type { Account, Losses } from "./account.js";

export const MONTHS = 12;

export const lossOf = ({ latency, unavailability, writes, credits }: Losses): number =>
  latency + unavailability + writes + credits;

/** A month by one seed, US dollars, when outages come so often a year: each month has its share of them. */
export interface Month extends Losses {
  readonly potential: number;
  readonly kept: number;
  /** Null where a price is missing, and so is `net`, what is kept after paying it. */
  readonly bill: number | null;
  readonly net: number | null;
}

export function monthAt(account: Account, outages: number): Month {
  const { quiet, outage, potential, bill, outageBill } = account;
  const times = outages / MONTHS;
  const losses = {
    latency: quiet.latency + times * outage.latency,
    unavailability: quiet.unavailability + times * outage.unavailability,
    writes: quiet.writes + times * outage.writes,
    credits: quiet.credits + times * outage.credits,
  };
  const kept = potential - lossOf(losses);
  const paid = bill === null || outageBill === null ? null : bill + times * outageBill;
  return { ...losses, potential, kept, bill: paid, net: paid === null ? null : kept - paid };
}

/** (what is kept - the bill) / the bill: all revenue counts as the return on the architecture. */
export const grossReturn = (kept: readonly number[], bills: readonly number[]): Estimate =>
  lessOne(ratioOfMeans(kept, bills));

/**
 * The same of what an architecture keeps and costs beyond the baseline: what the additional dollar brings in. Null where it
 * costs no more than the baseline: then there is no such dollar. Paired by seed.
 */
export function netReturn(
  kept: readonly number[],
  bills: readonly number[],
  baseKept: readonly number[],
  baseBills: readonly number[],
): Estimate {
  const more = (values: readonly number[], base: readonly number[]): number[] =>
    values.map((value, seed) => value - base[seed]!);
  const costs = more(bills, baseBills);
  const found = ratioOfMeans(more(kept, baseKept), costs);
  if (estimate(costs).mean! <= 0) return { ...found, mean: null, ci95: null };
  return lessOne(found);
}

const lessOne = ({ mean, ci95, ...rest }: Estimate): Estimate => ({
  ...rest,
  mean: mean === null ? null : mean - 1,
  ci95: ci95 === null ? null : [ci95[0] - 1, ci95[1] - 1],
});

/** What an architecture nets a month beyond the baseline, paired by seed. */
export const gainAt = (account: readonly Account[], base: readonly Account[], outages: number): Estimate =>
  pairedDifference(
    account.map((each) => monthAt(each, outages).net),
    base.map((each) => monthAt(each, outages).net),
  );
