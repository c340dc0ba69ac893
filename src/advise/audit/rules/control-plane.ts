import { formatRounded } from "../../../units/time.js";
import type { Observation } from "../finding.js";
import type { Rule } from "../rule.js";
import { hasController, leadersOf, servingRegions } from "../subject.js";

export const vantagePoints: Rule = {
  name: "vantage-points",
  about: "Regions are judged from several places, so that one that has lost its line is outvoted.",
  check({ plan, at }) {
    const { vantages } = plan.health;
    if (servingRegions(plan).length < 2 || vantages.length >= 3) return [];
    const sites = [...plan.regions, ...plan.places];
    const names = vantages.map((site) => sites[site]!.name).join(" and ");
    const one = vantages.length === 1;
    return [
      {
        severity: one ? "warning" : "advice",
        path: at("health.vantages"),
        what: `health is judged from ${names} ${one ? "alone" : "only"}`,
        why: one
          ? `when the line of ${names} fails every region looks dead from there, and a healthy one is replaced`
          : "when the two disagree neither is a majority",
        change: "health.vantages: three places or regions, none of which shares a line with another",
        shows: ["compare", "FILE"],
      },
    ];
  },
};

export const hairTrigger: Rule = {
  name: "hair-trigger",
  about: "A single lost probe is no outage.",
  check({ plan: { health }, at }) {
    if (health.threshold > 1) return [];
    return [
      {
        severity: "warning",
        path: at("health.threshold"),
        what: "one missed probe takes a region for dead",
        why: `a probe each ${formatRounded(health.interval)} is ${Math.round(86_400_000_000 / health.interval)} chances a day for each vantage point to be wrong`,
        change: "health.threshold: 3, with a shorter health.interval if it must be quick",
        shows: ["compare", "FILE"],
      },
    ];
  },
};

export const controllerFate: Rule = {
  name: "controller-fate",
  about: "What decides a failover does not die with what it has to replace.",
  check(subject) {
    const { plan } = subject;
    const { controller } = plan.health;
    const name = subject.name(controller);
    if (plan.regions.length < 2) return [];
    const found = (severity: Observation["severity"], why: string): Observation[] => [
      {
        severity,
        path: subject.at("health.controller"),
        what: `the controller of failover and routing is in ${name}`,
        why,
        change: "health.controller: a region that no fault of a leader takes with it, best one without a copy",
        shows: ["compare", "FILE"],
      },
    ];
    const leaders = leadersOf(subject);
    if (leaders.includes(controller) && hasController(subject))
      return found(
        leaders.length === 1 ? "critical" : "warning",
        `${name} leads${leaders.length === 1 ? "" : " some of the data"}: when it fails, whoever would promote another one has failed with it`,
      );
    const fault = plan.faults.find(
      ({ regions, hardships }) => hardships.region?.dark === true && regions.includes(controller),
    );
    if (fault !== undefined)
      return found("critical", `${fault.label} takes it away when it is needed: nobody is led elsewhere meanwhile`);
    return [];
  },
};

export const fencing: Rule = {
  name: "fencing",
  about: "A primary that nobody can reach stops writing before another one is promoted.",
  check(subject) {
    const { plan, at, scenario } = subject;
    const { failover } = plan;
    if (!hasController(subject) || leadersOf(subject).length === 0) return [];
    const policy = scenario.policies.failover[plan.policies.failover.name];
    if (policy?.fences?.(plan.policies.failover.options) === true) return [];
    const observation = (severity: Observation["severity"], path: string, what: string, why: string): Observation[] => [
      { severity, path, what, why, change: "failover.fencing: lease", shows: ["compare", "partition-fencing"] },
    ];
    if (failover.fencing === "none")
      return observation(
        "critical",
        at("failover.fencing"),
        "nothing keeps an isolated primary from writing after another one is promoted",
        "cut off it looks dead, and goes on answering its own users: two regions lead, and what the old one wrote is lost at the heal",
      );
    if (failover.fencing === "stonith" && failover.onUnknown === "promote")
      return observation(
        "warning",
        at("failover.on_unknown"),
        "a standby is promoted although it is unknown whether the old primary was stopped",
        `the order travels over the network that has just failed: after ${formatRounded(failover.fenceTimeout)} without an answer the old primary may still write`,
      );
    return [];
  },
};
