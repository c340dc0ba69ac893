import type { Engine } from "../engine/engine.js";
import { NOBODY } from "../policies/contract.js";
import type { Authority } from "./authority.js";
import type { Conditions } from "./conditions.js";
import {
  ANNOUNCEMENT,
  type ControlPost,
  DRAIN_ORDER,
  FENCE_DONE,
  FENCE_ORDER,
  LEASE_GRANT,
  PROMOTE_DONE,
  PROMOTE_ORDER,
} from "./control-post.js";
import { LEASE_TIMER, PROMOTED, STATUS } from "./events.js";
import { PROMOTE } from "./failover-controller.js";
import type { ControlLetter } from "./letters.js";
import type { Observer } from "./observer.js";
import type { Plan } from "./plan.js";
import type { ReplicaHost } from "./replica-host.js";
import type { Servers } from "./servers.js";

/** Between two reports of a region on its copy. */
const STATUS_INTERVAL = 1_000_000;
/** A lease is renewed when a third of it has gone by. */
const RENEWALS = 3;

/** The control plane's hand in one region: carries out orders, asks for leases, and tells how the copy stands. */
export class RegionAgent {
  private readonly authority: Authority;
  private readonly usesLease: boolean;

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    private readonly host: ReplicaHost,
    private readonly servers: Servers,
    private readonly post: ControlPost,
    private readonly lives: Int32Array,
    private readonly conditions: Conditions,
    private readonly observer: Observer,
  ) {
    this.authority = host.leadership;
    this.usesLease = plan.failover.fencing === "lease";
  }

  /** At the start of the run and after each restart. */
  start(): void {
    this.status(this.lives[this.host.id]!);
    if (this.usesLease) this.renewLease(this.lives[this.host.id]!);
  }

  /** Event: time to report. */
  status(life: number): void {
    const { id, node } = this.host;
    if (life !== this.lives[id]) return;
    this.post.status(id, this.host.replica, this.authority);
    this.engine.schedule(STATUS_INTERVAL, STATUS, node, 0, life);
  }

  /** Event: time to ask for the next lease. */
  renewLease(life: number): void {
    const { id, node } = this.host;
    if (life !== this.lives[id]) return;
    if (this.authority.leads) this.post.requestLease(id, this.authority.term, this.host.clock);
    this.engine.schedule(Math.ceil(this.plan.failover.lease / RENEWALS), LEASE_TIMER, node, 0, life);
  }

  receive(letter: ControlLetter): void {
    switch (letter.verb) {
      case LEASE_GRANT:
        this.authority.leaseUntil(letter.position + this.plan.failover.lease);
        break;
      case FENCE_ORDER:
        this.authority.fenced = true;
        if (this.authority.leads) this.observer.leaderFenced(this.host.id, this.authority.term, this.host.group);
        this.post.done(FENCE_DONE, this.host.id, letter.term, 0);
        break;
      case PROMOTE_ORDER:
        // Instances are launched as soon as it is known that they will be needed.
        this.servers.scaleUp();
        this.engine.schedule(
          this.plan.failover.promotion,
          PROMOTED,
          this.host.node,
          this.lives[this.host.id]!,
          letter.term,
        );
        break;
      case ANNOUNCEMENT:
        this.believe(letter.leader, letter.term);
        break;
      case DRAIN_ORDER:
        this.authority.draining = true;
        this.post.drained(this.host.id, letter.term, this.host.replica);
        break;
    }
  }

  /** Event: the promotion that was ordered is carried through. */
  promoted(term: number, life: number): void {
    if (life !== this.lives[this.host.id] || term < this.authority.term) return;
    this.believe(this.host.id, term);
    this.post.done(PROMOTE_DONE, this.host.id, term, this.host.replica.position());
    // After the word that it leads, or it would be refused.
    if (this.usesLease) this.post.requestLease(this.host.id, term, this.host.clock);
  }

  /** The replicas have elected this one in the place of `former`; it has stood for election since `since`. */
  elected(former: number, since: number): void {
    const { id, group } = this.host;
    const { now } = this.engine;
    this.conditions.chill(id, now);
    this.observer.leaderChanged(id, this.authority.term, group);
    if (former !== NOBODY && former !== id) {
      this.observer.failoverPhase(PROMOTE, since, now, group);
      this.observer.failoverEnded(former, id, since, false, group);
    }
    this.post.status(id, this.host.replica, this.authority);
  }

  private believe(leader: number, term: number): void {
    const { leads: led, term: former } = this.authority;
    if (!this.authority.accept(leader, term)) return;
    if (led) this.observer.leadershipEnded(this.host.id, former, this.host.group);
    if (this.authority.leads && !led) this.conditions.chill(leader, this.engine.now);
    if (this.authority.leads) this.observer.leaderChanged(leader, term, this.host.group);
    else if (led) this.servers.scaleDown();
    this.host.replica.led();
  }
}
