import { NOBODY, type RegionId, type Routing } from "../contract.js";
import { numbersOption, weights } from "../options.js";
import { type Choice, WHEN_NONE_HEALTHY, amongHealthy } from "./health.js";

/**
 * A resolver belongs to the region into whose part of [0, 1) its share falls. When that one is not admitted, the place
 * within its part is a share again, among the others: so the users of a lost region are split by the other weights, and
 * nobody else moves. Regions of weight 0 are asked when no other is admitted.
 */
export function byWeight(weightOf: readonly number[]): Choice {
  return (view, admits) => {
    const left = view.regions.filter((region) => weightOf[region]! > 0);
    let { share } = view;
    while (left.length > 0) {
      const { index, within } = partOf(share, left, weightOf);
      const region = left[index]!;
      if (admits(region)) return region;
      left.splice(index, 1);
      share = within;
    }
    const idle = view.regions.filter((region) => weightOf[region] === 0 && admits(region));
    return idle[Math.floor(share * idle.length)] ?? NOBODY;
  };
}

/** Into which region's part a share falls, and where within it. */
function partOf(share: number, among: readonly RegionId[], weightOf: readonly number[]) {
  let total = 0;
  for (const region of among) total += weightOf[region]!;
  let rest = share * total;
  let index = 0;
  for (; index < among.length - 1 && rest >= weightOf[among[index]!]!; index++) rest -= weightOf[among[index]!]!;
  // Sums of fractions may end a hair beyond their last part.
  return { index, within: Math.min(rest / weightOf[among[index]!]!, 1 - Number.EPSILON) };
}

export const weighted: Routing = {
  name: "weighted",
  about:
    "Splits the users of every place over the regions in fixed proportions, and those of a lost region over the rest.",
  costs: "Distance: users are spread without regard to where they are.",
  follows: "the routing policies of Amazon Route 53, weighted",
  options: { weights: weights("each region's part of the users; only proportions count"), ...WHEN_NONE_HEALTHY },
  on: (options) => amongHealthy(options, byWeight(numbersOption(options, "weights"))),
};
