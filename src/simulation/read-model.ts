import type { Engine } from "../engine/engine.js";
import { ApplyQueue } from "./apply-queue.js";
import type { Conditions } from "./conditions.js";
import { PROJECTED } from "./events.js";
import type { StoragePlan } from "./plan.js";
import type { Writes } from "./writes.js";

const NONE = -1;

/**
 * What a region's users read of what it has accepted itself, where reads have a model of their own: events wait for the
 * same workers as those that come from other regions, and until then the model shows what it showed before.
 */
export class ReadModel {
  readonly queue: ApplyQueue;
  /** By key, events that wait, and what is shown as long as any does. */
  private readonly waiting: Int32Array;
  private readonly held: Int32Array;

  constructor(
    region: number,
    keys: number,
    apply: StoragePlan["apply"],
    engine: Engine,
    conditions: Conditions,
    private readonly writes: Writes,
    node: number,
  ) {
    this.waiting = new Int32Array(keys);
    this.held = new Int32Array(keys).fill(NONE);
    const show = (write: number): void => this.project(write);
    this.queue = new ApplyQueue(region, apply, engine, conditions, writes, show, PROJECTED, node);
  }

  /** The model shows something else of this key than the copy does. */
  isBehind(key: number): boolean {
    return this.waiting[key]! > 0;
  }

  shows(key: number): number {
    return this.held[key]!;
  }

  /** The region is about to accept a write where its copy shows this one. */
  keep(key: number, shown: number): void {
    if (this.waiting[key] === 0) this.hold(key, shown);
    this.waiting[key]! += 1;
  }

  /** Nothing was accepted after all. */
  drop(key: number): void {
    this.waiting[key]! -= 1;
    if (this.waiting[key] === 0) this.hold(key, NONE);
  }

  /** The host has died: its model is built anew from the copy. */
  forget(): void {
    this.queue.empty(true);
  }

  private project(write: number): void {
    const key = this.writes.key[write]!;
    this.waiting[key]! -= 1;
    this.hold(key, this.waiting[key]! > 0 ? write : NONE);
  }

  private hold(key: number, write: number): void {
    const before = this.held[key]!;
    if (write !== NONE) this.writes.retain(write);
    this.held[key] = write;
    if (before !== NONE) this.writes.release(before);
  }
}
