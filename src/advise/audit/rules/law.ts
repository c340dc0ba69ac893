import { step } from "../../../scenario/settings.js";
import { placeFacts } from "../../../topology/places.js";
import type { Observation } from "../finding.js";
import type { Rule } from "../rule.js";
import type { Subject } from "../subject.js";

export const residencySurvival: Rule = {
  name: "residency-survival",
  about: "The law leaves each class of data two regions, so that it survives the loss of one.",
  check(subject) {
    const { plan } = subject;
    if (plan.governance === null) return [];
    const told = new Set<string>();
    return plan.governance.rules.flatMap((rule, row): Observation[] => {
      if (rule === null || told.has(rule.name)) return [];
      told.add(rule.name);
      const group = plan.placement === null ? subject.groups[0]! : subject.groups[plan.placement.table[row]!]!;
      const held = group.holders.filter((region) => ((rule.allowed >> region) & 1) === 1);
      if (held.length > 1) return [];
      const allowed = plan.regions.filter((_, region) => ((rule.allowed >> region) & 1) === 1);
      const where = held.map((region) => subject.name(region)).join("");
      return [
        {
          severity: "warning",
          path: lawOf(subject, rule.name),
          what: `${rule.name} ${allowed.length === 1 ? "may be in" : "is kept in"} ${where || "no region"} only: a class allowed in one region cannot survive it`,
          why: `when ${where || "it"} fails its writes have nowhere to go by law, and its data have no second copy`,
          change:
            allowed.length === 1
              ? "allow a second region of the same law, and have it in topology.regions"
              : `a second copy in ${allowed.map(({ name }) => name).join(" or ")}`,
          shows: ["compare", "geo-partitioned"],
        },
      ];
    });
  },
};

/** Where the law of a class stands in the file. */
function lawOf({ scenario, at }: Subject, rule: string): string {
  const [name] = rule.split(" of ");
  const own = at("governance");
  const base = scenario.lineAt(own) > 0 ? own : "governance";
  const rows = scenario.raw.governance?.data_residency ?? [];
  const row = rows.findIndex((each) => each?.type === name);
  return row >= 0 && base === "governance" ? `governance.data_residency.${row}` : `${base}.gdpr_regions`;
}

export const residencyGaps: Rule = {
  name: "residency-gaps",
  about: "What a law protects is kept by it.",
  check(subject) {
    const { plan, at } = subject;
    const europeans = plan.places
      .filter(({ name }) => placeFacts(name)?.continent === "Europe")
      .map(({ name }) => name);
    const found: Observation[] = [];
    if (plan.governance !== null && !plan.governance.enforced)
      found.push({
        severity: "critical",
        path: at("governance.mode"),
        what: "the law on where data may be is only watched",
        why: "every write that breaks it rests where it must not, in copies, hints, caches and backups, and is only counted",
        change: "governance.mode: enforce",
        shows: ["compare", "geo-partitioned"],
      });
    const cells = plan.data.classes.length === 0 ? 1 : (plan.governance?.rules.length ?? 0) / plan.data.classes.length;
    plan.data.classes.forEach((each, index) => {
      const ruled = plan.governance?.rules.slice(index * cells, (index + 1) * cells).some((rule) => rule !== null);
      if (!each.personal || ruled === true || europeans.length === 0) return;
      found.push({
        severity: "warning",
        path: `data.classes.${step(each.name)}.personal`,
        what: `${each.name} are about people, some of them in ${europeans.join(", ")}, and no law says where they may be`,
        why: `copies rest in ${plan.regions
          .filter(({ replica }) => replica)
          .map(({ name }) => name)
          .join(", ")}`,
        change:
          "governance: {gdpr_regions: […]}, with placement geo-partitioned; or have a lawyer say that none is needed",
        shows: ["compare", "geo-partitioned"],
      });
    });
    return found;
  },
};
