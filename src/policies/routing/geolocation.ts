import type { Routing } from "../contract.js";
import { WHEN_NONE_HEALTHY, amongHealthy, least } from "./health.js";

/** By the map alone: where cables take a detour, that is not the region that answers first. */
export const geolocation: Routing = {
  name: "geolocation",
  about: "Sends users to the healthy region that is nearest to their place on the map, whatever the round trip.",
  costs: "Near on the map may be far by the network.",
  follows: "the routing policies of Amazon Route 53, geoproximity",
  options: WHEN_NONE_HEALTHY,
  on: (options) => amongHealthy(options, (view, admits) => least(view, admits, (region) => view.distance(region))),
};
