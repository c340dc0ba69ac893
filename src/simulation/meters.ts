import type { Engine } from "../engine/engine.js";
import { HOUR } from "../units/time.js";
import type { Meters } from "./outcome.js";
import { placementIn } from "./placement-plan.js";
import { serves } from "./plan.js";
import { Watcher } from "./watcher.js";
import type { World } from "./world.js";

/** Sees when a backup is restored into a site that waited for it: from then on there is a copy. */
export class RecoverySites extends Watcher {
  private readonly restoredAt = new Map<number, number>();
  private engine: Engine | null = null;

  override begin({ engine }: World): void {
    this.engine = engine;
  }

  override end(): void {}

  override restoreBegan(region: number): void {
    if (!this.restoredAt.has(region)) this.restoredAt.set(region, this.engine!.now);
  }

  /** Share of the time for which there was a copy. */
  share(region: number, duration: number): number {
    const from = this.restoredAt.get(region);
    return from === undefined ? 0 : Math.max(0, 1 - from / duration);
  }
}

/** Read when the run has ended, from what it counts anyway: nothing is added to any event. */
export function metersOf(world: World, recovery: RecoverySites | null): Meters {
  const { plan, servers, streams, users, telemetry, oracle } = world;
  const { regions, duration } = plan;
  const { groups } = placementIn(plan);
  const ids = regions.map((_, id) => id);
  const sites = regions.length + plan.places.length;
  const stored = (id: number): number => {
    const bytes = groups.reduce((sum, { holders, size }) => sum + (holders.includes(id) ? size : 0), 0);
    return regions[id]!.waiting ? bytes * recovery!.share(id, duration) : bytes;
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
