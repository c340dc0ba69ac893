import { formatBytes } from "../../../units/format.js";
import { DAY, SECOND } from "../../../units/time.js";
import { writeLoad } from "../load.js";
import type { Rule } from "../rule.js";
import { leadersOf, servingRegions } from "../subject.js";

const MONTH = (30 * DAY) / SECOND;
/** A terabyte a month is a few tens of dollars between most regions: below it nobody's bill surprises him. */
const WORTH_WATCHING = 1e12;

export const lagAlert: Rule = {
  name: "lag-alert",
  about: "Somebody hears of it when copies fall behind.",
  check(subject) {
    const { plan, at } = subject;
    if (subject.groups.every(({ holders }) => holders.length < 2)) return [];
    if ((plan.alerts?.lag ?? Number.POSITIVE_INFINITY) !== Number.POSITIVE_INFINITY) return [];
    return [
      {
        severity: "advice",
        path: at("alerts.replication_lag"),
        what: "no alert watches the lag of replication",
        why: `a copy that stopped following is found out by the failover that needs it${leadersOf(subject).length > 0 ? ", as an RPO" : ", as stale answers"}`,
        change: "alerts.replication_lag: 5s",
        shows: ["compare", "replication-lag"],
      },
    ];
  },
};

export const transferBudget: Rule = {
  name: "transfer-budget",
  about: "What replication sends between regions has been reckoned.",
  check(subject) {
    const { plan, at } = subject;
    const { bytes, rate } = writeLoad(plan);
    const copies = Math.max(...subject.groups.map(({ holders }) => holders.length));
    const monthly = bytes * (copies - 1) * MONTH;
    if (monthly < WORTH_WATCHING || (plan.alerts?.transfer ?? Number.POSITIVE_INFINITY) !== Number.POSITIVE_INFINITY)
      return [];
    return [
      {
        severity: "advice",
        path: at("alerts.monthly_transfer"),
        what: `replication sends ${formatBytes(Math.round(monthly / 1e9) * 1e9)} a month between regions, and nothing watches it`,
        why: `${Math.round(rate)} writes/s of ${formatBytes(Math.round(bytes / rate))} to ${copies - 1} more ${copies === 2 ? "copy" : "copies"}, each byte paid for at its source`,
        change: "alerts.monthly_transfer; or send less: placement.for, transfer.compression, replication.batch",
        shows: ["compare", "selective-replication"],
      },
    ];
  },
};

export const untested: Rule = {
  name: "untested",
  about: "The scenario takes a region away: a plan that was never tried is a hope.",
  check({ plan }) {
    const serving = servingRegions(plan);
    const struck = plan.faults.some(
      ({ regions, hardships: { region } }) =>
        region !== null && (region.dark || region.hostDead) && regions.some((each) => serving.includes(each)),
    );
    if (struck || serving.length === 0) return [];
    return [
      {
        severity: "advice",
        path: "faults",
        what: "no fault of this scenario takes a region away",
        why: "nothing that this audit says of failovers has been seen in a run",
        change: `faults: [{region_outage: ${plan.regions[serving[0]!]!.name}, at: 10m, for: 20m}]`,
        shows: null,
      },
    ];
  },
};
