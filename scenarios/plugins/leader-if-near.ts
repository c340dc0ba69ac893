import { NOBODY, type RegionId, type Router, type Routing, duration, numberOption } from "faultline/policy";

export default {
  name: "leader-if-near",
  about: "The leader for those who are near it, the nearest healthy region for all others.",
  options: { near: duration(120_000, "round trip to the leader up to which users go there") },
  on: (options): Router => ({
    contact(view) {
      const { leader } = view;
      const isNear = leader !== NOBODY && view.roundTrip(leader) <= numberOption(options, "near");
      if (isNear && view.healthy(leader)) return leader;
      let best: RegionId = view.regions[0]!;
      for (const region of view.regions) {
        const isBetter =
          view.healthy(region) !== view.healthy(best)
            ? view.healthy(region)
            : view.roundTrip(region) < view.roundTrip(best);
        if (isBetter) best = region;
      }
      return best;
    },
  }),
} satisfies Routing;
