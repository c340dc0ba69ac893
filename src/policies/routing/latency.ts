import type { Routing } from "../contract.js";
import { WHEN_NONE_HEALTHY, amongHealthy, least } from "./health.js";

export const latency: Routing = {
  name: "latency",
  about: "Sends users to the healthy region with the shortest round trip from their place.",
  costs: "Regions near many users carry more than others; borders on the map are not kept.",
  follows: "the routing policies of Amazon Route 53, latency",
  options: WHEN_NONE_HEALTHY,
  on: (options) => amongHealthy(options, (view, admits) => least(view, admits, (region) => view.roundTrip(region))),
};
