import { type Failover, type FailoverView, NOBODY } from "../contract.js";

/** The most complete standby that looks healthy, the order of preference deciding between equals. */
export function mostComplete(view: FailoverView): number {
  let best = NOBODY;
  for (const region of view.standbys) {
    if (!view.healthy(region)) continue;
    if (best === NOBODY || view.position(region) > view.position(best)) best = region;
  }
  return best;
}

export const automatic: Failover = {
  name: "automatic",
  about: "Promotes the most complete healthy standby when the primary looks unhealthy.",
  options: {},
  on: () => ({
    leader: (view: FailoverView) => (view.healthy(view.leader) ? view.leader : mostComplete(view)),
  }),
};
