import type { Keyed } from "../../src/engine/random.js";
import { onRegions } from "../../src/faults/region-faults.js";
import type { FaultPlan } from "../../src/simulation/plan.js";
import { MINUTE, SECOND } from "../../src/units/time.js";
import { between, fault } from "../simulation/plans.js";

const QUIET = 90 * SECOND;
const END = 6 * MINUTE;

/** What a consensus survives: no disk is lost, and every fault heals long before the end. */
export function faultsOf(luck: Keyed): FaultPlan[] {
  return Array.from({ length: 6 }, (_, index) => {
    const draw = (purpose: number, choices: number): number => Math.floor(luck.uniform(index, purpose) * choices);
    const at = (20 + draw(0, 180)) * SECOND + draw(1, 1_000_000);
    const until = Math.min(at + (1 + draw(2, 60)) * SECOND, END - QUIET);
    const struck = draw(3, 3);
    const one = { ...fault(), at, until, label: `fault ${index}` };
    const others = [0, 1, 2].filter((region) => region !== struck);
    switch (draw(4, 6)) {
      case 0:
        return { ...one, regions: [struck], hardships: onRegions({ dark: true, disks: "synced" }) };
      case 1:
        return { ...one, regions: [struck], hardships: onRegions({ hostDead: true, disks: "synced" }) };
      case 2:
        return { ...one, regions: [struck], hardships: onRegions({ hostPaused: true }) };
      case 3:
        return { ...one, links: between([struck], others) };
      case 4:
        // One direction of one path only.
        return { ...one, links: between([struck], [others[0]!]).slice(0, 1) };
      default:
        return { ...one, links: between([struck], [others[0]!]) };
    }
  });
}
