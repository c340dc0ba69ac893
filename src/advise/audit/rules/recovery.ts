import { formatRounded } from "../../../units/time.js";
import type { Observation } from "../finding.js";
import type { Rule } from "../rule.js";
import { type Subject, hasController, leadersOf, servingRegions } from "../subject.js";
import { sum, timeline, told } from "../timeline.js";

const LONG_TTL = 300_000_000;

export const rtoBudget: Rule = {
  name: "rto-budget",
  about: "Detection, the failover and cached answers together are within the promised RTO.",
  check(subject) {
    const { rto, plan } = subject;
    const phases = timeline(subject);
    if (rto === null || plan.regions.length < 2 || sum(phases) <= rto) return [];
    const longest = phases.reduce((a, b) => (b.micros > a.micros ? b : a));
    const least = sum(timeline(subject, "least"));
    return [
      {
        severity: least > rto ? "critical" : "warning",
        path: longest.path,
        what: `an outage can take ${formatRounded(sum(phases))} to get over, and an RTO of ${formatRounded(rto)} is promised`,
        why: `${told(phases)} = ${formatRounded(sum(phases))}; each part at its longest, with luck ${formatRounded(least)} in all`,
        change: `take ${formatRounded(sum(phases) - rto)} off: health.interval, health.threshold, dns.ttl, failover.lease; or promise less`,
        shows: ["check", "FILE", "--architecture", plan.architecture],
      },
    ];
  },
};

export const bootTime: Rule = {
  name: "boot-time",
  about: "A standby that has to boot instances before it can carry the load has them within the RTO.",
  check(subject) {
    const { plan, rto } = subject;
    return standbysThatBoot(subject).flatMap((region): Observation[] => {
      const { name, instances, fullInstances, bootMedian, bootP99 } = plan.regions[region]!;
      const needed = sum(timeline(subject)) + bootP99;
      if (rto === null || needed <= rto) return [];
      return [
        {
          severity: "critical",
          path: subject.at("standby_instances"),
          what: `${name} boots ${fullInstances - instances} of its ${fullInstances} instances after the failover, which goes beyond the RTO of ${formatRounded(rto)}`,
          why: `half of the boots take ${formatRounded(bootMedian)}, one in a hundred more than ${formatRounded(bootP99)}; with the failover before them ${formatRounded(needed)}`,
          change:
            "standby_instances: full, or a share that carries the load until the rest is there; or a shorter boot",
          shows: ["compare", "FILE"],
        },
      ];
    });
  },
};

export const staticStability: Rule = {
  name: "static-stability",
  about: "A failover needs nothing from the control plane that starts instances.",
  check(subject) {
    const { plan } = subject;
    return standbysThatBoot(subject).map((region): Observation => {
      const { name, instances, fullInstances } = plan.regions[region]!;
      const launched = fullInstances - instances;
      return {
        severity: "warning",
        path: subject.at("standby_instances"),
        what: `the failover to ${name} has to launch ${launched} ${launched === 1 ? "instance" : "instances"}`,
        why: `it stands by with ${instances} of ${fullInstances}; when a large region fails everybody launches at once, and the control plane that does it may be what is impaired`,
        change: "standby_instances: full; or reserve the capacity",
        shows: ["compare", "impaired-control-plane"],
      };
    });
  },
};

/** Those that can be promoted with fewer instances than they need then. */
function standbysThatBoot(subject: Subject): number[] {
  if (!hasController(subject)) return [];
  const heirs = new Set(subject.groups.flatMap(({ standbys }) => standbys));
  return [...heirs].filter((region) => {
    const { instances, fullInstances } = subject.plan.regions[region]!;
    return instances < fullInstances;
  });
}

export const longTtl: Rule = {
  name: "long-ttl",
  about: "Resolvers forget the answer of yesterday soon enough.",
  check({ plan: { dns, client }, at }) {
    const found: Observation[] = [];
    if (dns.anycast === null && dns.ttl > LONG_TTL)
      found.push({
        severity: "warning",
        path: at("dns.ttl"),
        what: `resolvers keep an answer for ${formatRounded(dns.ttl)}`,
        why: `for so long after a failover some users are led to the region that is gone, half of them for ${formatRounded(dns.ttl / 2)}`,
        change: "dns.ttl: 60s, or dns.mode: anycast",
        shows: ["compare", "FILE"],
      });
    if (dns.anycast === null && client.pinned > 0)
      found.push({
        severity: "warning",
        path: "client.pinned",
        what: `${Math.round(client.pinned * 1000) / 10} % of the sessions never resolve the name again`,
        why: "no TTL moves them: they stay with a region that is gone until their program is started anew",
        change: "have clients resolve again (client.pinned: 0%), or dns.mode: anycast",
        shows: ["compare", "FILE"],
      });
    return found;
  },
};

export const noFailover: Rule = {
  name: "no-failover",
  about: "Somebody replaces a leader that is gone.",
  check(subject) {
    const { plan, gives } = subject;
    // Where there is no other copy there is nobody to take over.
    const isLed =
      gives.writers === "leader" && subject.groups.some(({ primary, holders }) => primary >= 0 && holders.length > 1);
    if (!isLed || plan.policies.failover.name !== "none" || gives.elects === true) return [];
    const leaders = leadersOf(subject).map((region) => subject.name(region));
    return [
      {
        severity: "warning",
        path: subject.at("failover"),
        what: `nobody replaces ${leaders.join(" or ")} when it fails`,
        why: `failover is none: writes${servingRegions(plan).length > 1 ? "" : ", and reads,"} wait for as long as the outage lasts`,
        change: "failover: automatic, with a standby; or say that the RTO is that of the region",
        shows: ["compare", "FILE"],
      },
    ];
  },
};
