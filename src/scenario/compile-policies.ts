import type { PoliciesPlan, PolicyChoice, RequestTypePlan } from "../simulation/plan.js";
import type { DataClass } from "../workload/demand.js";
import { optionsOf } from "./compile-options.js";
import { type Expanded, type POLICY_KINDS, ownPolicies } from "./expand.js";
import { step } from "./settings.js";

/** The policies of one architecture, with who leads and who stands by. */
export function policiesOf(
  expanded: Expanded,
  regions: readonly string[],
  requests: readonly RequestTypePlan[],
  classes: readonly DataClass[],
): PoliciesPlan {
  const primary = regions.indexOf((expanded.get("primary") as string | undefined) ?? "");
  const standbys = expanded.names("standbys") ?? [];
  const policyOf = (kind: (typeof POLICY_KINDS)[number]): PolicyChoice => choiceAt(expanded, kind, kind, regions);
  const consistencies = consistenciesOf(expanded, regions, requests, classes);
  return {
    replication: policyOf("replication"),
    consistency: policyOf("consistency"),
    ...(consistencies === null ? {} : { consistencies }),
    conflict: policyOf("conflict"),
    ...conflictsOf(expanded, regions, classes),
    routing: policyOf("routing"),
    failover: policyOf("failover"),
    scaling: policyOf("scaling"),
    caching: policyOf("caching"),
    ...cachingsOf(expanded, regions, classes),
    primary,
    standbys: primary < 0 ? [] : standbys.map((name) => regions.indexOf(name)),
  };
}

/** The policy that the settings at `at` choose, with the value of each of its options. */
function choiceAt(
  expanded: Expanded,
  kind: (typeof POLICY_KINDS)[number],
  at: string,
  regions: readonly string[],
): PolicyChoice {
  return { name: expanded.text(`${at}.use`), options: optionsOf(kind, expanded, regions, at) };
}

/** By class of data; nothing where one holds for all. */
function conflictsOf(
  expanded: Expanded,
  regions: readonly string[],
  classes: readonly DataClass[],
): Pick<PoliciesPlan, "conflicts"> {
  const own = ownPolicies("conflict", expanded.all);
  if (own.length === 0) return {};
  const at = ({ name }: DataClass): string => own.find((each) => each === `conflict.for.${step(name)}`) ?? "conflict";
  return { conflicts: classes.map((each) => choiceAt(expanded, "conflict", at(each), regions)) };
}

/** By class of data, for those that have their own. */
function cachingsOf(
  expanded: Expanded,
  regions: readonly string[],
  classes: readonly DataClass[],
): Pick<PoliciesPlan, "cachings"> {
  const own = ownPolicies("caching", expanded.all);
  if (own.length === 0) return {};
  const at = ({ name }: DataClass): string | undefined => own.find((each) => each === `caching.for.${step(name)}`);
  return {
    cachings: classes.map((each) => {
      const found = at(each);
      return found === undefined ? null : choiceAt(expanded, "caching", found, regions);
    }),
  };
}

/** By type of request, and among those by class of data; null where one holds for all. What a type says goes before. */
function consistenciesOf(
  expanded: Expanded,
  regions: readonly string[],
  requests: readonly RequestTypePlan[],
  classes: readonly DataClass[],
): PolicyChoice[] | null {
  const own = ownPolicies("consistency", expanded.all);
  if (own.length === 0) return null;
  const named = (name: string): string | undefined => own.find((at) => at === `consistency.for.${step(name)}`);
  return requests.flatMap((type) =>
    classes.map((each) =>
      choiceAt(
        expanded,
        "consistency",
        named(type.name) ?? named(type.name.replaceAll("-", "_")) ?? named(each.name) ?? "consistency",
        regions,
      ),
    ),
  );
}
