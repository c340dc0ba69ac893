import type { World } from "../simulation/world.js";
import { believed, truth } from "./beliefs.js";
import { columns } from "./layout.js";

/** Every region: what it holds, what the control plane believes of it, and the truth, which nobody in the run knows. */
export function regionList(world: World): string[] {
  const { plan, groups } = world;
  const rows = plan.regions.map(({ name, tier }, region) => {
    const held = groups.all.filter(({ holders }) => holders.includes(region)).length;
    const copy =
      held === 0
        ? tier === "core"
          ? "no copy"
          : `${tier}, no copy`
        : groups.all.length === 1
          ? "copy"
          : `${held} copies`;
    return [name, copy, believed(world, region), truth(world, region)];
  });
  return columns(["region", "holds", `as ${plan.regions[plan.health.controller]!.name} believes`, "in truth"], rows);
}

const TYPES: Readonly<Record<string, string>> = {
  replica: "standbys: [ …, NAME]",
  primary: "primary: NAME",
  edge: "topology.regions.NAME: {tier: edge}",
};

/** A run has the regions that it began with: how one comes into the scenario. */
export function regionAdd(
  world: World,
  file: string,
  values: ReadonlyMap<string, unknown>,
  isKnown: boolean,
): string[] {
  const name = String(values.get("name"));
  if (world.plan.regions.some((region) => region.name === name)) return [`${name} is in this scenario already.`];
  const type = String(values.get("type") ?? "replica");
  const where = isKnown ? "{}" : "{at: [LATITUDE, LONGITUDE], continent: CONTINENT}";
  return [
    `A run keeps the regions that it began with, so ${name} has to be in the scenario. In ${file}:`,
    `  topology.regions: add \`${name}: ${type === "edge" ? "{tier: edge}" : where}\``,
    ...(isKnown ? [] : ["    (no catalogue knows it: `faultline list regions` names those that need no coordinates)"]),
    ...(type === "edge"
      ? ["  an edge site serves users without a copy: it needs a replication that can do that, or a parent"]
      : [`  the architecture: add it, as \`${TYPES[type]!.replace("NAME", name)}\``]),
    "Then `faultline validate` says what is still missing.",
  ];
}
