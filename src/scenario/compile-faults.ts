import { faultKinds } from "../faults/catalogue.js";
import type { FaultKind } from "../faults/kind.js";
import { presetNamed } from "../faults/presets.js";
import type { OptionValues } from "../policies/options.js";
import type { FaultPlan } from "../simulation/plan.js";
import type { TimeLaw } from "../units/time-law.js";
import type { RawFault, RawTimeLaw } from "./fault-format.js";
import type { RawScenario } from "./format.js";
import type { Where } from "./parts.js";
import { placeSites } from "./sites.js";
import { timeLawOf } from "./time-laws.js";

type Named = readonly [path: string, name: string, what: "region" | "site" | "place"];

/** Names in a fault that stand for a region or a place, with their path below it. */
export function namesIn(fault: RawFault): Named[] {
  return faultKinds.flatMap((kind) => {
    const target = fault[kind.name];
    if (target === undefined) return [];
    if (kind.target === "links") return sitesIn(target as Where, kind.name);
    if (typeof kind.target !== "string") return [];
    return namesUnder(target, kind.name, kind.target === "regions" ? "region" : "place");
  });
}

const namesUnder = (target: unknown, path: string, what: "region" | "place"): Named[] =>
  typeof target === "string"
    ? [[path, target, what]]
    : (target as (string | undefined)[]).flatMap((name, index) =>
        name === undefined ? [] : ([[`${path}.${index}`, name, what]] as Named[]),
      );

function sitesIn(where: Where, path: string): Named[] {
  const found: Named[] = [];
  const add = (below: string, name: string | undefined): void => {
    if (name !== undefined) found.push([`${path}.${below}`, name, "site"]);
  };
  where.pair?.forEach((name, index) => add(`pair.${index}`, name));
  for (const key of ["between", "groups"] as const)
    where[key]?.forEach((side, i) => side?.forEach((name, j) => add(`${key}.${i}.${j}`, name)));
  add("one_way.from", where.one_way?.from);
  add("one_way.to", where.one_way?.to);
  add("isolate", where.isolate);
  return found;
}

/** One plan for every strike; links as from * sites + to. */
export function compileFaults(raw: RawScenario, sites: readonly string[], duration: number): FaultPlan[] {
  const regions = sites.length - placeSites(raw).length;
  return (raw.faults ?? []).flatMap((fault, entry) =>
    fault === undefined ? [] : strikes(fault, entry, sites, regions, duration),
  );
}

function strikes(
  fault: RawFault,
  entry: number,
  sites: readonly string[],
  regions: number,
  duration: number,
): FaultPlan[] {
  const kind = faultKinds.find(({ name }) => fault[name] !== undefined)!;
  const names = [...new Set(namesIn(fault).map(([, name]) => name))];
  // What is there once has no name: the word says what happened to it.
  const struck = typeof kind.target === "string" ? names.join(", ") : String(fault[kind.name]);
  const plan: Omit<FaultPlan, "at" | "until"> = {
    entry,
    label: `${kind.name.replaceAll("_", "-")} ${struck}`,
    regions: kind.target === "regions" ? names.map((name) => sites.indexOf(name)) : [],
    places: kind.target === "places" ? names.map((name) => sites.indexOf(name) - regions) : [],
    links: kind.target === "links" ? linksOf(fault[kind.name] as Where, sites) : [],
    hardships: kind.hardships(valuesOf(fault, kind)),
    chance: fault.chance ?? 1,
    random:
      fault.random === undefined
        ? null
        : { between: lawOf(fault.random.between), lasting: lawOf(fault.random.lasting) },
  };
  const every = fault.repeat?.every ?? 0;
  return Array.from({ length: strikeCount(fault, duration) }, (_, strike) => {
    const at = (fault.at ?? 0) + strike * every;
    return { ...plan, at, until: fault.for === undefined ? Number.POSITIVE_INFINITY : at + fault.for };
  }).flatMap((strike) => (fault.stagger === undefined ? [strike] : staggered(strike, fault.stagger, names)));
}

/** Region after region, and all of them heal together: those whose turn comes later are not struck. */
function staggered(strike: FaultPlan, stagger: number, names: readonly string[]): FaultPlan[] {
  return strike.regions.flatMap((region, turn) => {
    const at = strike.at + turn * stagger;
    const label = strike.label.replace(names.join(", "), names[turn]!);
    return at < strike.until ? [{ ...strike, label, at, regions: [region] }] : [];
  });
}

/** How often a fault that is not random begins within the run. */
export function strikeCount({ at = 0, repeat }: RawFault, duration: number): number {
  const within = at < duration ? 1 : 0;
  const { every, times } = repeat ?? {};
  if (every === undefined || times === undefined || every === 0) return within;
  return Math.max(0, Math.min(times, Math.ceil((duration - at) / every)));
}

function lawOf(raw: RawTimeLaw | undefined): TimeLaw {
  const law = timeLawOf(raw!);
  if (!law.ok) throw new Error("internal error: unchecked law of time");
  return law.value;
}

/** Sources of the presets that the faults of a scenario use. */
export function presetNotes(raw: RawScenario): string[] {
  const names = (raw.faults ?? []).flatMap((fault) => [fault?.random?.between, fault?.random?.lasting]);
  return [...new Set(names)].flatMap((name) => {
    const preset = typeof name === "string" ? presetNamed(name) : undefined;
    return preset === undefined ? [] : [`the law "${preset.name}" of random faults: ${preset.source}`];
  });
}

const valuesOf = (fault: RawFault, kind: FaultKind): OptionValues =>
  Object.fromEntries([
    ...(typeof kind.target === "string" ? [] : [[kind.name, String(fault[kind.name])] as const]),
    ...Object.entries(kind.options).map(([name, option]) => [
      name,
      (fault[name] as number | string | boolean | undefined) ?? option.default,
    ]),
  ]);

export function linksOf(where: Where, sites: readonly string[]): number[] {
  const links = new Set<number>();
  const id = (name: string | undefined): number => sites.indexOf(name ?? "");
  const both = (a: number, b: number): void => {
    links.add(a * sites.length + b);
    links.add(b * sites.length + a);
  };
  if (where.pair !== undefined) both(id(where.pair[0]), id(where.pair[1]));
  if (where.one_way !== undefined) links.add(id(where.one_way.from) * sites.length + id(where.one_way.to));
  if (where.isolate !== undefined) {
    const alone = id(where.isolate);
    for (let other = 0; other < sites.length; other++) if (other !== alone) both(alone, other);
  }
  const [these, those] = (where.between ?? []).map((side) => [...new Set(side ?? [])].map(id));
  for (const a of these ?? []) for (const b of those ?? []) if (a !== b) both(a, b);
  const groups = (where.groups ?? []).map((group) => new Set((group ?? []).map(id)));
  const members = [...new Set(groups.flatMap((group) => [...group]))];
  for (const a of members) {
    for (const b of members) {
      if (a !== b && !groups.some((group) => group.has(a) && group.has(b))) both(a, b);
    }
  }
  return [...links].toSorted((a, b) => a - b);
}
