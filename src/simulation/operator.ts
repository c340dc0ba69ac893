import type { Dispatcher, Engine } from "../engine/engine.js";
import type { Catalogue } from "../policies/catalogue.js";
import { NOBODY, type RegionId } from "../policies/contract.js";
import type { ControlConditions } from "./control-conditions.js";
import type { ControlPlane } from "./control-plane.js";
import { PAUSE_ORDER, RESET_ORDER, RESUME_ORDER } from "./control-post.js";
import { ORDER } from "./events.js";
import type { FailoverController } from "./failover-controller.js";
import type { Faults } from "./faults.js";
import type { Groups } from "./groups.js";
import type { Newcomers } from "./newcomers.js";
import type { Observer } from "./observer.js";
import type { ActionPlan, Order, Refused, Reply } from "./order-plan.js";
import type { Plan } from "./plan.js";
import { neverPossible } from "./possible-orders.js";

const VERBS = { pause: PAUSE_ORDER, resume: RESUME_ORDER, reset: RESET_ORDER } as const;

/**
 * Where an operator's orders come in: the site of the control plane. It knows what has been reported there and nothing
 * else, refuses what would come to nothing or do harm by that, and has the rest carried out by the letters that its own
 * decisions travel in, which may be late or lost.
 */
export class Operator {
  readonly actions: ActionPlan[];
  /** By action, as far as they were given. */
  readonly replies: Reply[] = [];
  /** By region: 1 while the last of its orders was to pause. Whether that has come about a report says. */
  private readonly pausing: Uint8Array;

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    private readonly catalogue: Catalogue,
    private readonly groups: Groups,
    private readonly up: Uint8Array,
    private readonly control: ControlPlane,
    private readonly conditions: ControlConditions,
    private readonly faults: Faults,
    /** Null where nobody adds a region. */
    private readonly newcomers: Newcomers | null,
    private readonly observer: Observer,
  ) {
    this.actions = (plan.actions ?? []).filter(({ at }) => at < plan.duration);
    this.pausing = new Uint8Array(plan.regions.length);
  }

  get refusesPromotions(): boolean {
    return this.conditions.promotionsRefused;
  }

  get refusesNames(): boolean {
    return this.conditions.dnsRefused;
  }

  /**
   * Lets time pass up to and including `until`, or until the engine is stopped: then false. An order is given when all
   * else of its moment has happened.
   */
  advance(until: number, dispatcher: Dispatcher): boolean {
    const { actions, replies, engine } = this;
    for (let next = actions[replies.length]; next !== undefined && next.at <= until; next = actions[replies.length]) {
      if (!engine.run(next.at, dispatcher)) return false;
      engine.schedule(0, ORDER, replies.length, 0, 0);
      if (!engine.run(next.at, dispatcher)) return false;
    }
    return engine.run(until, dispatcher);
  }

  /** Event: the order is given. */
  give(action: number): void {
    const { order } = this.actions[action]!;
    if (order.kind === "fault") {
      const before = this.actions.slice(0, action).filter((each) => each.order.kind === "fault").length;
      this.replies.push(this.reply(null, NOBODY));
      this.observer.orderGiven(action);
      this.faults.bring(before, order.fault);
      return;
    }
    this.replies.push(this.carryOut(order));
    this.observer.orderGiven(action);
  }

  /** Whether an order that changes who leads would be taken now; nothing is done. */
  wouldLead(to: RegionId, force: boolean, group: number): Reply {
    return this.reply(this.unreached() ?? this.objection(group, to, force), to, group);
  }

  /** Why nothing can be ordered at all at the control plane now. */
  unreached(): Refused | null {
    if (this.isSilent) return "silent";
    return this.conditions.automationPaused ? "automation-paused" : null;
  }

  private carryOut(order: Exclude<Order, { readonly kind: "fault" }>): Reply {
    const never = neverPossible(this.plan, this.catalogue, order);
    if (never !== null) return this.reply(never, "to" in order ? order.to : order.region);
    if (order.kind === "add") return this.add(order.region);
    if (order.kind === "promote") return this.promote(order.to, order.force);
    return order.kind === "failover" ? this.failOver(order.from, order.to) : this.replicate(order.kind, order.region);
  }

  private add(region: RegionId): Reply {
    const newcomers = this.newcomers!;
    if (this.isSilent) return this.reply("silent", region);
    if (newcomers.isOrdered(region)) return this.reply("added-already", region);
    newcomers.order(region);
    return this.reply(null, region);
  }

  private promote(to: RegionId, force: boolean): Reply {
    const held = this.held(to);
    const others = held.filter((group) => this.failover(group).leader !== to);
    const refused = this.unreached();
    if (refused !== null) return this.reply(refused, to);
    return this.lead(others.length === 0 ? held : others, () => to, force);
  }

  private failOver(from: RegionId, to: RegionId): Reply {
    const refused = this.unreached();
    if (refused !== null) return this.reply(refused, to);
    const led = this.groups.all.flatMap((_, group) => {
      const isMeant = from === NOBODY || this.failover(group).leader === from;
      return isMeant && (to === NOBODY || this.groups.all[group]!.holders.includes(to)) ? [group] : [];
    });
    if (led.length === 0) return this.reply("leads-not", from);
    return this.lead(led, (group) => (to === NOBODY ? this.control.successor(group) : to), true);
  }

  /** Of several groups of keys those whose leader can be replaced get another; refused only where there are none. */
  private lead(groups: readonly number[], whom: (group: number) => RegionId, force: boolean): Reply {
    let first: Reply | null = null;
    let done = NOBODY;
    for (const group of groups) {
      const to = whom(group);
      const refused = this.objection(group, to, force);
      first ??= this.reply(refused, to, group);
      if (refused !== null) continue;
      done = to;
      if (force) this.failover(group).failOver(to);
      else this.failover(group).handOver(to);
    }
    return done === NOBODY ? first! : { ...first!, refused: null, region: done };
  }

  private objection(group: number, to: RegionId, force: boolean): Refused | null {
    const failover = this.failover(group);
    const { leader, reports } = failover;
    if (leader === NOBODY) return "no-leader";
    if (to === NOBODY) return "no-candidate";
    // Whoever is being replaced leads only until its successor is heard of.
    if (failover.doing !== "nothing") return "busy";
    if (to === leader) return reports.fenced[to] === 1 ? "fenced" : "leads";
    if (this.conditions.promotionsRefused) return "call-fails";
    if (force) return null;
    if (!failover.healthy(to)) return "believed-down";
    if (!failover.healthy(leader)) return "leader-down";
    if (reports.paused[to] === 1 || reports.paused[leader] === 1) return "replication-paused";
    if (failover.position(to) < 0 || failover.position(leader) < 0) return "unheard";
    return reports.isLevel(to, leader) ? null : "behind";
  }

  private replicate(kind: "pause" | "resume" | "reset", region: RegionId): Reply {
    const held = this.held(region);
    const refused = this.unreplicated(kind, region, held);
    if (refused !== null) return this.reply(refused, region, held[0]);
    if (kind !== "reset") this.pausing[region] = kind === "pause" ? 1 : 0;
    // A region gives up all its copies at once.
    for (const group of kind === "reset" ? held.slice(0, 1) : held)
      this.control.posts[group]!.order(VERBS[kind], region, this.failover(group).term);
    return this.reply(null, region, held[0]);
  }

  /** About copies it is not the automation that is asked, but the same site. */
  private unreplicated(kind: "pause" | "resume" | "reset", region: RegionId, held: readonly number[]): Refused | null {
    if (this.isSilent) return "silent";
    const paused = held.filter((group) => this.failover(group).reports.paused[region] === 1).length;
    const ordered = this.pausing[region] === 1;
    // A letter that was lost is sent again: in vain is only what has been ordered and is reported too.
    if (kind === "pause") return ordered && paused === held.length ? "paused-already" : null;
    if (kind === "resume") return !ordered && paused === 0 ? "not-paused" : null;
    return held.some((group) => this.failover(group).leader === region) ? "leads" : null;
  }

  private get isSilent(): boolean {
    return this.up[this.plan.health.controller] === 0;
  }

  private held(region: RegionId): number[] {
    return this.groups.all.flatMap(({ holders }, group) => (holders.includes(region) ? [group] : []));
  }

  private failover(group: number): FailoverController {
    return this.control.failovers[group]!;
  }

  private reply(refused: Refused | null, region: RegionId, group = 0): Reply {
    const failover = this.failover(group);
    const { leader } = failover;
    const heard = region !== NOBODY && leader !== NOBODY ? failover.position(leader) - failover.position(region) : 0;
    return { at: this.engine.now, refused, region, leader, behind: Math.max(0, heard) };
  }
}
