import { formatRounded } from "../../../units/time.js";
import type { Observation } from "../finding.js";
import { writeLoad } from "../load.js";
import type { Rule } from "../rule.js";
import { type Subject, hasController, leadersOf } from "../subject.js";

/** Microseconds after which semi-sync goes on alone; Infinity for never; null where it is another replication. */
function fallBack({ plan: { policies } }: Subject): number | null {
  return policies.replication.name === "semi-sync" ? Number(policies.replication.options["fall_back"]) : null;
}

/** Whether a write may be answered before a second region has it. */
function answersAlone(subject: Subject): boolean {
  const { replication } = subject.plan.policies;
  const alone = fallBack(subject);
  if (alone !== null) return alone !== Number.POSITIVE_INFINITY;
  return replication.name === "async" || replication.name === "multi-primary";
}

export const rpoZero: Rule = {
  name: "rpo-zero",
  about: "Where no loss is promised, a write is answered once a second region has it.",
  check(subject) {
    const { plan, rpo, at } = subject;
    const several = subject.groups.some(({ holders }) => holders.length > 1);
    if (rpo !== 0 || !several || fallBack(subject) !== null || !answersAlone(subject)) return [];
    const { rate } = writeLoad(plan);
    const isLed = leadersOf(subject).length > 0;
    const { replication } = plan.policies;
    return [
      {
        severity: isLed ? "critical" : "warning",
        path: at("replication"),
        what: `no acknowledged write is to be lost, and replication ${replication.name} answers before another region has it`,
        why: `${Math.round(rate)} writes/s are acknowledged by one region; those of the last moments, and all of a time without a link, ${isLed ? "are gone once a standby is promoted" : "are gone with its disk"}`,
        change: "replication: {use: semi-sync, fall_back: never}, sync, raft or quorum; or promise an RPO above 0",
        shows: ["compare", "synchronous-standbys"],
      },
    ];
  },
};

export const semiSyncFallback: Rule = {
  name: "semi-sync-fallback",
  about: "Semi-synchronous replication does not turn asynchronous when it matters.",
  check(subject) {
    const after = fallBack(subject);
    if (after === null || after === Number.POSITIVE_INFINITY) return [];
    return [
      {
        severity: subject.rpo === 0 ? "critical" : "warning",
        path: subject.at("replication.fall_back"),
        what: `after ${formatRounded(after)} without an acknowledgement semi-sync goes on alone`,
        why: `a partition of more than ${formatRounded(after)} makes it asynchronous; if the primary dies then, all of ${Math.round(writeLoad(subject.plan).rate)} writes/s since is lost`,
        change: "replication.fall_back: never (writes wait while no standby answers)",
        shows: ["compare", "synchronous-standbys"],
      },
    ];
  },
};

export const lagBound: Rule = {
  name: "lag-bound",
  about: "A standby that is far behind is not promoted without anybody knowing.",
  check(subject) {
    const { plan, at, rpo } = subject;
    const { failover } = plan.policies;
    const bounded = (name: string): boolean => Number(failover.options[name] ?? 0) !== Number.POSITIVE_INFINITY;
    const onCommit = Number(plan.policies.replication.options["max_lag"] ?? Number.POSITIVE_INFINITY);
    if (!hasController(subject) || leadersOf(subject).length === 0 || !answersAlone(subject)) return [];
    if (failover.options["max_lag"] === undefined || bounded("max_lag") || bounded("max_lag_time")) return [];
    if (onCommit !== Number.POSITIVE_INFINITY) return [];
    return [
      {
        severity: rpo === null ? "advice" : "warning",
        path: at("failover.max_lag_time"),
        what: "a standby is promoted however far it is behind",
        why: `a copy that lags by an hour loses an hour of ${Math.round(writeLoad(plan).rate)} writes/s${rpo === null ? "" : `, and an RPO of ${formatRounded(rpo)} is promised`}`,
        change: `failover.max_lag_time: ${rpo === null || rpo === 0 ? "30s" : formatRounded(rpo)}, or replication.max_lag, which holds writes back`,
        shows: ["compare", "lag-bound"],
      },
    ];
  },
};

export const backups: Rule = {
  name: "backups",
  about: "There is something to go back to: replication copies a deletion as faithfully as anything else.",
  check(subject) {
    const { plan, at } = subject;
    if (plan.backups === null)
      return [
        {
          severity: "warning",
          path: at("backups"),
          what: "there are no backups",
          why: "a deletion, a bad deploy or a corrupt write is in every copy within a second: replication is no backup",
          change:
            subject.groups.length > 1
              ? "backups: {interval: 1d, point_in_time: 5m}: each group of data by itself, where the law allows it"
              : "backups: {interval: 1d, point_in_time: 5m}, in another region than the primary",
          shows: ["compare", "accidental-deletion"],
        },
      ];
    const found: Observation[] = [];
    const { regions, pointInTime } = plan.backups;
    const beside = subject.groups.filter(({ primary }, group) => primary >= 0 && regions[group] === primary);
    const [first] = beside;
    if (first !== undefined && plan.regions.length > 1)
      found.push({
        severity: "warning",
        path: at("backups.region"),
        what:
          subject.groups.length === 1
            ? `the backups are in ${subject.name(first.primary)}, which leads`
            : `the backups of ${first.name} are in ${subject.name(first.primary)}, which leads them (and ${beside.length - 1} groups more are so)`,
        why: "who loses the region, or its account, loses the data and the backups at once",
        change:
          subject.groups.length === 1
            ? `backups.region: ${plan.regions.find((_, id) => id !== first.primary)!.name}`
            : "backups.region: another one, where the law lets all of them rest",
        shows: null,
      });
    if (pointInTime === Number.POSITIVE_INFINITY)
      found.push({
        severity: "advice",
        path: at("backups.point_in_time"),
        what: `only whole backups are kept, one each ${formatRounded(plan.backups.interval)}`,
        why: `a restore goes back by up to ${formatRounded(plan.backups.interval)} of writes`,
        change: "backups.point_in_time: 5m",
        shows: ["compare", "accidental-deletion"],
      });
    return found;
  },
};
