import { expect } from "vitest";
import type { Keyed } from "../../src/engine/random.js";
import { operatorError, poisonWrite } from "../../src/faults/data-faults.js";
import { onRegions } from "../../src/faults/region-faults.js";
import { catalogue } from "../../src/policies/catalogue.js";
import { brokenLaws } from "../../src/simulation/conservation.js";
import type { Disks } from "../../src/simulation/hardships.js";
import type { FaultPlan, Plan } from "../../src/simulation/plan.js";
import { World } from "../../src/simulation/world.js";
import { SECOND } from "../../src/units/time.js";
import { between, fault } from "./plans.js";
import { Reference } from "./reference.js";

const DISKS: readonly Disks[] = ["kept", "synced", "lost"];

/** Seven faults of any kind, anywhere, at any time, of any length: they overlap as they like. */
export function faultsOf(luck: Keyed, regions: number): FaultPlan[] {
  return Array.from({ length: 7 }, (_, index) => {
    const draw = (purpose: number, choices: number): number => Math.floor(luck.uniform(index, purpose) * choices);
    const at = (30 + draw(0, 240)) * SECOND + draw(1, 1_000_000);
    const until = at + (1 + draw(2, 80)) * SECOND + draw(3, 1_000_000);
    const struck = draw(4, regions);
    const disks = DISKS[draw(5, 3)]!;
    const one = { ...fault(), at, until, label: `fault ${index}` };
    switch (draw(6, 7)) {
      case 5:
        return { ...one, hardships: poisonWrite.hardships({ fuse: 2 * SECOND, restart: 6 * SECOND }) };
      case 4:
        return { ...one, hardships: operatorError.hardships({ share: 0.3, detect_after: draw(7, 60) * SECOND }) };
      case 0:
        return { ...one, regions: [struck], hardships: onRegions({ dark: true, disks }) };
      case 1:
        return { ...one, regions: [struck], hardships: onRegions({ hostDead: true, disks }) };
      case 2:
        return { ...one, regions: [struck], hardships: onRegions({ hostPaused: true }) };
      case 3:
        return { ...one, links: between([struck], [(struck + 1) % 3]) };
      default:
        return {
          ...one,
          links: between([struck], [(struck + 1) % 3, (struck + 2) % 3]).filter((_, link) => link % 2 === 0),
        };
    }
  });
}

/** Runs the plan: all laws hold, and the oracle agrees with a replay that shares nothing with it. */
export const survives = (plan: Plan, seed: string): World => replayed(plan, seed).world;

export function replayed(
  plan: Plan,
  seed: string,
  policies = catalogue,
): { readonly world: World; readonly reference: Reference } {
  const reference: Reference = new Reference(3, (write) => reference.world.writes.key[write]!);
  const world = new World(plan, seed, [reference], policies);
  reference.world = world;
  world.run();
  expect(brokenLaws(world.operations, world.availability, world.servers, world.streams, world.datagrams)).toEqual([]);
  const { oracle } = world;
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const { points: _, ...fates } = reference.fates(plan.data.shards, 0);
  const { lost, unavailable, surviving, superseded, overwritten } = oracle;
  expect({ lost, unavailable, surviving, superseded, overwritten }).toEqual(fates);
  expect(lost + unavailable + surviving + superseded + overwritten).toBe(oracle.acknowledged);
  expect([sum(oracle.conflicts), sum(oracle.staleReads)]).toEqual([reference.conflicts, reference.staleReads]);
  return { world, reference };
}
