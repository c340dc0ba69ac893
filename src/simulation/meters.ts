import { HOUR } from "../units/time.js";
import { ADMITTED } from "./newcomers.js";
import type { Metered, Meters } from "./outcome.js";
import { placementIn } from "./placement-plan.js";
import { serves } from "./plan.js";
import { Watcher } from "./watcher.js";
import type { World } from "./world.js";

/**
 * Reads the meters as the first fault begins, or the first order: what a run takes while all is well and nobody acts. Where a
 * region is added, which stays, they begin anew when it has all it needs and nothing more of a copy is sent there.
 */
export class CalmMeters extends Watcher {
  private world: World | null = null;
  private read: Metered | null = null;
  private isOver = false;
  /** What had been taken when the time began that counts; null where it is the beginning of the run. */
  private before: Metered | null = null;
  /** A region that has all it needs, while more copies are on their way to it. */
  private filling: number | null = null;

  override begin(world: World): void {
    this.world = world;
    world.calm = this;
  }

  override faultBegan(): void {
    this.over();
  }

  /** One that was refused changes nothing. */
  override orderGiven(action: number): void {
    if (this.world!.operator.replies[action]!.refused === null) this.over();
  }

  override regionJoins(region: number, stage: number): void {
    if (stage === ADMITTED) this.filling = region;
    this.beginAnew();
  }

  override sampled(): void {
    this.beginAnew();
  }

  private beginAnew(): void {
    const { engine, copies } = this.world!;
    if (this.filling === null || copies.underWay(this.filling) !== null) return;
    this.filling = null;
    this.before = meteredBy(this.world!, engine.now);
    this.isOver = false;
  }

  private over(): void {
    const { engine, plan } = this.world!;
    const now = Math.min(engine.now, plan.duration);
    if (!this.isOver && now > (this.before?.duration ?? 0)) {
      const all = meteredBy(this.world!, now);
      this.read = this.before === null ? all : since(all, this.before);
    }
    this.isOver = true;
  }

  override end(): void {}

  get meters(): Metered | null {
    // With a region that was added, and has seen no fault since, all is as it will be.
    if (this.before !== null) this.over();
    return this.read;
  }
}

/** What was taken between two readings. */
function since(all: Metered, before: Metered): Metered {
  const duration = all.duration - before.duration;
  const counted = (what: "instanceHours" | "transferBytes" | "userBytes" | "replicatedWrites"): number[] =>
    all[what].map((value, at) => value - before[what][at]!);
  return {
    duration,
    from: before.duration,
    instanceHours: counted("instanceHours"),
    transferBytes: counted("transferBytes"),
    userBytes: counted("userBytes"),
    replicatedWrites: counted("replicatedWrites"),
    writes: all.writes - before.writes,
    // Averages over the time and no counts.
    storedBytes: all.storedBytes.map(
      (bytes, at) => (bytes * all.duration - before.storedBytes[at]! * before.duration) / duration,
    ),
  };
}

/** Read when the run has ended, from what it counts anyway: nothing is added to any event. */
export const metersOf = (world: World): Meters => ({
  ...meteredBy(world, world.plan.duration),
  calm: world.calm?.meters ?? null,
});

function meteredBy(world: World, duration: number): Metered {
  const { plan, servers, streams, users, telemetry, oracle, lives } = world;
  const { regions } = plan;
  const { groups } = placementIn(plan);
  const ids = regions.map((_, id) => id);
  const sites = regions.length + plan.places.length;
  const stored = (id: number): number => {
    const bytes = groups.reduce((sum, { holders, size }) => sum + (holders.includes(id) ? size : 0), 0);
    if (!regions[id]!.waiting) return bytes;
    const since = lives.heldSince.get(id) ?? duration;
    return bytes * Math.max(0, 1 - since / duration);
  };
  return {
    duration,
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
