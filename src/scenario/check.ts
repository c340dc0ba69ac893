import { patternNamed, patterns } from "../architectures/catalogue.js";
import { AskedInVain } from "../policies/shape.js";
import { ZONES } from "../simulation/hardships.js";
import { allRegions, placeFacts, regionFacts } from "../topology/places.js";
import { nearest } from "../units/text.js";
import { formatDuration } from "../units/time.js";
import { SHARED_BOUNDS, checkBounds } from "./bounds.js";
import { checkActions } from "./check-actions.js";
import { checkArchitecture } from "./check-architecture.js";
import { checkData } from "./check-data.js";
import { checkExpectations } from "./check-expectations.js";
import { checkFault, checkStrikes } from "./check-faults.js";
import { checkGovernance } from "./check-governance.js";
import { checkAsking, checkClients, checkRequests } from "./check-load.js";
import { checkPlace } from "./check-place.js";
import { DEFAULT_ZONES } from "./defaults.js";
import { expandShared } from "./expand-shared.js";
import { expand, hyphenated } from "./expand.js";
import type { RawScenario } from "./format.js";
import { checkOneWay } from "./one-way.js";
import { step } from "./settings.js";
import type { Source } from "./source.js";

const LONGEST_RUN = 400 * 86_400_000_000;
/** Requests that one run may issue; beyond them even a fast run takes hours. */
const MOST_OPERATIONS = 2_000_000_000;

export const meant = (word: string, candidates: Iterable<string>): string | undefined => {
  const close = nearest(word, candidates);
  return close === undefined ? undefined : `did you mean "${close}"?`;
};

/** The second pass: what one value alone cannot tell. Works on whatever could be read, so every error comes at once. */
export function check(raw: RawScenario, source: Source): void {
  checkRun(raw, source);
  checkRegions(raw, source);
  checkUsers(raw, source);
  checkShared(raw, source);
  raw.faults?.forEach((fault, index) => {
    if (fault !== undefined) checkFault(fault, `faults.${index}`, raw, source);
  });
  checkActions(raw, source);
  checkStrikes(raw, source);
  const replications = [...(raw.architectures ?? [])].map(([name, each]) =>
    expand(name, each ?? {}, source.policies.catalogue).policy("replication"),
  );
  checkOneWay(raw.topology?.one_way, replications, source);
  for (const [name, architecture] of raw.architectures ?? []) {
    const path = `architectures.${step(name)}`;
    if (architecture === undefined) continue;
    if (architecture.pattern !== undefined && patternNamed(hyphenated(architecture.pattern)) === undefined) {
      const known = patterns.map((pattern) => pattern.name);
      source.errorAt(
        `${path}.pattern`,
        `there is no pattern "${architecture.pattern}"`,
        `one of ${known.join(", ")}`,
        meant(architecture.pattern, known),
      );
      continue;
    }
    try {
      checkArchitecture(name, architecture, raw, source);
    } catch (error) {
      if (!(error instanceof AskedInVain)) throw error;
      source.errorAt(path, error.message);
    }
  }
  checkExpectations(raw, source);
}

function checkRun(raw: RawScenario, source: Source): void {
  if (raw.duration === 0) source.errorAt("duration", "the run takes no time", 'a duration, as "1h"');
  if ((raw.duration ?? 0) > LONGEST_RUN) {
    source.errorAt("duration", `the run takes ${formatDuration(raw.duration!)}`, "at most 400 days");
  }
}

/** What two values say together, defaults included; told where the file says one of them. */
function checkShared(raw: RawScenario, source: Source): void {
  const shared = expandShared(raw);
  checkBounds(shared, SHARED_BOUNDS, "", "", source);
  checkData(raw, shared, source);
  checkGovernance(raw.governance, "governance", raw, source);
  checkRequests(raw, shared, source);
  checkAsking(raw, source);
  checkClients(raw, shared, source);
  const inOrder = (lower: string, upper: string, message: string, expected: string): void => {
    if (shared.number(lower) > shared.number(upper))
      source.errorAt(source.has(upper) ? upper : lower, message, expected);
  };
  inOrder(
    "client.timeout",
    "client.deadline",
    "one attempt may take longer than the whole operation",
    `client.timeout of at most ${formatDuration(shared.number("client.deadline"))}, the deadline`,
  );
  inOrder(
    "access.last_mile",
    "access.last_mile_p99",
    "the 99th percentile is below the median",
    `at least last_mile, ${formatDuration(shared.number("access.last_mile"))}`,
  );
}

function checkRegions(raw: RawScenario, source: Source): void {
  for (const [name, region] of raw.topology?.regions ?? []) {
    const path = `topology.regions.${step(name)}`;
    if (regionFacts(name) === undefined && region?.at === undefined) {
      source.errorAt(
        path,
        `no catalogue knows the region "${name}"`,
        "a region of `faultline list regions`",
        meant(
          name,
          allRegions().map((facts) => facts.name),
        ) ?? "give its coordinates: {at: [lat, lon]}",
      );
    }
    if (region?.parent !== undefined) checkParents(name, region.parent, raw, source);
    const zones = region?.zones ?? regionFacts(name)?.zones ?? DEFAULT_ZONES;
    if (zones < 1 || zones > ZONES.length)
      source.errorAt(`${path}.zones`, `${name} has ${zones} zones`, `1 to ${ZONES.length}`);
    else if (ZONES.indexOf(region?.copy_zone ?? "a") >= zones)
      source.errorAt(
        `${path}.copy_zone`,
        `${name} has no zone "${region?.copy_zone}"`,
        `one of ${ZONES.slice(0, zones).join(", ")}`,
      );
  }
}

/** To whom an edge site hands on what it cannot answer. */
function checkParents(
  name: string,
  parents: string | readonly (string | undefined)[],
  raw: RawScenario,
  source: Source,
) {
  const path = `topology.regions.${step(name)}.parent`;
  const regions = raw.topology!.regions!;
  [parents].flat().forEach((parent, index, all) => {
    if (parent === undefined) return;
    const at = typeof parents === "string" ? path : `${path}.${index}`;
    if (parent === name || !regions.has(parent))
      source.errorAt(
        at,
        parent === name ? `${name} is its own parent` : `this scenario has no region "${parent}"`,
        "another region, which holds a copy",
        meant(
          parent,
          [...regions.keys()].filter((each) => regions.get(each)?.tier !== "edge"),
        ),
      );
    else if (regions.get(parent)?.tier === "edge")
      source.errorAt(at, `${parent} is an edge site itself`, "a regional or a core one");
    else if (all.indexOf(parent) < index)
      source.errorAt(at, `"${parent}" stands twice in this list`, "each once", "take one of them away");
  });
  if ((regions.get(name)?.tier ?? "core") !== "edge")
    source.errorAt(path, `${name} is no edge site, so it hands on nothing`, "tier: edge", "add it");
}

function checkUsers(raw: RawScenario, source: Source): void {
  // A place and a region are both sites, and told apart by their names.
  const names = new Set(raw.topology?.regions?.keys() ?? []);
  let rate = 0;
  raw.users?.forEach((user, index) => {
    const path = `users.${index}`;
    if (user?.place === undefined) return;
    const thinking = user.think ? ((user.sessions ?? 1000) * 1e6) / user.think : 0;
    rate += user.requests ?? thinking;
    const known = placeFacts(user.place) !== undefined || user.at !== undefined;
    checkPlace(user.place, `${path}.place`, known, names, source, "give its coordinates: at: [lat, lon]");
  });
  const operations = (rate * (raw.duration ?? 0)) / 1e6;
  if (operations > MOST_OPERATIONS) {
    source.errorAt(
      "users",
      `this scenario asks for about ${operations.toExponential(1)} requests`,
      `at most ${MOST_OPERATIONS}`,
      "lower the rates or the duration",
    );
  }
}
