import type { Engine } from "../engine/engine.js";
import { type LockTerms, NOBODY } from "../policies/contract.js";
import type { Authority } from "./authority.js";
import type { Conditions } from "./conditions.js";
import {
  ANNOUNCEMENT,
  type ControlPost,
  DRAIN_ORDER,
  FENCE_DONE,
  FENCE_ORDER,
  LEASE_GRANT,
  LOCK_ANSWER,
  PAUSE_ORDER,
  PROMOTE_DONE,
  PROMOTE_ORDER,
  RESET_ORDER,
  RESUME_ORDER,
} from "./control-post.js";
import { LEASE_TIMER, PROMOTED, STATUS } from "./events.js";
import { PROMOTE } from "./failover-phases.js";
import type { ControlLetter } from "./letters.js";
import type { Lives } from "./lives.js";
import { LockClient, type LockHolder } from "./lock-client.js";
import type { Observer } from "./observer.js";
import type { Plan } from "./plan.js";
import type { ReplicaHost } from "./replica-host.js";
import type { Servers } from "./servers.js";

/** Between two reports of a region on its copy. */
const STATUS_INTERVAL = 1_000_000;
/** A lease is renewed when a third of it has gone by. */
const RENEWALS = 3;

/** The control plane's hand in one region: carries out orders, asks for leases, and tells how the copy stands. */
export class RegionAgent implements LockHolder {
  private readonly authority: Authority;
  private readonly usesLease: boolean;
  /** Null where the lead is no lock. */
  private readonly lock: LockClient | null;
  /** When it began to take the lead, and from whom. */
  private tookAt = 0;

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    private readonly host: ReplicaHost,
    private readonly servers: Servers,
    private readonly post: ControlPost,
    private readonly lives: Lives,
    private readonly conditions: Conditions,
    private readonly observer: Observer,
    /** By group of keys: whom the copies have elected last. */
    private readonly leaders: number[],
    terms?: LockTerms,
  ) {
    this.authority = host.leadership;
    this.usesLease = terms !== undefined || plan.failover.fencing === "lease";
    const { lease, clockMargin } = plan.failover;
    this.lock = terms === undefined ? null : new LockClient(terms, lease, clockMargin, this.authority, this, post);
  }

  get id(): number {
    return this.host.id;
  }

  /** Which of the lives of the copy's host this is. */
  private get life(): number {
    return this.lives.hostLives[this.id]!;
  }

  get clock(): number {
    return this.host.clock;
  }

  /** At the start of the run and after each restart. */
  start(): void {
    const life = this.life;
    this.status(life);
    this.lock?.restart();
    // One after the other, or those who want the lock would take it from each other for ever.
    const turn = this.lock === null ? 0 : this.turn();
    if (turn > 0) this.engine.schedule(turn, LEASE_TIMER, this.host.node, 0, life);
    else if (this.usesLease) this.renewLease(life);
  }

  /** In the order of preference, evenly over the time between two polls. */
  private turn(): number {
    const { primary, standbys } = this.plan.policies;
    const place = [primary, ...standbys].indexOf(this.id);
    return Math.floor((this.lock!.interval * Math.max(0, place)) / (standbys.length + 1));
  }

  /** A majority of the sites has given the lock to this region. */
  locked(term: number): void {
    this.tookAt = this.engine.now;
    this.servers.scaleUp();
    this.engine.schedule(this.plan.failover.promotion, PROMOTED, this.host.node, this.life, term);
  }

  /** Another has it. */
  heldBy(leader: number, term: number): void {
    this.believe(leader, term);
  }

  /** Event: time to report. */
  status(life: number): void {
    const { id, node } = this.host;
    if (life !== this.life) return;
    this.tell();
    this.engine.schedule(STATUS_INTERVAL, STATUS, node, 0, life);
  }

  /** Event: time to ask for the next lease. */
  renewLease(life: number): void {
    const { id, node } = this.host;
    if (life !== this.life) return;
    this.lock?.ask();
    if (this.lock === null && this.authority.leads) this.post.requestLease(id, this.authority.term, this.clock);
    const wait = this.lock?.interval ?? Math.ceil(this.plan.failover.lease / RENEWALS);
    this.engine.schedule(wait, LEASE_TIMER, node, 0, life);
  }

  receive(letter: ControlLetter): void {
    switch (letter.verb) {
      case LEASE_GRANT:
        this.authority.leaseUntil(letter.position + this.plan.failover.lease);
        break;
      case FENCE_ORDER:
        this.authority.fence(letter.term);
        if (this.authority.leads) this.observer.leaderFenced(this.host.id, this.authority.term, this.host.group);
        this.post.done(FENCE_DONE, this.host.id, letter.term, 0);
        break;
      case PROMOTE_ORDER:
        // Instances are launched as soon as it is known that they will be needed.
        this.servers.scaleUp();
        this.engine.schedule(this.plan.failover.promotion, PROMOTED, this.host.node, this.life, letter.term);
        break;
      case LOCK_ANSWER:
        this.lock?.answered(letter);
        break;
      case ANNOUNCEMENT:
        this.believe(letter.leader, letter.term);
        break;
      case DRAIN_ORDER:
        this.authority.draining = true;
        this.post.drained(this.host.id, letter.term, this.host.replica);
        break;
      case PAUSE_ORDER:
        this.lives.pause(this.host);
        this.tell();
        break;
      case RESUME_ORDER:
        this.lives.resume(this.host);
        this.tell();
        break;
      case RESET_ORDER:
        // The copy of whoever leads is what the others follow.
        if (!this.authority.leads) this.lives.replace(this.host.id);
        break;
    }
  }

  /** Event: the promotion that was ordered is carried through. */
  promoted(term: number, life: number): void {
    if (life !== this.life || term < this.authority.term || term <= this.authority.fencedTo) return;
    if (this.lock !== null) {
      if (this.lock.holds(term)) this.takeOver(term);
      return;
    }
    this.believe(this.host.id, term);
    this.post.done(PROMOTE_DONE, this.host.id, term, this.host.replica.position());
    // After the word that it leads, or it would be refused.
    if (this.usesLease) this.post.requestLease(this.host.id, term, this.host.clock);
  }

  /** It leads by the lock, for all who ask from now on. */
  private takeOver(term: number): void {
    const { leader: former } = this.authority;
    const { now } = this.engine;
    this.believe(this.id, term);
    this.observer.failoverPhase(PROMOTE, this.tookAt, now, this.host.group);
    if (former !== this.id) this.observer.failoverEnded(former, this.id, this.tookAt, false, this.host.group);
    this.tell();
  }

  /** The replicas have elected this one; it has stood for election since `since`. */
  elected(since: number): void {
    const { id, group } = this.host;
    const former = this.leaders[group]!;
    this.leaders[group] = id;
    const { now } = this.engine;
    this.conditions.chill(id, now);
    this.observer.leaderChanged(id, this.authority.term, group);
    if (former !== NOBODY && former !== id) {
      this.observer.failoverPhase(PROMOTE, since, now, group);
      this.observer.failoverEnded(former, id, since, false, group);
    }
    this.tell();
  }

  private tell(): void {
    const { id, node, replica, blank } = this.host;
    this.post.status(id, replica, this.authority, this.lives.paused[node] === 1, !blank);
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
