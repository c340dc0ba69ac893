import { CONTROLLED } from "./rules.js";
import type { Subject } from "./subject.js";

/** What no simulation can judge, under the heading of the deployment checklist that it belongs to. */
export interface OpenQuestion {
  readonly topic: string;
  readonly asks: string;
}

const ALWAYS: readonly OpenQuestion[] = [
  { topic: "region selection", asks: "Does the provider offer every service that you use in each of these regions?" },
  { topic: "region selection", asks: "Are the users' places and rates measured, or are they those of an example?" },
  {
    topic: "data",
    asks: "Who owns each class of data, and have they agreed to the consistency and the conflict resolution that it gets?",
  },
  {
    topic: "network",
    asks: "Is the runbook for a failover written, and has somebody who did not write it followed it?",
  },
  { topic: "network", asks: "Who may order a failover at night, and who is asked when the automation is wrong?" },
  {
    topic: "security",
    asks: "Is what travels between regions encrypted, and are the keys there when a region is not?",
  },
  {
    topic: "security",
    asks: "Who has access to each region, and does the access outlive the loss of the identity provider's region?",
  },
  { topic: "security", asks: "Are audit logs kept in another region than what they are about?" },
  { topic: "operations", asks: "Are deployments rolled out region by region, with a stop between them?" },
  { topic: "operations", asks: "When was a backup last restored, and by whom?" },
  { topic: "operations", asks: "Which service of somebody else's do all regions depend on?" },
  {
    topic: "operations",
    asks: "Do contracts with customers promise what this scenario promises, and what does a breach cost?",
  },
];

/** Those of every deployment, and those that this plan raises. */
export function questionsOf(subjects: readonly Subject[]): OpenQuestion[] {
  const found = [...ALWAYS];
  const plans = subjects.map(({ plan }) => plan);
  const booting = plans.flatMap(({ regions }) =>
    regions.filter(({ instances, fullInstances }) => fullInstances > instances),
  );
  for (const name of new Set(booting.map((region) => region.name))) {
    const most = Math.max(
      ...booting.filter((region) => region.name === name).map((each) => each.fullInstances - each.instances),
    );
    found.push({
      topic: "operations",
      asks: `Is the quota for ${most} more ${most === 1 ? "instance" : "instances"} granted in ${name}, and the capacity reserved?`,
    });
  }
  if (
    plans.some(({ data }) => data.classes.some(({ personal }) => personal)) ||
    plans.some(({ governance }) => governance !== null)
  )
    found.push(
      {
        topic: "security",
        asks: "Are the contracts and records that the law asks for (processing, transfers, deletion on request) in order?",
      },
      {
        topic: "security",
        asks: "Do logs, analytics and support tools keep the same data out of the regions that the law forbids?",
      },
    );
  if (plans.some((plan) => plan.policies.failover.name === "manual"))
    found.push({
      topic: "operations",
      asks: "Is somebody on call day and night within the delay of the manual failover, and has he done it before?",
    });
  if (plans.some((plan) => CONTROLLED.includes(plan.policies.failover.name)))
    found.push({
      topic: "operations",
      asks: "Does the way back (failback) have a date, a runbook and a check that the data agree?",
    });
  const topics = [...new Set(ALWAYS.map(({ topic }) => topic))];
  return found.toSorted((a, b) => topics.indexOf(a.topic) - topics.indexOf(b.topic));
}
