import { COMMANDS } from "../operate/commands.js";
import { understand } from "../operate/parse.js";
import type { JoinsAs, PoliciesPlan, RegionPlan } from "../simulation/plan.js";
import { regionFacts } from "../topology/places.js";
import type { Micros } from "../units/time.js";
import type { RawAction } from "./action-format.js";
import type { RawScenario } from "./format.js";

/** A region that an action adds, and in which architectures. */
export interface Addition {
  readonly entry: number;
  readonly at: Micros;
  readonly name: string;
  readonly as: JoinsAs;
  readonly action: RawAction;
}

/** The copy spans zones, whichever of them is lost. */
const NO_ZONE = -1;
const ADD = COMMANDS.filter(({ name }) => name === "region add");

/** Whether an action is given in an architecture. */
export const isGivenIn = ({ in: only }: RawAction, architecture: string): boolean =>
  only === undefined || [only].flat().includes(architecture);

/** What the actions of a scenario add, by their moments; of one moment, in the order of the file. */
export function additionsOf({ actions = [] }: RawScenario): Addition[] {
  return actions
    .flatMap((action, entry): Addition[] => {
      if (action?.do === undefined || action.at === undefined) return [];
      const understood = understand(action.do, { regions: [], places: [] }, ADD);
      if (!understood.ok) return [];
      const { values } = understood.command;
      const as = (values.get("type") ?? "replica") as JoinsAs;
      return [{ entry, at: action.at, name: String(values.get("name")), as, action }];
    })
    .toSorted((one, other) => one.at - other.at);
}

/** Those of one architecture, each region once. */
export function addedIn(raw: RawScenario, architecture: string): Addition[] {
  const there = additionsOf(raw).filter(({ action }) => isGivenIn(action, architecture));
  return there.filter(({ name }, index) => there.findIndex((each) => each.name === name) === index);
}

/** The names of the regions that an action of this entry may speak of: those of the topology, and those added before it. */
export function namedAt(raw: RawScenario, entry: number): string[] {
  const there = [...(raw.topology?.regions?.keys() ?? [])];
  const action = raw.actions?.[entry];
  const { at } = action ?? {};
  if (action === undefined || at === undefined) return there;
  const where = [...(raw.architectures?.keys() ?? [])].filter((name) => isGivenIn(action, name));
  const isBefore = (each: Addition): boolean => each.at < at || (each.at === at && each.entry < entry);
  const [first = [], ...others] = where.map((name) =>
    addedIn(raw, name)
      .filter(isBefore)
      .map((each) => each.name),
  );
  return [...there, ...first.filter((name) => others.every((names) => names.includes(name)) && !there.includes(name))];
}

/** The scenario with these regions in its topology: the last ones, where the catalogue has them. */
export function withAdded(raw: RawScenario, added: readonly Pick<Addition, "name" | "as">[]): RawScenario {
  const regions = new Map(raw.topology?.regions);
  for (const { name, as } of added) if (!regions.has(name)) regions.set(name, as === "edge" ? { tier: "edge" } : {});
  return { ...raw, topology: { ...raw.topology, regions } };
}

/**
 * Behind the regions that are there from the start those that join later. What their `capacity` does not say they have from
 * the first standby, or where there is none from whoever leads at first, or from the first region; an edge site from another.
 */
export function withNewcomers(
  regions: readonly RegionPlan[],
  added: readonly Addition[],
  { primary, standbys }: PoliciesPlan,
  parentsOf: (name: string) => readonly number[],
  capacity: (name: string, key: string) => number | undefined,
): RegionPlan[] {
  const model = regions[standbys[0] ?? Math.max(0, primary)]!;
  const newcomers = added.map(({ name, as }): RegionPlan => {
    const isEdge = as === "edge";
    const like = (isEdge ? regions.find(({ tier }) => tier === "edge") : undefined) ?? model;
    const { drained: _, takesPart: __, ...rest } = like;
    const said = (key: string, otherwise: number): number => capacity(name, key) ?? otherwise;
    const instances = Math.max(1, said("instances", like.instances));
    const bootMedian = said("boot.median", like.bootMedian);
    return {
      ...rest,
      name,
      replica: !isEdge,
      waiting: true,
      joins: as,
      coordinates: false,
      tier: isEdge ? "edge" : like.tier,
      parents: isEdge ? parentsOf(name) : [],
      zones: regionFacts(name)?.zones ?? like.zones,
      copyZone: NO_ZONE,
      instances,
      fullInstances: Math.max(instances, said("full_instances", like.fullInstances)),
      bootMedian,
      bootP99: Math.max(bootMedian, said("boot.p99", like.bootP99)),
    };
  });
  return [...regions, ...newcomers];
}
