import { faultKinds } from "../faults/catalogue.js";
import { operatorError } from "../faults/data-faults.js";
import type { FaultKind } from "../faults/kind.js";
import { isAmount } from "../policies/options.js";
import { MOST_STRIKES } from "../simulation/draw-faults.js";
import { ZONES } from "../simulation/hardships.js";
import { regionFacts } from "../topology/places.js";
import { meanTime } from "../units/time-law.js";
import { formatDuration } from "../units/time.js";
import { additionsOf } from "./added-regions.js";
import { brokenBound } from "./bounds.js";
import { meant } from "./check.js";
import { linksOf, namesIn, strikeCount } from "./compile-faults.js";
import { DEFAULT_ZONES } from "./defaults.js";
import { type RawFault, WHEN } from "./fault-format.js";
import type { RawScenario } from "./format.js";
import { type Where, optionShape } from "./parts.js";
import type { Source } from "./source.js";
import { timeLawOf } from "./time-laws.js";

/** What a deletion takes from the copies is kept until it is restored. */
export const MOST_DELETIONS = 20;

export function checkFault(fault: RawFault, path: string, raw: RawScenario, source: Source): void {
  const kinds = faultKinds.filter(({ name }) => source.has(`${path}.${name}`));
  const kind = kinds[0];
  if (kind === undefined || kinds.length > 1) {
    const found =
      kinds.length === 0 ? "does not say what breaks" : `says ${kinds.map(({ name }) => name).join(" and ")} at once`;
    const known = faultKinds.map(({ name }) => name);
    source.errorAt(path, `this fault ${found}`, `exactly one of ${known.join(", ")}`);
    return;
  }
  checkOptions(fault, kind, path, source);
  checkWhere(fault, kind, path, raw, source);
  checkTimes(fault, kind.momentary === true, path, raw, source);
  checkZone(fault, path, raw, source);
  if (kind.ends && fault.for === undefined && !source.has(`${path}.for`) && !source.has(`${path}.random`))
    source.errorAt(path, `${kind.name} must end`, undefined, 'add "for:"');
  if (kind.momentary && source.has(`${path}.for`))
    source.errorAt(`${path}.for`, `${kind.name} happens in a moment and does not heal`, undefined, 'take "for" away');
  checkStagger(fault, kind, path, source);
  checkNames(fault, path, raw, source);
}

/** From region to region: there must be two, and all of them or none are struck. */
function checkStagger(fault: RawFault, kind: FaultKind, path: string, source: Source): void {
  if (fault.stagger === undefined) return;
  const at = `${path}.stagger`;
  if (kind.target !== "regions" || namesIn(fault).length < 2)
    source.errorAt(at, '"stagger" goes from region to region', "a fault of two regions or more", "take it away");
  if (fault.stagger === 0) source.errorAt(at, "no time passes from region to region", "more than 0 s", "take it away");
  for (const key of ["random", "chance"])
    if (source.has(`${path}.${key}`))
      source.errorAt(at, `"stagger" follows a plan, and "${key}" leaves it to luck`, "one of them");
}

function checkOptions(fault: RawFault, kind: FaultKind, path: string, source: Source): void {
  const others = new Set(faultKinds.flatMap(({ options }) => Object.keys(options)));
  for (const key of others) {
    if (!source.has(`${path}.${key}`) || Object.hasOwn(kind.options, key) || WHEN.includes(key)) continue;
    const owners = faultKinds.filter(({ options }) => Object.hasOwn(options, key)).map(({ name }) => name);
    source.errorAt(
      `${path}.${key}`,
      `"${key}" says nothing about ${kind.name}`,
      undefined,
      `it belongs to ${owners.join(", ")}: take it away`,
    );
  }
  const needs = kind.needs ?? [];
  if (needs.length > 0 && !needs.some((key) => source.has(`${path}.${key}`))) {
    const [first] = needs;
    const about = needs.map((key) => `${key} (${kind.options[key]!.about})`);
    source.errorAt(path, `${kind.name} lacks "${first}"`, about.join(", or "), `add "${first}:"`);
  }
  for (const [key, option] of Object.entries(kind.options)) {
    const value = fault[key];
    if (typeof value !== "number" || !isAmount(option)) continue;
    const bound = brokenBound(value, option, (amount) => optionShape(option).show!(amount));
    if (bound !== null)
      source.errorAt(`${path}.${key}`, `${key} is ${optionShape(option).show!(value)}`, bound, option.hint);
  }
}

const WAYS = ["pair", "between", "one_way", "groups", "isolate"];

function checkWhere(fault: RawFault, kind: FaultKind, path: string, raw: RawScenario, source: Source): void {
  const target = fault[kind.name];
  if (kind.target !== "links" || target === undefined) return;
  const ways = WAYS.filter((way) => source.has(`${path}.${kind.name}.${way}`));
  if (ways.length === 1) {
    checkLinks(target as Where, kind, path, raw, source);
    return;
  }
  source.errorAt(
    `${path}.${kind.name}`,
    `${kind.name} says ${ways.length === 0 ? "no place" : ways.join(" and ")}`,
    "exactly one of pair, between, one_way, groups, isolate",
  );
}

/** Places talk to regions only, so a fault between places strikes nothing; nor does one whose groups all overlap. */
function checkLinks(where: Where, kind: FaultKind, path: string, raw: RawScenario, source: Source): void {
  const regions = [...(raw.topology?.regions?.keys() ?? [])];
  const sites = [...regions, ...(raw.users ?? []).flatMap((user) => user?.place ?? [])];
  const names = namesIn({ [kind.name]: where }).map(([, name]) => name);
  if (names.length === 0 || names.some((name) => !sites.includes(name))) return;
  const exists = (link: number): boolean =>
    Math.floor(link / sites.length) < regions.length || link % sites.length < regions.length;
  if (linksOf(where, sites).some(exists)) return;
  const cause = where.groups === undefined ? "users' places have no links with each other" : "no two sites are parted";
  source.errorAt(
    `${path}.${kind.name}`,
    `${kind.name} strikes no link: ${cause}`,
    "two regions, or a region and a place",
    where.groups === undefined ? "name a region" : "groups that do not share every site",
  );
}

/** Strikes of all faults within the run, counted before any is made; of random ones the number to expect. */
export function checkStrikes(raw: RawScenario, source: Source): void {
  const duration = raw.duration ?? 0;
  const counts = (raw.faults ?? []).map((fault) => (fault === undefined ? 0 : strikesOf(fault, duration)));
  const ofDeletions = counts.map((count, entry) =>
    raw.faults![entry]?.[operatorError.name] === undefined ? 0 : count,
  );
  const [strikes, deletions] = [counts, ofDeletions].map((each) => each.reduce((sum, count) => sum + count, 0)) as [
    number,
    number,
  ];
  if (deletions > MOST_DELETIONS)
    source.errorAt(
      mostFrequent(ofDeletions, source),
      `somebody deletes data about ${Math.round(deletions)} times`,
      `${MOST_DELETIONS} times or fewer: memory keeps what each takes until it is restored`,
    );
  if (strikes <= MOST_STRIKES) return;
  source.errorAt(
    mostFrequent(counts, source),
    `the faults strike about ${Math.round(strikes)} times in ${formatDuration(duration)}`,
    `${MOST_STRIKES} times or fewer in all`,
    "let them strike less often, or shorten the run",
  );
}

/** Where the fault says how often that strikes most often. */
function mostFrequent(counts: readonly number[], source: Source): string {
  const entry = `faults.${counts.indexOf(Math.max(...counts))}`;
  return [`${entry}.random`, `${entry}.repeat`].find((path) => source.has(path)) ?? entry;
}

function strikesOf(fault: RawFault, duration: number): number {
  if (fault.random === undefined) return strikeCount(fault, duration);
  const [between, lasting] = [fault.random.between, fault.random.lasting].map((law) =>
    law === undefined ? undefined : timeLawOf(law),
  );
  if (!between?.ok || !lasting?.ok) return 0;
  return duration / (meanTime(between.value) + meanTime(lasting.value));
}

function checkTimes(fault: RawFault, isMomentary: boolean, path: string, raw: RawScenario, source: Source): void {
  const { at, random, repeat } = fault;
  const { duration } = raw;
  if (random !== undefined) {
    checkRandom(fault, path, source);
    return;
  }
  if (!source.has(`${path}.at`) && !source.has(`${path}.random`)) {
    source.errorAt(
      path,
      'this fault lacks "at"',
      "when it begins",
      'add "at:", or "random:" for times that the seed decides',
    );
  }
  if (at !== undefined && duration !== undefined && at >= duration) {
    source.errorAt(
      `${path}.at`,
      `the fault begins at ${formatDuration(at)}, when the run is over`,
      `less than ${formatDuration(duration)}`,
      "let it begin earlier, or lengthen the run",
    );
  }
  if (fault.for === 0) source.errorAt(`${path}.for`, "the fault heals as it begins", 'a duration, as "5m"');
  if (repeat === undefined) return;
  const { every, times } = repeat;
  if (times === 0) source.errorAt(`${path}.repeat.times`, "the fault never strikes", "1 or more");
  if (isMomentary) return;
  if (fault.for === undefined)
    source.errorAt(`${path}.repeat`, "a fault that never heals cannot strike again", '"for"');
  else if (every !== undefined && every <= fault.for) {
    source.errorAt(
      `${path}.repeat.every`,
      "it strikes again before it has healed",
      `more than ${formatDuration(fault.for)}`,
    );
  }
}

/** A random fault tells its times by laws. */
function checkRandom(fault: RawFault, path: string, source: Source): void {
  for (const key of ["for", "repeat"]) {
    if (source.has(`${path}.${key}`))
      source.errorAt(`${path}.${key}`, `"${key}" and "random" both say when the fault strikes`, "one of them");
  }
  for (const key of ["between", "lasting"] as const) {
    const raw = fault.random?.[key];
    const checked = raw === undefined ? undefined : timeLawOf(raw);
    if (checked?.ok === false) source.errorAt(`${path}.random.${key}`, `${key} is no law of time`, checked.expected);
  }
}

/** A zone that each of the regions struck has. */
function checkZone(fault: RawFault, path: string, raw: RawScenario, source: Source): void {
  if (typeof fault["zone"] !== "string") return;
  const zone = ZONES.indexOf(fault["zone"]);
  for (const [, name] of namesIn(fault)) {
    const zones = raw.topology?.regions?.get(name)?.zones ?? regionFacts(name)?.zones ?? DEFAULT_ZONES;
    if (zone < zones) continue;
    const known = ZONES.slice(0, zones).join(", ");
    source.errorAt(`${path}.zone`, `${name} has no zone "${fault["zone"]}"`, `one of ${known}`);
  }
}

function checkNames(fault: RawFault, path: string, raw: RawScenario, source: Source): void {
  const regions = [...(raw.topology?.regions?.keys() ?? [])];
  const places = (raw.users ?? []).flatMap((user) => (user?.place === undefined ? [] : [user.place]));
  const seen = new Map<string, string>();
  const listed = new Set<string>();
  for (const [below, name, kind] of namesIn(fault)) {
    // A side of a partition may share sites with another, but no list says one twice.
    const inList = `${below.replace(/\d+$/, "")} ${name}`;
    if (/\.\d+$/.test(below) && !below.includes(".pair.") && listed.has(inList))
      source.errorAt(`${path}.${below}`, `"${name}" stands twice in this list`, "each once", "take one of them away");
    listed.add(inList);
    const known = { region: regions, place: places, site: [...regions, ...places] }[kind];
    if (!known.includes(name)) {
      const what = { region: "region", place: "place of users", site: "region or place" }[kind];
      source.errorAt(
        `${path}.${below}`,
        `this scenario has no ${what} "${name}"`,
        `one of ${known.join(", ")}`,
        additionsOf(raw).some((each) => each.name === name)
          ? "it comes later, by `region add`: strike it by an action after that, as `do: chaos test --scenario=…`"
          : meant(name, known),
      );
    }
    const isEnd = below.includes(".pair.") || below.includes(".one_way.");
    if (isEnd && seen.get(name) !== undefined)
      source.errorAt(`${path}.${below}`, `"${name}" has no link to itself`, "two different ends");
    if (isEnd) seen.set(name, below);
  }
}
