import { NOBODY, type Routing, type TrafficView } from "../contract.js";

/** Nearest healthy region; the nearest of all when none looks healthy (fail open: an answer may still work). */
export function nearest(view: TrafficView, onlyHealthy: boolean): number {
  let best = NOBODY;
  for (const region of view.regions) {
    if (onlyHealthy && !view.healthy(region)) continue;
    if (best === NOBODY || view.roundTrip(region) < view.roundTrip(best)) best = region;
  }
  return best;
}

export const latency: Routing = {
  name: "latency",
  about: "Sends users to the healthy region with the shortest round trip from their place.",
  options: {},
  contact(view: TrafficView): number {
    const healthy = nearest(view, true);
    return healthy === NOBODY ? nearest(view, false) : healthy;
  },
};
