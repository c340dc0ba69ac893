import { WAITS } from "../simulation/newcomers.js";
import type { World } from "../simulation/world.js";
import { believed, truth } from "./beliefs.js";
import { columns } from "./layout.js";

/** Whether a region can be spoken of: one that is added is none before somebody orders it. */
export const isNamed = ({ newcomers }: World, region: number): boolean => newcomers?.stageOf(region) !== WAITS;

/** Every region: what it holds, what the control plane believes of it, and the truth, which nobody in the run knows. */
export function regionList(world: World): string[] {
  const { plan, groups } = world;
  const rows = plan.regions.flatMap(({ name, tier }, region) => {
    if (!isNamed(world, region)) return [];
    const held = groups.all.filter(({ holders }) => holders.includes(region)).length;
    const copy =
      held === 0
        ? tier === "core"
          ? "no copy"
          : `${tier}, no copy`
        : groups.all.length === 1
          ? "copy"
          : `${held} copies`;
    return [[name, copy, believed(world, region), truth(world, region)]];
  });
  return columns(["region", "holds", `as ${plan.regions[plan.health.controller]!.name} believes`, "in truth"], rows);
}
