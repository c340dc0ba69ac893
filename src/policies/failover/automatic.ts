import { type Failover, type FailoverView, NOBODY } from "../contract.js";

/** The most complete standby that looks healthy, the order of preference deciding between equals. */
export function mostComplete(view: FailoverView): number {
  let best = NOBODY;
  for (const region of view.standbys) {
    if (!view.healthy(region)) continue;
    if (best === NOBODY || isMoreComplete(view, region, best)) best = region;
  }
  return best;
}

function isMoreComplete(view: FailoverView, one: number, other: number): boolean {
  const newer = view.logTerm(one) - view.logTerm(other);
  return newer > 0 || (newer === 0 && view.position(one) > view.position(other));
}

export const automatic: Failover = {
  name: "automatic",
  about: "Promotes the most complete healthy standby when the primary looks unhealthy.",
  options: {},
  on: () => ({
    leader: (view: FailoverView) => (view.healthy(view.leader) ? view.leader : mostComplete(view)),
  }),
};
