import { BASELINE, type RuleOfThumb, ruleFor, ruleInWords } from "../cost/rules-of-thumb.js";
import { type Estimate, estimate, halfWidth } from "../measure/statistics.js";
import { formatEstimate } from "./numbers.js";

/** What an architecture costs beyond one with a single region, as a fraction of that; and what is usually said. */
export interface Premium {
  readonly architecture: string;
  readonly baseline: string;
  /** Paired by seed. */
  readonly premium: Estimate;
  readonly rule: RuleOfThumb | null;
}

export interface Costed {
  readonly name: string;
  /** The pattern that it began as, empty for none. */
  readonly pattern: string;
  /** Dollars a month, by seed. */
  readonly costs: readonly (number | null)[];
}

/** Empty where no architecture is a single region, or a price is missing. */
export function premiumsOf(architectures: readonly Costed[]): Premium[] {
  const baseline = architectures.find(({ pattern }) => pattern === BASELINE);
  if (baseline === undefined) return [];
  return architectures.flatMap(({ name, pattern, costs }) => {
    if (name === baseline.name) return [];
    const ratios = costs.map((cost, seed) => {
      const base = baseline.costs[seed] ?? null;
      return cost === null || base === null || base === 0 ? null : cost / base - 1;
    });
    const premium = estimate(ratios);
    if (premium.mean === null) return [];
    return [{ architecture: name, baseline: baseline.name, premium, rule: ruleFor(pattern) ?? null }];
  });
}

export const premiumInWords = ({ premium }: Premium): string =>
  `${premium.mean! < 0 ? "-" : "+"}${formatEstimate(Math.abs(premium.mean!), halfWidth(premium), "fraction")}`;

/** One sentence, without a full stop, for those of which something is usually said; none where there is nothing to compare. */
export function premiumNote(premiums: readonly Premium[]): string[] {
  const said = premiums.flatMap((each) =>
    each.rule === null
      ? []
      : [`${each.architecture} ${premiumInWords(each)} (rule of thumb: ${ruleInWords(each.rule)})`],
  );
  if (said.length === 0) return [];
  const [{ baseline }] = premiums as [Premium];
  return [`a month costs, against ${baseline}: ${said.join(", ")}; the rules are second-hand, of 2024 to 2026`];
}
