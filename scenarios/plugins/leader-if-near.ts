import { NOBODY, type RegionId, type Routing } from "faultline/policy";

const NEAR = 120_000; // microseconds

export default {
  name: "leader-if-near",
  about: "The leader for those who are within 120 ms of it, the nearest healthy region for all others.",
  options: {},
  contact(view) {
    const { leader } = view;
    if (leader !== NOBODY && view.healthy(leader) && view.roundTrip(leader) <= NEAR) return leader;
    let best: RegionId = view.regions[0]!;
    for (const region of view.regions) {
      const isBetter = view.healthy(region) !== view.healthy(best)
        ? view.healthy(region)
        : view.roundTrip(region) < view.roundTrip(best);
      if (isBetter) best = region;
    }
    return best;
  },
} satisfies Routing;
