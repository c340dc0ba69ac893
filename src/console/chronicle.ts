import { cameToNothing, stageWords } from "../operate/told.js";
import { DETECT } from "../simulation/failover-phases.js";
import { ADMITTED } from "../simulation/newcomers.js";
import type { Order } from "../simulation/order-plan.js";
import { Watcher } from "../simulation/watcher.js";
import type { World } from "../simulation/world.js";
import type { Micros } from "../units/time.js";

export type Happening = "failover" | "promotion" | "fault" | "heal" | "belief" | "lost-write" | "order";

/** Something worth telling, and which regions it is about: none of them where it is about all or nobody in particular. */
export interface Entry {
  readonly at: Micros;
  readonly what: Happening;
  readonly regions: readonly number[];
  readonly text: string;
}

/** More are counted and not kept. */
const MOST = 10_000;
const NONE = -1;

/** The regions that an order names, and whoever led as it was given where it is about the lead. */
function aboutWhom(order: Order, leader: number): number[] {
  if (order.kind === "fault") return [...order.fault.regions];
  const named =
    order.kind === "promote"
      ? [leader, order.to]
      : order.kind === "failover"
        ? [leader, order.from, order.to]
        : [order.region];
  return named.filter((region) => region !== NONE);
}

/** What has happened in a run, for people; and where to stop it. */
export class Chronicle extends Watcher {
  readonly entries: Entry[] = [];
  omitted = 0;
  /** The run stops when this happens; null where it goes on. */
  awaited: Happening | null = null;
  /** What it was stopped by. */
  met: Entry | null = null;
  private world!: World;
  private lost = 0;
  private readonly believed = new Map<number, boolean>();

  override begin(world: World): void {
    this.world = world;
  }

  override end(): void {}

  override regionBelieved(region: number, healthy: boolean): void {
    const before = this.believed.get(region) ?? true;
    this.believed.set(region, healthy);
    if (before !== healthy) this.add("belief", `is believed ${healthy ? "healthy" : "down"}`, region);
  }

  override hostDied(region: number): void {
    this.add("fault", "in truth: the host of its copy dies", region);
    this.count();
  }

  override hostReturned(region: number): void {
    this.add("heal", "in truth: the host of its copy is up again", region);
  }

  override leaderChanged(region: number, term: number, group: number): void {
    this.add("promotion", `leads, in term ${term}${this.world.groups.label(group)}`, region);
  }

  /** The first phase of any is that somebody decides to act. */
  override failoverPhase(phase: number, _start: number, _end: number, group: number): void {
    const { leader } = this.world.control.failovers[group]!;
    if (phase === DETECT) this.add("failover", `is to be replaced${this.world.groups.label(group)}`, leader);
  }

  override failoverEnded(from: number, to: number, _start: number, planned: boolean, group: number): void {
    const what = `${planned ? "hand-over" : "failover"}${this.world.groups.label(group)}`;
    this.add("failover", `${what} from ${this.world.plan.regions[from]!.name} is done`, to, [from, to]);
  }

  override faultBegan(fault: number): void {
    const { label, regions } = this.world.plan.faults[fault]!;
    this.add("fault", `fault ${label} begins`, regions.length === 1 ? regions[0]! : NONE, regions);
  }

  override faultEnded(fault: number): void {
    const { label, regions } = this.world.plan.faults[fault]!;
    this.add("heal", `fault ${label} ends`, regions.length === 1 ? regions[0]! : NONE, regions);
  }

  override replicationPaused(region: number, paused: boolean, group: number): void {
    const keys = this.world.groups.label(group);
    this.add("order", `replication${keys} is ${paused ? "paused" : "resumed"}`, region);
  }

  override regionJoins(region: number, stage: number): void {
    const said = stageWords(stage);
    if (said !== undefined) this.add("order", said, region);
    // Healthy is what somebody is believed to be who has been probed.
    if (stage === ADMITTED) this.believed.set(region, false);
  }

  override orderGiven(action: number): void {
    const { actions, replies } = this.world.operator;
    const reply = replies[action]!;
    const { order, label } = actions[action]!;
    this.add("order", `order: ${label}${cameToNothing(this.world.plan, reply)}`, NONE, aboutWhom(order, reply.leader));
  }

  override writeUndone(): void {
    this.count();
  }

  override copyGivenUp(): void {
    this.count();
  }

  override writeForgotten(): void {
    this.count();
  }

  private count(): void {
    const { lost } = this.world.oracle;
    if (lost === this.lost) return;
    const before = this.lost;
    this.lost = lost;
    // One after the other they would fill the list: the first of a loss tells of it.
    if (before === 0 || this.entries.at(-1)?.what !== "lost-write")
      this.add("lost-write", "acknowledged writes are lost from the last copy that had them", NONE);
  }

  private add(
    what: Happening,
    text: string,
    region: number,
    regions: readonly number[] = region === NONE ? [] : [region],
  ): void {
    const name = region === NONE ? "" : `${this.world.plan.regions[region]!.name}: `;
    const entry = { at: this.world.engine.now, what, regions, text: `${name}${text}` };
    if (this.entries.length < MOST) this.entries.push(entry);
    else this.omitted++;
    if (what !== this.awaited) return;
    this.met ??= entry;
    this.world.engine.stop();
  }
}
