import { choose } from "../policies/catalogue.js";
import type { GroupPlan, ResidencyRule } from "../simulation/placement-plan.js";
import { greatCircleKm } from "../topology/geography.js";
import type { DataClass } from "../workload/demand.js";
import { optionsOf } from "./compile-options.js";
import { dataClasses } from "./data-classes.js";
import type { Expanded } from "./expand.js";
import type { RawScenario } from "./format.js";
import { isEnforced, ruleOf } from "./governance.js";
import { withoutCopy } from "./holders.js";
import { type Settings, step } from "./settings.js";
import { type Place, placeSites, regionSites } from "./sites.js";

const NOBODY = -1;

/** Keys of one class of data; of the users of one place, where they belong to somebody. */
export interface Cell {
  readonly of: DataClass;
  /** -1 for keys that are nobody's. */
  readonly place: number;
  readonly rule: ResidencyRule | null;
  /** Bits of the regions that law and placement leave them. */
  readonly allowed: number;
  readonly home: number;
  readonly standbys: readonly number[];
  readonly holders: readonly number[];
}

export interface Grouping {
  readonly cells: readonly Cell[];
  readonly groups: readonly GroupPlan[];
  /** The group, and the law, by class of data and in each by place. */
  readonly table: readonly number[];
  readonly rules: readonly (ResidencyRule | null)[];
  /** All data are kept together, and where the placement alone would have them. */
  readonly isWhole: boolean;
}

/** Which keys are kept together: those with the same holders, leader and law. The architecture's standbys are set. */
export function groupsOf(expanded: Expanded, shared: Settings, raw: RawScenario): Grouping {
  const places = placeSites(raw);
  const rows = cellsOf(expanded, shared, raw, places);
  const cells = [...new Set(rows)];
  const kinds = new Map<string, Cell[]>();
  for (const cell of cells) {
    const kind = [cell.holders.join(), cell.home, cell.standbys.join(), cell.allowed].join("/");
    kinds.set(kind, [...(kinds.get(kind) ?? []), cell]);
  }
  const kept = [...kinds.values()];
  const leads = choose("replication", expanded.policy("replication"), expanded.catalogue).gives.writers === "leader";
  const bytes = (all: readonly Cell[]): number =>
    all.reduce((sum, cell) => sum + keysOf(cell, raw) * cell.of.valueBytes, 0);
  const total = bytes(cells);
  const groups = kept.map((all): GroupPlan => {
    const { holders, home, standbys } = all[0]!;
    return {
      name: nameOf(all, places),
      holders,
      primary: leads ? home : NOBODY,
      standbys: leads ? standbys.filter((region) => holders.includes(region)) : [],
      size: Math.round((shared.number("data.size") * bytes(all)) / total),
    };
  });
  const placement = choose("placement", expanded.policy("placement"), expanded.catalogue);
  const isPlain =
    placement.shards !== true && cells.every(({ rule, of }) => rule === null && ownRegions(expanded, of) === undefined);
  return {
    cells,
    groups,
    table: rows.map((cell) => kept.findIndex((all) => all.includes(cell))),
    rules: rows.map(({ rule }) => rule),
    isWhole: groups.length === 1 && isPlain,
  };
}

/** One by class and place; the same one for all places where keys are nobody's. */
function cellsOf(expanded: Expanded, shared: Settings, raw: RawScenario, places: readonly Place[]): Cell[] {
  const regions = regionSites(raw);
  const names = regions.map(({ name }) => name);
  const placement = choose("placement", expanded.policy("placement"), expanded.catalogue);
  const options = optionsOf("placement", expanded, names);
  const ids = (setting: string): number[] => (expanded.names(setting) ?? []).map((name) => names.indexOf(name));
  const primary = names.indexOf((expanded.get("primary") as string | undefined) ?? "");
  const named = ids("standbys");
  const without = withoutCopy(expanded);
  const line = primary < 0 ? [] : [primary, ...named];
  const everywhere = bitsOf(names.keys());
  const busiest = places.toSorted((one, other) => rateOf(other, shared) - rateOf(one, shared))[0];
  const byDistance = (from: Place): number[] =>
    [...names.keys()].toSorted(
      (one, other) => greatCircleKm(from, regions[one]!) - greatCircleKm(from, regions[other]!),
    );
  const cellOf = (of: DataClass, place: number): Cell => {
    const rule = ruleOf(of, places[place], expanded, shared, names);
    const own = ownRegions(expanded, of);
    const law = rule === null || !isEnforced(expanded) ? everywhere : rule.allowed;
    const allowed = law & (own === undefined ? everywhere : bitsOf(own.map((name) => names.indexOf(name))));
    const may = (region: number): boolean => ((allowed >> region) & 1) === 1 && !without.includes(names[region]!);
    const from = places[place] ?? busiest;
    const assigned = names.indexOf((place < 0 ? undefined : homeOf(expanded, places[place]!)) ?? "");
    const near = placement.shards === true && from !== undefined ? byDistance(from) : [];
    const isOwned = placement.shards === true && (place >= 0 || primary < 0);
    const order = (isOwned ? [assigned, ...near] : [...line, ...near]).filter((region) => region >= 0);
    // Whoever is named stands in line first; where nobody is, the law decides who may lead.
    const rest = primary >= 0 || isOwned ? [...names.keys()] : [];
    const candidates = [...new Set([...order, ...(order.some(may) ? [] : rest)])].filter(may);
    const home = candidates[0] ?? NOBODY;
    const standbys = candidates.slice(1);
    // What is nobody's is everybody's.
    const placed =
      placement.shards === true && place < 0
        ? candidates.toSorted((one, other) => one - other)
        : placement.replicas(names.length, home, standbys, ids("replicas"), options);
    const holders = allowed === 0 ? [] : placed.filter(may);
    return { of, place, rule, allowed, home, standbys, holders };
  };
  return dataClasses(shared, [...(raw.data?.classes?.keys() ?? [])]).flatMap((of) => {
    const nobodys = cellOf(of, NOBODY);
    return places.map((_, place) => (of.local === null ? nobodys : cellOf(of, place)));
  });
}

/** The regions that the file gives to a class of data, whatever the placement. */
export const ownRegions = (expanded: Expanded, { name }: DataClass): readonly string[] | undefined =>
  expanded.names(`placement.for.${step(name)}`);

const homeOf = (expanded: Expanded, { name }: Place): string | undefined =>
  expanded.get(`placement.homes.${step(name)}`) as string | undefined;

const bitsOf = (regions: Iterable<number>): number => {
  let bits = 0;
  for (const region of regions) if (region >= 0) bits |= 1 << region;
  return bits;
};

const rateOf = ({ name }: Place, shared: Settings): number => {
  const at = `users.${step(name)}`;
  return (
    (shared.get(`${at}.requests`) as number | undefined) ?? (shared.get(`${at}.sessions`) as number | undefined) ?? 0
  );
};

function keysOf({ of, place }: Cell, raw: RawScenario): number {
  return place < 0 ? of.keys : of.keys / Math.max(1, raw.users?.length ?? 1);
}

/** "profiles of London and Paris". */
function nameOf(cells: readonly Cell[], places: readonly Place[]): string {
  const classes = [...new Set(cells.map(({ of }) => of.name))];
  const owners = [...new Set(cells.flatMap(({ place }) => (place < 0 ? [] : [places[place]!.name])))];
  const whose = owners.length === 0 ? "" : ` of ${listed(owners)}`;
  return `${listed(classes)}${whose}`;
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
