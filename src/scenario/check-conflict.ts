import { catalogue } from "../policies/catalogue.js";
import type { Conflict, Holding } from "../policies/contract.js";
import { meant } from "./check.js";
import { type Expanded, ownPolicies } from "./expand.js";
import type { RawScenario } from "./format.js";
import type { Source } from "./source.js";

/** What a class of data holds, and whether some of it is deleted: by itself, or as all data are. */
interface Kept {
  readonly name: string;
  readonly holds: Holding;
  readonly deletes: boolean;
  readonly decrements: boolean;
}

/** The conflict policy of an architecture, and those of some classes of data: what they can merge, and where. */
export function checkConflict(expanded: Expanded, path: string, scenario: RawScenario, source: Source): void {
  const own = ownPolicies("conflict", expanded.all);
  const classes = classesOf(scenario);
  checkClassNames("conflict", expanded, path, scenario, source);
  const written = (at: string): string =>
    [`${path}.${at}`, `${path}.conflict`, `${path}.replication`].find((each) => source.has(each)) ?? path;
  for (const at of ["conflict", ...own]) checkSiblings(expanded, at, written(at), source);
  for (const kept of classes) {
    const at = own.find((each) => nameAt(each) === kept.name) ?? "conflict";
    checkMerges(expanded, at, kept, written(at), source);
  }
}

/** The classes of data for which an architecture chooses another policy of a kind. */
export function checkClassNames(
  kind: "conflict" | "caching",
  expanded: Expanded,
  path: string,
  scenario: RawScenario,
  source: Source,
): void {
  const known = classesOf(scenario).map(({ name }) => name);
  for (const at of ownPolicies(kind, expanded.all)) {
    const name = nameAt(at);
    if (scenario.data?.classes?.has(name)) continue;
    source.errorAt(
      `${path}.${at}`,
      `no class of data is called "${name}"`,
      scenario.data?.classes === undefined ? 'one that "classes:" of "data:" names' : `one of ${known.join(", ")}`,
      meant(name, known),
    );
  }
}

/** Versions side by side need copies that can hold them. */
function checkSiblings(expanded: Expanded, at: string, written: string, source: Source): void {
  const policy = policyAt(expanded, at);
  const replication = expanded.policy("replication");
  const facts = expanded.catalogue.replication[replication];
  // Where there is one order of writes, any conflict policy has been refused already.
  if (policy?.causal !== true || facts === undefined || facts.gives.keepsSiblings === true) return;
  if (at === "conflict" && !facts.needs.conflict) return;
  const others = Object.values(catalogue.replication).filter(({ gives }) => gives.keepsSiblings === true);
  source.errorAt(
    written,
    `conflict ${policy.name} keeps versions side by side, and copies of replication ${replication} hold one of each key`,
    undefined,
    `choose replication: ${others.map(({ name }) => name).join(" or ")}, or conflict: hybrid-logical-clocks`,
  );
}

function checkMerges(expanded: Expanded, at: string, kept: Kept, written: string, source: Source): void {
  const policy = policyAt(expanded, at);
  if (policy === undefined) return;
  const fits = ({ merges, deletes, decrements }: Conflict): boolean =>
    (merges ?? [kept.holds]).includes(kept.holds) &&
    (deletes !== false || !kept.deletes) &&
    (decrements !== false || !kept.decrements);
  if (fits(policy)) return;
  const others = Object.values(catalogue.conflict).filter((each) => each.merges?.includes(kept.holds) && fits(each));
  const better = others.map(({ name }) => name).join(" or ") || "last-write-wins";
  const isKind = policy.merges !== undefined && !policy.merges.includes(kept.holds);
  const isLowered = policy.deletes !== false || !kept.deletes;
  const whose = kept.name === "" ? "the data" : `class ${kept.name}`;
  source.errorAt(
    written,
    isKind
      ? `conflict ${policy.name} merges ${policy.merges!.map((each) => `${each}s`).join(" and ")}, but ${whose} holds ${kept.holds}s`
      : `conflict ${policy.name} has no answer to ${isLowered ? "decrements" : "deletions"}, and some of ${whose} is ${isLowered ? "decremented" : "deleted"}`,
    undefined,
    kept.name === ""
      ? `choose conflict: ${better}`
      : `choose conflict: {use: …, for: {${kept.name}: …}} with ${better} for ${kept.name}`,
  );
}

function policyAt(expanded: Expanded, at: string): Conflict | undefined {
  const name = expanded.text(`${at}.use`);
  return Object.hasOwn(expanded.catalogue.conflict, name) ? expanded.catalogue.conflict[name] : undefined;
}

const nameAt = (at: string): string => at.slice(at.indexOf(".for.") + ".for.".length).replaceAll("·", ".");

/** Of data without classes there is one, without a name. */
function classesOf({ data }: RawScenario): Kept[] {
  const kept = (name: string, each: typeof data | undefined): Kept => ({
    name,
    holds: each?.holds ?? data?.holds ?? "register",
    deletes: (each?.deletes ?? data?.deletes ?? 0) > 0,
    decrements: (each?.decrements ?? data?.decrements ?? 0) > 0,
  });
  const classes = [...(data?.classes ?? [])];
  return classes.length === 0 ? [kept("", data)] : classes.map(([name, each]) => kept(name, each));
}
