import { nearest } from "../units/text.js";
import { checkDrained } from "./check-drained.js";
import { checkGovernance } from "./check-governance.js";
import { derive } from "./derive.js";
import { expandShared } from "./expand-shared.js";
import { type Expanded, ownPolicies } from "./expand.js";
import type { RawArchitecture, RawScenario } from "./format.js";
import { isEnforced } from "./governance.js";
import { type Grouping, groupsOf, ownRegions } from "./groups.js";
import { type Setting, step } from "./settings.js";
import type { Source } from "./source.js";

/** Groups that one run tells apart. */
const MOST_GROUPS = 200;

/** Where the data of an architecture are to be: names, homes that no law allows, and what cannot be had of data kept apart. */
export function checkPlacement(
  expanded: Expanded,
  raw: RawArchitecture,
  path: string,
  scenario: RawScenario,
  source: Source,
): void {
  const before = source.problems.length;
  checkNames(expanded, path, scenario, source);
  checkGovernance(raw.governance, `${path}.governance`, scenario, source);
  const { placement, replication } = expanded.catalogue;
  const place = placement[expanded.policy("placement")];
  if (place === undefined || replication[expanded.policy("replication")] === undefined) return;
  const written = (...settings: string[]): string =>
    settings.map((setting) => `${path}.${setting}`).find((each) => source.has(each)) ?? path;
  if (place.shards === true && !isOwned(scenario))
    source.errorAt(
      written("placement", "pattern"),
      `placement ${place.name} divides keys by whose they are, and nothing says how often users ask for their own`,
      "a class of data whose keys are somebody's",
      'add "local: 95%" to the data, or to a class of them',
    );
  if (place.shards !== true && source.has(`${path}.placement.homes`))
    source.errorAt(
      `${path}.placement.homes`,
      `placement ${place.name} gives no place a home of its own`,
      "no homes",
      'take it away, or choose "placement: geo-partitioned"',
    );
  // What follows rests on names that exist, and on classes of which it is known how much is asked of them.
  const isOpen = [...(scenario.data?.classes?.values() ?? [])].some((each) => each?.share === undefined);
  if (isOpen || source.problems.length > before || (scenario.topology?.regions?.size ?? 0) === 0) return;
  const regions = [...scenario.topology!.regions!.keys()];
  const shared = expandShared(scenario);
  const derived = derive(expanded, shared, regions);
  const grouping = groupsOf(derived, shared, scenario);
  checkHomes(grouping, expanded, path, scenario, source);
  checkApart(grouping, expanded, path, source);
  checkDrained(grouping.cells, derived, raw, path, scenario, source);
  if (expanded.number("backups.interval") < Number.POSITIVE_INFINITY && isEnforced(expanded))
    checkVault(grouping, derived, path, scenario, source);
}

const isOwned = ({ data }: RawScenario): boolean =>
  [data, ...(data?.classes?.values() ?? [])].some((each) => each?.local !== undefined);

/** Classes, places and regions that the placement names. */
function checkNames(expanded: Expanded, path: string, scenario: RawScenario, source: Source): void {
  const regions = [...(scenario.topology?.regions?.keys() ?? [])];
  const classes = [...(scenario.data?.classes?.keys() ?? [])];
  const places = (scenario.users ?? []).flatMap((user) => (user?.place === undefined ? [] : [user.place]));
  const need = (at: string, name: string, known: readonly string[], what: string): void => {
    if (known.includes(name)) return;
    const close = nearest(name, known);
    source.errorAt(
      `${path}.${at}`,
      `this scenario has no ${what} "${name}"`,
      known.length === 0 ? "one that the file names" : `one of ${known.join(", ")}`,
      close === undefined ? undefined : `did you mean "${close}"?`,
    );
  };
  for (const [at, { value }] of expanded.all) {
    const [, group, name] = /^placement\.(for|homes)\.([^.]+)$/.exec(at) ?? [];
    if (name === undefined) continue;
    const word = name.replaceAll("·", ".");
    need(at, word, group === "for" ? classes : places, group === "for" ? "class of data" : "place");
    if (group === "homes") need(at, String(value), regions, "region");
    else (value as readonly string[]).forEach((region, index) => need(`${at}.${index}`, region, regions, "region"));
    if (Array.isArray(value) && value.length === 0)
      source.errorAt(`${path}.${at}`, `nothing holds a copy of ${word}`, "one region or more");
  }
}

/** A class that law and placement leave no region, or whose users are given a home where it may not be. */
function checkHomes(
  { cells }: Grouping,
  expanded: Expanded,
  path: string,
  scenario: RawScenario,
  source: Source,
): void {
  const regions = [...scenario.topology!.regions!.keys()];
  const told = new Set<string>();
  const named = (bits: number): string => regions.filter((_, id) => ((bits >> id) & 1) === 1).join(", ") || "no region";
  for (const { of, place, rule, allowed, holders } of cells) {
    const name = rule?.name ?? of.name;
    const own = ownRegions(expanded, of);
    const isLawless = allowed === 0 && own === undefined;
    const at = [
      ...(isLawless ? lawsOf(of.name, expanded, path) : []),
      `${path}.placement.for.${step(of.name)}`,
      `${path}.placement`,
      `${path}.governance`,
      `${path}.pattern`,
    ].find((each) => source.has(each));
    const user = scenario.users?.[place]?.place;
    const home = user === undefined ? undefined : (expanded.get(`placement.homes.${step(user)}`) as string | undefined);
    if (holders.length === 0 && !told.has(of.name)) {
      told.add(of.name);
      const wants = own === undefined ? `placement ${expanded.policy("placement")}` : `"for"`;
      const law = rule === null ? "" : `, and by law ${name} may be in ${named(rule.allowed)} only`;
      source.errorAt(
        at ?? path,
        isLawless
          ? `no region may hold ${name}: its laws have none in common`
          : `${wants} leaves no region for ${name}${law}`,
        "a region that holds it",
        "allow another region, or place the class in one that is allowed",
      );
    } else if (home !== undefined && ((allowed >> regions.indexOf(home)) & 1) === 0 && isEnforced(expanded))
      source.errorAt(
        `${path}.placement.homes.${step(user!)}`,
        `${home} is to be the home of ${name}, which may be in ${named(allowed)} only`,
        `one of ${named(allowed)}`,
        "choose another home, or take it away",
      );
  }
}

/** Where the file has the laws about a class: an architecture's own, then those of all. */
function lawsOf(name: string, expanded: Expanded, path: string): string[] {
  const origin = expanded.all.get(`governance.data_residency.${step(name)}`)?.origin;
  const own = origin?.kind === "file" ? [`${path}.${origin.name}`] : [];
  return [...own, `${path}.governance.gdpr_regions`, "governance.data_residency", "governance"];
}

/** What needs all data in one place, or in one order. */
function checkApart({ groups }: Grouping, expanded: Expanded, path: string, source: Source): void {
  const apart = `its data are kept in ${groups.length} groups, each by itself (${groups
    .slice(0, 3)
    .map(({ name }) => name)
    .join("; ")}${groups.length > 3 ? "; …" : ""})`;
  const written = (setting: string): string => (source.has(`${path}.${setting}`) ? `${path}.${setting}` : path);
  const refuse = (setting: string, what: string, hint: string): void =>
    source.errorAt(written(setting), `${what}, but ${apart}`, undefined, hint);
  if (groups.length === 1) return;
  if (groups.length > MOST_GROUPS)
    source.errorAt(
      written("placement"),
      `the data fall into ${groups.length} groups`,
      `at most ${MOST_GROUPS}`,
      "take fewer classes, or fewer places",
    );
  const waits = expanded.catalogue.placement[expanded.policy("placement")]?.waiting !== undefined;
  if (waits)
    refuse(
      "placement",
      `placement ${expanded.policy("placement")} has one site wait for a backup of all data`,
      "choose a placement with standbys, or with one home for each user, and add backups: each group has its own",
    );
  if (expanded.text("replication.use") === "multi-primary" && expanded.get("replication.delivery") === "causal")
    refuse(
      "replication.delivery",
      "causal delivery follows what is written through all data",
      "choose delivery: as-it-comes, or keep the data together",
    );
  for (const at of ["consistency", ...ownPolicies("consistency", expanded.all)]) {
    const consistency = expanded.catalogue.consistency[expanded.text(`${at}.use`)];
    const options = Object.keys(consistency?.options ?? {}).map((option) => [option, expanded.get(`${at}.${option}`)]);
    if (consistency?.needs(Object.fromEntries(options)).together === true)
      refuse(
        at,
        `consistency ${consistency.name} promises an order through all data`,
        consistency.name === "session"
          ? "take that promise back: {use: session, monotonic_writes: false, writes_follow_reads: false}"
          : "choose another consistency, or keep the data together",
      );
  }
  if (expanded.policy("failover") === "follow-the-sun")
    refuse("failover", "failover follow-the-sun moves all data to one leader", "choose failover: automatic");
}

/** The backups of a class rest where they are kept. */
function checkVault(
  { cells, groups }: Grouping,
  expanded: Expanded,
  path: string,
  scenario: RawScenario,
  source: Source,
): void {
  const regions = [...scenario.topology!.regions!.keys()];
  const { origin, value: region } = expanded.all.get("backups.region") as Setting & { readonly value: string };
  // Unless the file says where, the backups of data kept apart are where these are.
  if (groups.length > 1 && origin.kind === "derived") return;
  for (const { rule } of cells) {
    if (rule === null || ((rule.allowed >> regions.indexOf(region)) & 1) === 1) continue;
    const allowed = regions.filter((_, id) => ((rule.allowed >> id) & 1) === 1);
    source.errorAt(
      [`${path}.backups.region`, `${path}.backups`].find((each) => source.has(each)) ?? path,
      `the backups are in ${region}, and by law ${rule.name} may be in ${allowed.join(", ")} only`,
      `one of ${allowed.join(", ")}`,
      groups.length > 1
        ? "take it away: then the backups of each group are beside its own leader"
        : "keep them where every class of data may be",
    );
    return;
  }
}
