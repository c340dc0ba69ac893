import { serves } from "../simulation/plan.js";
import type { World } from "../simulation/world.js";
import { DAY, formatDuration, formatMoment } from "../units/time.js";
import { believed, truth } from "./beliefs.js";
import type { Chronicle } from "./chronicle.js";
import { clock, columns, count } from "./layout.js";
import { isNamed } from "./region-list.js";

/** What the vantage points say of each region as far as it has been heard, what follows from that, and the truth. */
export function healthCheck(world: World, only: string | undefined): string[] {
  const { plan, control } = world;
  const rows = plan.regions.flatMap((region, id) => {
    if ((only !== undefined && region.name !== only) || !isNamed(world, id)) return [];
    const { heard, healthy } = control.traffic.votes(id);
    const isLookedAt = serves(region) && (world.newcomers?.stageOf(id) == null || world.newcomers.isAdmitted(id));
    const votes = isLookedAt ? (heard === 0 ? "nothing heard" : `${healthy} of ${heard} say healthy`) : "not watched";
    return [[region.name, votes, believed(world, id), truth(world, id)]];
  });
  const { interval, threshold, vantages } = plan.health;
  return [
    ...columns(["region", "vantage points", "believed", "in truth"], rows),
    `(${count(vantages.length, "vantage point probes", "vantage points probe")} every ${formatDuration(interval)}; ${threshold} misses in a row make a region down)`,
  ];
}

/** What became known and what truly happened, from the latest `days` on. */
export function healthHistory(
  world: World,
  chronicle: Chronicle,
  only: string | undefined,
  days: number | undefined,
): string[] {
  const now = Math.min(world.engine.now, world.plan.duration);
  const region = world.plan.regions.findIndex(({ name }) => name === only);
  const from = days === undefined ? 0 : Math.max(0, now - days * DAY);
  const told = chronicle.entries.filter(
    ({ at, regions }) => at >= from && (only === undefined || regions.length === 0 || regions.includes(region)),
  );
  const short =
    days !== undefined && days * DAY > now
      ? [`This run is ${clock(now)} old: nothing is older than its beginning.`]
      : [];
  if (told.length === 0)
    return [...short, "Nothing has happened: nobody came to believe something else, and no fault came or went."];
  const lines = told.map(({ at, text }) => `${formatMoment(at).padStart(20)}  ${text}`);
  const omitted = chronicle.omitted === 0 ? [] : [`(and ${chronicle.omitted} more, which were not kept)`];
  return [...short, ...lines, ...omitted];
}
