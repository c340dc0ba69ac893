import type { RawScenario } from "./format.js";
import type { RawTemplate } from "./template-format.js";
import type { Translation } from "./template.js";

/** What runs where and who leads. Returns how many regions take writes. */
export function regionsOf(template: RawTemplate, raw: RawScenario, to: Translation): number {
  const { regions = [] } = template;
  const named = regions.flatMap((each, index) =>
    each?.name === undefined ? [] : [{ ...each, name: each.name, at: `regions.${index}` }],
  );
  const known = named.filter(({ name }, index) => named.findIndex((each) => each.name === name) === index);
  const runs = (each: (typeof known)[number], ...services: string[]): boolean =>
    each.services === undefined || services.some((service) => each.services!.includes(service as never));
  // What is wrong with it has been told.
  if (known.length === 0) return 1;
  for (const each of named)
    if (!known.includes(each))
      to.refuse(`${each.at}.name`, `"${each.name}" is listed twice`, "each region once", "take one away");
  const holders = known.filter((each) => runs(each, "database", "database-replica"));
  const primaries = known.filter(({ primary }) => primary === true);
  for (const each of primaries)
    if (!holders.includes(each))
      to.refuse(
        `${each.at}.services`,
        `${each.name} is primary and runs no database`,
        "database among its services",
        'add "database"',
      );
  const isUnread = known.some(({ primary, at }) => primary === undefined && to.says(`${at}.primary`));
  if (primaries.length === 0 && !isUnread)
    to.refuse("regions", "no region is primary, so nobody takes writes", "primary: true at one of them");
  if (primaries.length <= 1) {
    // In place of one that is missing, so that nothing else is said of that.
    const primary = primaries[0] ?? known[0]!;
    const standbys = holders.filter((each) => each !== primary);
    to.put("primary", primary.name, `${primary.at}.name`);
    if (standbys.length > 0) to.putNames("standbys", standbys, "regions");
    to.put("placement.use", standbys.length > 0 ? "leader-and-standbys" : "leader-only", "regions");
    to.put("misdirected", "forward", "regions");
  } else {
    for (const each of holders)
      if (!primaries.includes(each))
        to.note(each.at, `several regions are primary, so ${each.name}, which holds a copy, takes writes too`);
    to.put("placement.use", "listed", "regions");
    to.putNames("replicas", holders, "regions");
  }
  drained(known, runs, holders, to);
  withoutData(
    known.filter((each) => runs(each, "api") && !holders.includes(each)),
    runs,
    raw,
    to,
  );
  cached(template, known, runs, to);
  return primaries.length;
}

type Known = NonNullable<NonNullable<RawTemplate["regions"]>[number]> & { readonly name: string; readonly at: string };

function drained(
  known: readonly Known[],
  runs: (each: Known, ...services: string[]) => boolean,
  holders: readonly Known[],
  to: Translation,
): void {
  const closed = known.filter((each) => each.active === false || !runs(each, "api"));
  if (closed.length > 0)
    to.putNames(
      "drained",
      closed,
      closed[0]!.active === false ? `${closed[0]!.at}.active` : `${closed[0]!.at}.services`,
    );
  const addressed = known.find(({ endpoint }) => endpoint !== undefined);
  if (addressed !== undefined)
    to.note(`${addressed.at}.endpoint`, "addresses change nothing here: users are led by the name of the service");
}

/** An api beside a cache is an edge site: what the cache does not know costs the way to a copy. */
function withoutData(
  sites: readonly Known[],
  runs: (each: Known, ...services: string[]) => boolean,
  { topology }: RawScenario,
  to: Translation,
): void {
  for (const each of sites) {
    const at = `${each.at}.services`;
    if (!runs(each, "cache"))
      to.refuse(
        at,
        `${each.name} runs the api, and neither a database nor a cache: nobody there could answer`,
        "a database, a database-replica or a cache",
        'add "database-replica", or take "api" away',
      );
    else if (topology?.regions?.get(each.name)?.tier !== "edge")
      to.refuse(
        at,
        `${each.name} has a cache and no database, as an edge site has, and is none`,
        "an edge site",
        `say so in the topology: ${each.name}: {tier: edge}`,
      );
  }
}

/** Sites that answer again what they were answered; no promise of how old an answer is could be kept by them. */
function cached(
  { replication }: RawTemplate,
  known: readonly Known[],
  runs: (each: Known, ...services: string[]) => boolean,
  to: Translation,
): void {
  const sites = known.filter((each) => each.services !== undefined && runs(each, "cache"));
  const [first] = sites;
  if (first === undefined) return;
  const refused = UNCACHED[replication?.consistency ?? ""];
  if (refused !== undefined) {
    to.note(`${first.at}.services`, `${refused}, so no cache may answer them`);
    return;
  }
  to.put("caching.use", "ttl", `${first.at}.services`);
  to.putNames("caches", sites, `${first.at}.services`);
}

/** Why reads of a consistency are not answered by caches. */
const UNCACHED: Readonly<Record<string, string>> = {
  strong: "strong reads are answered by the primary",
  bounded: "bounded reads are answered by copies that know how old they are",
};
