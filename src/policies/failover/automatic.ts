import { type Failover, type FailoverView, NOBODY, type RegionId } from "../contract.js";
import { type Option, count, forever, numberOption } from "../options.js";

/** The most complete standby that looks healthy, the order of preference deciding between equals. */
export function mostComplete(view: FailoverView): RegionId {
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

/** The option by which a policy refuses a standby that would lose too much: nobody leads then, until it has caught up. */
export const MAX_LAG: Option = count(
  Number.POSITIVE_INFINITY,
  "writes by which a standby may be behind, as far as the controller has heard, and still be promoted",
  { endless: "any" },
);

/** The same by time. */
export const MAX_LAG_TIME: Option = forever(
  Number.POSITIVE_INFINITY,
  "for how long a standby may have lacked something of the primary's, as far as the controller has heard, and still be promoted; never: however long",
);

/**
 * Writes by which a copy is behind the leader, as both have last reported. Without a write of the leader's own term it may
 * have others in their place, and nobody can tell how many are missing: as if it had none.
 */
function lag(view: FailoverView, region: RegionId): number {
  if (view.logTerm(region) < view.logTerm(view.leader)) return view.position(view.leader);
  return view.position(view.leader) - view.position(region);
}

/** While the leader looks healthy it stays; else the most complete standby, unless it is too far behind. */
export function replacement(view: FailoverView, maxLag: number, maxLagTime: number): RegionId {
  if (view.healthy(view.leader)) return view.leader;
  const heir = mostComplete(view);
  return heir === NOBODY || lag(view, heir) > maxLag || view.behindFor(heir) > maxLagTime ? NOBODY : heir;
}

export const automatic: Failover = {
  name: "automatic",
  about: "Promotes the most complete healthy standby when the primary looks unhealthy.",
  costs: "A false alarm costs a failover, and what the standby lacks of an async primary is lost.",
  follows: "the automatic failover groups of Azure SQL Database",
  options: { max_lag: MAX_LAG, max_lag_time: MAX_LAG_TIME },
  on: (options) => {
    const maxLag = numberOption(options, "max_lag");
    const maxLagTime = numberOption(options, "max_lag_time");
    return { leader: (view) => replacement(view, maxLag, maxLagTime) };
  },
};
