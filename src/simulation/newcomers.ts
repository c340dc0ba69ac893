import { NOBODY } from "../policies/contract.js";
import { LAUNCH } from "./events.js";
import type { ControlLetter } from "./letters.js";
import type { Observer } from "./observer.js";
import type { Joined, Outcome } from "./outcome.js";
import { type Plan, lateIn } from "./plan.js";
import type { World } from "./world.js";

/** How far a region has come that is added, in the order of the stages. */
export const WAITS = 0;
/** The control plane has taken the order. */
export const ORDERED = 1;
/** The order has come to what manages the machines there, which boots them. */
export const LAUNCHES = 2;
/** The first instance is up, and with it the host of the copy, which asks the others for a whole one. */
export const FILLS = 3;
/** The control plane has heard that the copy is whole and level: the region is probed, and may be led to and promoted. */
export const ADMITTED = 4;
/** It is believed healthy: users are led there as soon as the name servers or the routes say so. */
export const SERVES = 5;
const STAGES = SERVES + 1;

/** Until an order to launch is sent again of which nothing has come. */
const RETRY = 10_000_000;

/** What a region is to become a part of. */
type System = Pick<World, "plan" | "engine" | "control" | "lives" | "replicas" | "servers" | "edges" | "users">;

/**
 * Regions that are no part of the system until an operator adds them. Until then nothing runs there, nobody is led there and
 * nobody keeps anything for them; they stand last in every table and have no events, so that up to the order a run is the
 * same as one in which they are not. Then instances are launched, the copy is filled over the network, and when the control
 * plane has heard that it is whole and level the region is one as all others.
 */
export class Newcomers {
  /** By region, what the control plane knows; and how far it is in truth. */
  private readonly believed: Uint8Array;
  private readonly stages: Uint8Array;
  /** By region and stage. */
  private readonly moments: Float64Array;

  constructor(
    private readonly system: System,
    private readonly observer: Observer,
  ) {
    const { plan } = system;
    this.believed = new Uint8Array(plan.regions.length);
    this.stages = new Uint8Array(plan.regions.length);
    this.moments = new Float64Array(plan.regions.length * STAGES).fill(Number.NaN);
  }

  /** How far the region is in truth; null for one that has been there from the start. */
  stageOf(region: number): number | null {
    return this.system.plan.regions[region]!.joins === undefined ? null : this.stages[region]!;
  }

  /** Whether it has a host, or has had one. */
  isThere(region: number): boolean {
    return this.system.plan.regions[region]!.joins === undefined || this.stages[region]! >= FILLS;
  }

  isOrdered(region: number): boolean {
    return this.believed[region]! >= ORDERED;
  }

  /** Whether the control plane has it looked after as the others are. */
  isAdmitted(region: number): boolean {
    return this.believed[region]! >= ADMITTED;
  }

  /** When the region came to that stage; null when it has not. */
  momentOf(region: number, stage: number): number | null {
    const moment = this.moments[region * STAGES + stage]!;
    return Number.isNaN(moment) ? null : moment;
  }

  /** At the control plane: an operator wants it. */
  order(region: number): void {
    this.believed[region] = ORDERED;
    this.reach(region, ORDERED);
    this.ask(region);
  }

  /** Event at the control plane: unless the region has reported by now the order may have been lost. */
  ask(region: number): void {
    const { control, lives } = this.system;
    const { leader, term, reports } = control.failovers[0]!;
    if (reports.heardAt[region]! >= 0) return;
    if (lives.up[this.system.plan.health.controller] === 1) control.posts[0]!.launch(region, leader, term);
    this.system.engine.schedule(RETRY, LAUNCH, region, 0, 0);
  }

  /** At the region: what manages the machines has got the order, perhaps not for the first time. */
  launch({ to: region, leader, term }: ControlLetter): void {
    if (this.stages[region]! > LAUNCHES) return;
    // Whom its copy asks once there is a host: the last that it has been told of.
    if (leader !== NOBODY) this.system.replicas.hosts[region]!.leadership.accept(leader, term);
    if (this.stages[region] === LAUNCHES) return;
    this.reach(region, LAUNCHES);
    this.system.servers[region]!.open();
  }

  /** At the region: an instance is up. */
  booted(region: number): void {
    if (this.stages[region] !== LAUNCHES || !this.system.servers[region]!.isOpen) return;
    this.reach(region, FILLS);
    this.system.lives.arrive(region);
  }

  /** At the control plane: a region has reported. */
  heard({ from: region, whole }: ControlLetter): void {
    if (this.believed[region] !== ORDERED || !whole) return;
    const { leader, reports } = this.system.control.failovers[0]!;
    if (this.system.plan.regions[region]!.replica && leader !== NOBODY && !reports.isLevel(region, leader)) return;
    this.believed[region] = ADMITTED;
    this.reach(region, ADMITTED);
    const { control, edges, replicas, users } = this.system;
    edges?.join(region);
    users.hedges?.join(region);
    if (this.system.plan.regions[region]!.replica) {
      replicas.judging?.join(region);
      replicas.admit(region);
    }
    control.admit(region);
  }

  /** At the control plane: what is believed of some region has changed. */
  considered(): void {
    const { traffic } = this.system.control;
    for (const [region, believed] of this.believed.entries()) {
      if (believed !== ADMITTED || !traffic.healthy(region)) continue;
      this.believed[region] = SERVES;
      this.reach(region, SERVES);
    }
  }

  private reach(region: number, stage: number): void {
    this.stages[region] = stage;
    this.moments[region * STAGES + stage] = this.system.engine.now;
    this.observer.regionJoins(region, stage);
  }
}

/** Null where nobody adds a region. */
export const newcomersOf = (...parts: ConstructorParameters<typeof Newcomers>): Newcomers | null =>
  lateIn(parts[0].plan.regions) === 0 ? null : new Newcomers(...parts);

/** What has become of them, for the outcome; nothing where nobody adds a region. */
export function joinedOf({ plan, newcomers, copies }: World): Pick<Outcome, "joined"> {
  if (newcomers === null) return {};
  const joined = plan.regions.flatMap(({ name, joins }, region): Joined[] => {
    if (joins === undefined) return [];
    const at = (stage: number): number | null => newcomers.momentOf(region, stage);
    return [
      {
        region: name,
        ordered: at(ORDERED),
        launched: at(LAUNCHES),
        up: at(FILLS),
        admitted: at(ADMITTED),
        serves: at(SERVES),
        copy: copies.underWay(region),
      },
    ];
  });
  return { joined };
}
