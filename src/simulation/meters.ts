import { HOUR } from "../units/time.js";
import type { Meters } from "./outcome.js";
import { placementIn } from "./placement-plan.js";
import { serves } from "./plan.js";
import type { World } from "./world.js";

/** Read when the run has ended, from what it counts anyway: nothing is added to any event. */
export function metersOf(world: World): Meters {
  const { plan, servers, streams, users, telemetry, oracle, lives } = world;
  const { regions, duration } = plan;
  const { groups } = placementIn(plan);
  const ids = regions.map((_, id) => id);
  const sites = regions.length + plan.places.length;
  const stored = (id: number): number => {
    const bytes = groups.reduce((sum, { holders, size }) => sum + (holders.includes(id) ? size : 0), 0);
    if (!regions[id]!.waiting) return bytes;
    const since = lives.restoredAt.get(id) ?? duration;
    return bytes * Math.max(0, 1 - since / duration);
  };
  return {
    instanceHours: regions.map((region, id) => {
      if (serves(region)) return servers[id]!.instanceTime.hours;
      // One that only votes runs on one instance.
      return region.takesPart === true ? duration / HOUR : 0;
    }),
    transferBytes: ids.flatMap((from) => ids.map((to) => (from === to ? 0 : streams.sent[from * sites + to]!))),
    userBytes: [...users.paths.bytesToUsers],
    storedBytes: ids.map(stored),
    replicatedWrites: ids.map((to) =>
      ids.reduce((sum, from) => sum + (from === to ? 0 : (telemetry.lags[from * ids.length + to]?.count ?? 0)), 0),
    ),
    writes: oracle.acknowledged,
  };
}
