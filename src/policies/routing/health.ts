import { NOBODY, type RegionId, type Router, type TrafficView } from "../contract.js";
import { type OptionValues, type Options, choice } from "../options.js";

/** For every policy that looks at health. Public traffic managers fail open; closed is for data that must not be stale. */
export const WHEN_NONE_HEALTHY: Options = {
  when_none_healthy: choice(
    ["open", "closed"],
    "open answers as if all were healthy, since an answer may still work; closed answers nothing",
  ),
};

/** A choice among the regions that a predicate admits: NOBODY when it admits none of those that the policy considers. */
export type Choice = (view: TrafficView, admits: (region: RegionId) => boolean) => RegionId;

/** Chooses among the regions that look healthy; when none does, as the option says. */
export function amongHealthy(options: OptionValues, choose: Choice): Router {
  const opens = options["when_none_healthy"] === "open";
  return {
    contact(view) {
      const healthy = choose(view, (region) => view.healthy(region));
      return healthy === NOBODY && opens ? choose(view, () => true) : healthy;
    },
  };
}

/** The region for which `cost` is least, the first among equals. */
export function least(
  view: TrafficView,
  admits: (region: RegionId) => boolean,
  cost: (region: RegionId) => number,
): RegionId {
  let best = NOBODY;
  for (const region of view.regions) {
    if (!admits(region)) continue;
    if (best === NOBODY || cost(region) < cost(best)) best = region;
  }
  return best;
}
