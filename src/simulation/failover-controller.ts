import type { Engine } from "../engine/engine.js";
import { type FailoverJudge, NOBODY, type RegionId } from "../policies/contract.js";
import type { ControlConditions } from "./control-conditions.js";
import type { ControlPost } from "./control-post.js";
import { CONTROL_TIMER } from "./events.js";
import { FailoverBeliefs } from "./failover-beliefs.js";
import { DETECT, DNS_TAIL, FENCE, PROMOTE, REROUTE, VERIFY } from "./failover-phases.js";
import { CATCHING_UP, DOING, DRAINING, FENCING, IDLE, PROMOTING, REROUTING, VERIFYING } from "./failover-states.js";
import { BREATHER, PATIENCE, PAUSED } from "./failover-times.js";
import type { ControlLetter } from "./letters.js";
import { NextLeader } from "./next-leader.js";
import type { Observer } from "./observer.js";
import { type Plan, rerouting } from "./plan.js";
import type { TrafficManager } from "./traffic.js";

export const STEP = 1;

/**
 * The failover controller, at one site, acting on what it has heard: it verifies a suspicion, keeps the old primary
 * from writing in the way that the mode of fencing allows, promotes whom the policy names, and has the users led there.
 * By a planned switchover, which loses nothing, it hands over to whom the policy plans to have lead now; or, where the
 * policy plans nothing, back to the original primary once that is well and level again.
 */
export class FailoverController extends FailoverBeliefs {
  term = 1;
  private state = IDLE;
  /** Stamps timers: one set for an earlier state means nothing. */
  private turn = 0;
  private candidate: RegionId = NOBODY;
  /** Who has been ordered to lead, and may do so without its being known here. */
  private ordered: RegionId = NOBODY;
  /** Whom the fencing is about. */
  private target: RegionId = NOBODY;
  private startedAt = 0;
  private phaseAt = 0;
  private planned = false;
  /** Regions without a copy to which the word on who leads did not come, a bit each. */
  private untold = 0;
  /** Whom a hand-over or an operator's order names: whether he is the best choice is asked no more. */
  private named: RegionId = NOBODY;
  /** Where the primary's copy stood when it had stopped writing, and the term of its last entry. */
  private drainedAt = 0;
  private drainedTerm = 0;
  private leaseGrantedAt = Number.NEGATIVE_INFINITY;
  private readonly next = new NextLeader();
  private pausedUntil = 0;

  constructor(
    plan: Plan,
    group: number,
    engine: Engine,
    private readonly judge: FailoverJudge,
    traffic: TrafficManager,
    private readonly post: ControlPost,
    private readonly control: ControlConditions,
    private readonly observer: Observer,
    clock: () => number,
    private readonly page: () => void,
  ) {
    super(plan, group, engine, traffic, clock);
  }

  /** Whether the policy says who leads when. */
  get hasPlans(): boolean {
    return this.judge.planned !== undefined;
  }

  /** The regions take the lead by themselves: nobody orders anything. */
  get follows(): boolean {
    return this.judge.follows === true;
  }

  /** What is under way, "nothing" if nothing is. */
  get doing(): string {
    return DOING[this.state]!;
  }

  /** As far as is believed here. */
  get lacksLeader(): boolean {
    return !this.healthy(this.leader);
  }

  /** Something that the policy may look at has changed, or time has passed. */
  consider(): void {
    if (this.leader === NOBODY || this.judge.follows === true || this.state !== IDLE || this.control.automationPaused)
      return;
    const answer = this.judge.leader(this);
    if (answer === NOBODY) this.page();
    if (answer !== this.leader && answer !== NOBODY) this.suspect();
    else this.considerSwitchover();
  }

  /** A region tells how complete its copy is and whom it follows. */
  status(letter: ControlLetter): void {
    const { from: region, position, logTerm, leader, term, fenced } = letter;
    this.reports.note(region, position, logTerm, this.leader, this.now);
    this.reports.standing(letter, this.now);
    if (this.untold !== 0) this.tellAgain();
    if (this.judge.follows === true) {
      if (term > this.term && leader !== NOBODY) this.believe(leader, term);
      return;
    }
    // The word that it leads may have been lost.
    if (leader === region) this.promoted(region, term);
    // Named again, a primary that was fenced and never replaced may write again.
    const mistaken = term < this.term || leader !== this.leader || (fenced && region === this.leader);
    if (this.state === IDLE && mistaken) this.post.announce(region, this.leader, this.term);
    if (this.state === CATCHING_UP && region === this.candidate && this.hasEverything()) this.promote();
    this.consider();
  }

  /**
   * The word on who leads is lost on its way to that region. One with a copy says with each report whom it follows, and
   * is corrected; one without reports nothing, and would hand on to the former leader for ever.
   */
  announcementLost(region: RegionId): void {
    if (!this.facts.holders.includes(region)) this.untold |= 1 << region;
  }

  private tellAgain(): void {
    const { untold } = this;
    this.untold = 0;
    for (const region of this.traffic.regions)
      if (((untold >> region) & 1) === 1) this.post.announce(region, this.leader, this.term);
  }

  /** The primary asks to lead for another while; granted unless the controller has begun to wait such leases out. */
  leaseRequested(region: RegionId, term: number, requestedAt: number): void {
    if (region !== this.leader || term !== this.term || this.state === FENCING || this.state === PROMOTING) return;
    this.leaseGrantedAt = this.now;
    this.post.grantLease(region, requestedAt);
  }

  fenced(region: RegionId): void {
    if (this.state === FENCING && region === this.target) this.choose();
    // The order was carried out after it was given up: nobody replaces this primary, so it is let go on.
    else if (this.state === IDLE && region === this.leader) this.post.announce(region, region, this.term);
  }

  drained({ from: region, position, logTerm }: ControlLetter): void {
    if (this.state !== DRAINING || region !== this.leader) return;
    this.drainedAt = position;
    this.drainedTerm = logTerm;
    this.enter(CATCHING_UP, PATIENCE);
    if (this.hasEverything()) this.promote();
  }

  /** A longer log of another term would not do: it may have other writes where the primary's stand. */
  private hasEverything(): boolean {
    return this.logTerm(this.candidate) === this.drainedTerm && this.position(this.candidate) >= this.drainedAt;
  }

  promoted(region: RegionId, term: number): void {
    if (this.state !== PROMOTING || region !== this.candidate || term !== this.term) return;
    this.phaseEnded(PROMOTE);
    const from = this.leader;
    this.leader = region;
    this.ordered = NOBODY;
    this.traffic.leads(this.group, region);
    for (const other of this.traffic.regions) if (other !== region) this.post.announce(other, region, term);
    this.observer.failoverEnded(from, region, this.startedAt, this.planned, this.group);
    this.next.forget();
    this.enter(REROUTING, rerouting(this.plan.dns));
  }

  /** Event: the time given to the present state is over. */
  timer(turn: number): void {
    if (turn !== this.turn) return;
    if (this.control.automationPaused) {
      this.engine.schedule(PAUSED, CONTROL_TIMER, STEP + this.group, turn, this.state);
      return;
    }
    switch (this.state) {
      case VERIFYING:
        this.phaseEnded(VERIFY);
        if (this.isSuspicionGone()) this.rest();
        else this.fence();
        break;
      case FENCING:
        this.fenceTimedOut();
        break;
      case REROUTING:
        this.phaseEnded(REROUTE);
        if (!this.planned && this.plan.dns.anycast === null)
          this.observer.failoverPhase(DNS_TAIL, this.now, this.now + this.plan.dns.ttl, this.group);
        this.rest();
        break;
      case DRAINING:
      case CATCHING_UP:
        // The switchover takes too long: the present primary goes on.
        this.post.announce(this.leader, this.leader, this.term);
        this.pausedUntil = this.now + BREATHER;
        this.rest();
        break;
      case PROMOTING:
        this.recall();
        break;
    }
  }

  /**
   * Nothing was heard of a promotion. Its candidate may lead by now: where primaries are kept from writing by an order, it
   * gets one before another leads. A lease it has none, and an epoch ends with the next.
   */
  private recall(): void {
    if (this.plan.failover.fencing !== "stonith" || this.ordered === NOBODY) return this.choose();
    this.phaseEnded(PROMOTE);
    this.fence(this.ordered);
  }

  /** A promotion came to nothing. Whether the candidate leads by now is unknown, so the primary goes on in a newer term. */
  private callOff(): void {
    this.term++;
    for (const region of this.traffic.regions) this.post.announce(region, this.leader, this.term);
    this.pausedUntil = this.now + BREATHER;
    this.rest();
  }

  /** Its region is up again. Whom it had ordered to lead may do so by now, and no other leads in the term of that order. */
  restart(): void {
    if (this.plan.failover.fencing === "stonith" && this.ordered !== NOBODY) this.recall();
    else if (this.state === PROMOTING) this.callOff();
    else this.rest();
  }

  /** The replicas have elected another leader. */
  private believe(leader: RegionId, term: number): void {
    this.leader = leader;
    this.term = term;
    this.traffic.leads(this.group, leader);
    // Where there is no copy nobody hears of an election by himself.
    for (const region of this.traffic.regions)
      if (!this.facts.holders.includes(region)) this.post.announce(region, leader, term);
  }

  private suspect(): void {
    this.planned = false;
    this.startedAt = this.phaseAt = this.now;
    this.observer.failoverPhase(DETECT, this.traffic.unhealthySince(this.leader), this.now, this.group);
    this.enter(VERIFYING, this.plan.failover.verify);
  }

  private isSuspicionGone(): boolean {
    if (this.named !== NOBODY) return false;
    const answer = this.judge.leader(this);
    return answer === this.leader || answer === NOBODY;
  }

  private fence(target = this.leader): void {
    this.target = target;
    const { fencing, fenceTimeout, lease, clockMargin } = this.plan.failover;
    if (fencing === "stonith") {
      this.enter(FENCING, fenceTimeout);
      this.post.fence(target, this.term);
    } else if (fencing === "lease") {
      this.enter(FENCING, Math.max(0, this.leaseGrantedAt + lease + clockMargin - this.now));
    } else {
      this.enter(FENCING, 0);
    }
  }

  private fenceTimedOut(): void {
    const { fencing, onUnknown } = this.plan.failover;
    if (fencing !== "stonith" || onUnknown === "promote") this.choose();
    else if (this.target === this.leader && this.isSuspicionGone()) this.rest();
    // The order's outcome is unknown: it is given again, since two primaries are worse than none.
    else this.fence(this.target);
  }

  private choose(): void {
    if (this.state === FENCING) this.phaseEnded(FENCE);
    const isRecalled = this.state === PROMOTING || this.ordered !== NOBODY;
    // What was ordered by name is given up, and nobody else is thought of.
    if (isRecalled && this.named !== NOBODY) return this.callOff();
    const answer = this.named === NOBODY ? this.judge.leader(this) : this.named;
    if (answer === this.leader || answer === NOBODY) {
      if (isRecalled) return this.callOff();
      this.post.announce(this.leader, this.leader, this.term);
      this.rest();
      return;
    }
    this.candidate = answer;
    this.promote();
  }

  private promote(): void {
    this.term++;
    this.enter(PROMOTING, this.plan.failover.promotion + PATIENCE);
    this.ordered = this.control.promotionsRefused ? NOBODY : this.candidate;
    if (this.ordered !== NOBODY) this.post.promote(this.ordered, this.term);
  }

  private considerSwitchover(): void {
    const next = this.judge.planned === undefined ? this.facts.primary : this.judge.planned(this);
    if (next === this.leader || next === NOBODY || this.now < this.pausedUntil) return;
    const level = this.healthy(this.leader) && this.healthy(next) && this.reports.isLevel(next, this.leader);
    if (this.next.readyFor(next, level, this.now) >= this.waitOfPlan()) this.handOver(next);
  }

  /** Has the leader stop writing, and the other lead once that has everything: nothing is lost. */
  handOver(to: RegionId): void {
    this.planned = true;
    this.candidate = this.named = to;
    this.startedAt = this.phaseAt = this.now;
    this.enter(DRAINING, PATIENCE);
    this.post.drain(this.leader);
  }

  /** Keeps the leader from writing in the way that the mode of fencing allows, and has the other lead, whatever it lacks. */
  failOver(to: RegionId): void {
    this.planned = false;
    this.named = to;
    this.startedAt = this.phaseAt = this.now;
    this.observer.failoverPhase(DETECT, this.now, this.now, this.group);
    this.fence();
  }

  /** How long the next leader has to be well and level first: a return is in no hurry, a plan has its hour. */
  private waitOfPlan(): number {
    return this.judge.planned === undefined ? this.plan.failover.failback : 0;
  }

  private phaseEnded(phase: number): void {
    if (!this.planned) this.observer.failoverPhase(phase, this.phaseAt, this.now, this.group);
    this.phaseAt = this.now;
  }

  private rest(): void {
    this.state = IDLE;
    this.turn++;
    this.planned = false;
    this.named = this.ordered = NOBODY;
  }

  private enter(state: number, patience: number): void {
    this.state = state;
    this.turn++;
    this.engine.schedule(patience, CONTROL_TIMER, STEP + this.group, this.turn, state);
  }
}
