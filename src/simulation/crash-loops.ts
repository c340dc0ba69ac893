import type { Engine } from "../engine/engine.js";
import type { Keyed, Streams } from "../engine/random.js";
import type { Conditions } from "./conditions.js";
import { CRASH, CRASH_RESTART } from "./events.js";
import { NO_REGION_HARDSHIP, type PoisonHardship, type RegionHardship } from "./hardships.js";
import type { Replicas } from "./replicas.js";
import type { Writes } from "./writes.js";

const NONE = -1;
const CRASHED: RegionHardship = { ...NO_REGION_HARDSHIP, hostDead: true };

interface Poison {
  readonly write: number;
  readonly hardship: PoisonHardship;
  isActive: boolean;
}

/**
 * Writes that kill the host of every copy that applies them, some time after; it restarts, finds the write in its data and
 * dies again, until an operator has it skipped everywhere.
 */
export class CrashLoops {
  private readonly luck: Keyed;
  /** By fault. */
  private readonly poisons = new Map<number, Poison>();

  constructor(
    private readonly engine: Engine,
    private readonly conditions: Conditions,
    /** How often the host of each copy has died. */
    private readonly lives: Int32Array,
    private readonly replicas: Replicas,
    private readonly writes: Writes,
    random: Streams,
    private readonly keys: number,
  ) {
    this.luck = random.keyed("poisoned keys");
  }

  /** The poison is written to the system of record. */
  begin(fault: number, hardship: PoisonHardship): void {
    const key = Math.floor(this.luck.uniform(this.poisons.size, 0) * this.keys);
    const source = this.replicas.record(key);
    const write = source === NONE ? NONE : this.replicas.poison(source, key);
    if (write === NONE) return;
    this.writes.retain(write);
    this.poisons.set(fault, { write, hardship, isActive: true });
    this.applied(write, source);
  }

  /** An operator has it skipped. */
  end(fault: number): void {
    const poison = this.poisons.get(fault);
    if (poison !== undefined) poison.isActive = false;
  }

  /** A copy has applied a poisoned write. */
  applied(write: number, region: number): void {
    for (const [fault, poison] of this.poisons) if (poison.write === write) this.light(fault, poison, region);
  }

  /** The host of a copy is up again, with what it holds. */
  returned(region: number): void {
    for (const [fault, poison] of this.poisons)
      if (this.writes.isShownBy(poison.write, region)) this.light(fault, poison, region);
  }

  /** Event: the host dies, unless it has died of something else meanwhile. */
  crash(region: number, fault: number, life: number): void {
    const { isActive, hardship } = this.poisons.get(fault)!;
    if (life !== this.lives[region] || !isActive) return;
    this.conditions.begin(region, CRASHED, this.engine.now, Number.POSITIVE_INFINITY);
    this.engine.schedule(hardship.restart, CRASH_RESTART, region, fault, fault);
  }

  /** Event: the host has restarted. */
  restarted(region: number): void {
    this.conditions.end(region, CRASHED);
  }

  private light(fault: number, { hardship, isActive }: Poison, region: number): void {
    if (isActive) this.engine.schedule(hardship.fuse, CRASH, region, fault, this.lives[region]!);
  }
}
