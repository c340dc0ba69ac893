import type { FleetView, Scaling } from "../contract/scaling.js";
import { type Option, forever, numberOption } from "../options.js";

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;

export const SHUT_DOWN = (after: number): Option =>
  forever(after, "without any request, until a region's whole fleet is shut down; the next request boots it", {
    least: SECOND,
  });

/** Whether nothing has been asked of this region for so long. */
export const idleFor = (fleet: FleetView, time: number): boolean =>
  fleet.busy + fleet.waiting === 0 && fleet.now - fleet.idleSince(1) >= time;

export const idleShutdown: Scaling = {
  name: "idle-shutdown",
  about:
    "Shuts a region's fleet down when nobody has asked for anything for a while; the first request that comes boots all of it, and waits.",
  costs: "The first request after a rest waits for a boot.",
  follows: "the auto-pause of Azure SQL Database serverless",
  options: { after: SHUT_DOWN(15 * MINUTE) },
  on: (options) => {
    const after = numberOption(options, "after");
    const demanded = (fleet: FleetView): number => {
      const there = fleet.running + fleet.booting;
      return there === 0 && fleet.waiting > 0 ? fleet.full : there;
    };
    return {
      every: MINUTE,
      queues: true,
      wanted: (fleet) => (idleFor(fleet, after) ? 0 : demanded(fleet)),
      demanded,
    };
  },
};
