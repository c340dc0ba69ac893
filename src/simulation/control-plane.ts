import type { Engine } from "../engine/engine.js";
import type { Streams as RandomStreams } from "../engine/random.js";
import type { Links } from "../network/links.js";
import type { RoundTrips } from "../network/round-trips.js";
import { type FailoverJudge, type Letter, NOBODY, type RegionId, type Router } from "../policies/contract.js";
import { Bereft } from "./bereft.js";
import type { Conditions } from "./conditions.js";
import type { ControlConditions } from "./control-conditions.js";
import {
  ANNOUNCEMENT,
  ControlPost,
  DRAIN_DONE,
  FENCE_DONE,
  LAUNCH_ORDER,
  LEASE_REQUEST,
  LOCK_RELEASE,
  LOCK_REQUEST,
  PROMOTE_DONE,
  REPORT as REPORT_LETTER,
  STATUS_REPORT,
} from "./control-post.js";
import * as event from "./events.js";
import { FailoverController, STEP } from "./failover-controller.js";
import type { Groups } from "./groups.js";
import { HealthChecks } from "./health.js";
import type { ControlLetter } from "./letters.js";
import { LockSite } from "./lock-site.js";
import type { Newcomers } from "./newcomers.js";
import type { Observer } from "./observer.js";
import type { Plan } from "./plan.js";
import type { RegionAgent } from "./region-agent.js";
import type { Resolvers } from "./resolvers.js";
import type { Routes } from "./routes.js";
import { TrafficManager } from "./traffic.js";

/** What users are led by; routes only where the network leads one address. */
export interface Directions {
  readonly resolvers: Resolvers;
  readonly routes: Routes | null;
}

/** Health checks, traffic manager and failover controller, and the letters between them and the regions. */
export class ControlPlane {
  /** By group of keys: what is said of them, and who has them led. */
  readonly posts: readonly ControlPost[];
  readonly failovers: readonly FailoverController[];
  readonly health: HealthChecks;
  readonly traffic: TrafficManager;
  /** By group of keys and region; those that keep a lock. */
  private readonly locks: readonly (LockSite | null)[];
  /** Null where nobody adds a region. */
  newcomers: Newcomers | null = null;

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    random: RandomStreams,
    links: Links,
    trips: RoundTrips,
    private readonly up: Uint8Array,
    conditions: Conditions,
    control: ControlConditions,
    router: Router,
    private readonly judge: () => FailoverJudge,
    private readonly groups: Groups,
    { resolvers, routes }: Directions,
    observer: Observer,
    private readonly agents: readonly RegionAgent[],
    send: (letter: Letter) => void,
    /** There is nobody whom the failover controller could promote: that is for people. */
    page: () => void,
  ) {
    this.posts = groups.all.map((_, group) => new ControlPost(plan.health.controller, send, group));
    this.health = new HealthChecks(plan, engine, random, links, trips, up, conditions, control, observer, (vantage) =>
      this.tell(vantage),
    );
    this.traffic = new TrafficManager(plan, engine, trips, router, resolvers, routes, control, observer, () =>
      this.consider(),
    );
    const sites = judge().lock?.sites ?? [];
    this.locks = groups.all.flatMap(({ primary }, group) =>
      plan.regions.map((_, region) =>
        sites.includes(region)
          ? new LockSite(
              region,
              primary,
              plan.failover.lease,
              () => conditions.clock(region, engine.now),
              this.posts[group]!,
            )
          : null,
      ),
    );
    const clock = (): number => conditions.clock(plan.health.controller, engine.now);
    this.failovers = this.posts.map(
      (post, group) =>
        new FailoverController(plan, group, engine, judge(), this.traffic, post, control, observer, clock, page),
    );
  }

  /** Whom the policy would promote if it believed the leader of these keys down for good; NOBODY if nobody. */
  successor(group: number): RegionId {
    const failover = this.failovers[group]!;
    const { leader } = failover;
    const heir = failover.follows || leader === NOBODY ? NOBODY : this.judge().leader(new Bereft(failover, leader));
    return heir === leader ? NOBODY : heir;
  }

  dispatch(kind: number, owner: number, payload: number): void {
    if (kind === event.PROBE) this.health.probe(owner);
    else if (kind === event.PROBE_ARRIVES) this.health.arrives(owner, payload);
    else if (kind === event.PROBE_ANSWERED) this.health.answered(owner, payload);
    else if (kind === event.PROBE_TIMEOUT) this.health.timedOut(owner, payload);
    else if (kind === event.REPORT) this.report(owner);
    else if (kind === event.LAUNCH) this.newcomers!.ask(owner);
    else this.timer(owner, payload);
  }

  start(): void {
    this.traffic.start();
    this.health.start();
    for (let vantage = 0; vantage < this.plan.health.vantages.length; vantage++) this.report(vantage);
  }

  /** A region has come that is looked after as the others are. */
  admit(region: number): void {
    this.health.watch(region);
    this.traffic.admit(region);
    if (this.plan.regions[region]!.replica) for (const failover of this.failovers) failover.admit(region);
  }

  /** Event: a vantage point's regular report. */
  report(vantage: number): void {
    this.tell(vantage);
    this.engine.schedule(this.plan.health.interval, event.REPORT, vantage, 0, 0);
  }

  /** Event: a timer at the controller's site; `what` is the traffic manager's PUBLISH, or STEP and the group of keys. */
  timer(what: number, turn: number): void {
    // An update of the name or of the routes that is on its way takes effect, whatever has become of its sender.
    if (what < STEP) this.traffic.publish();
    else if (this.up[this.plan.health.controller] === 1) this.failovers[what - STEP]!.timer(turn);
  }

  private consider(): void {
    this.newcomers?.considered();
    for (const failover of this.failovers) failover.consider();
  }

  /** A fault of the control plane has begun or ended. */
  conditionsChanged(): void {
    this.traffic.answer();
    this.consider();
  }

  delivered(letter: ControlLetter): void {
    if (letter.verb === LOCK_REQUEST || letter.verb === LOCK_RELEASE) this.keepLock(letter);
    else if (letter.verb === LAUNCH_ORDER) this.newcomers!.launch(letter);
    else if (letter.to === this.plan.health.controller) this.hear(letter, this.failovers[letter.group]!);
    else this.carryOut(letter);
    this.putAway(letter);
  }

  /** The connection broke, or whom it was for is dead. */
  dropped(letter: ControlLetter): void {
    if (letter.verb === ANNOUNCEMENT) this.failovers[letter.group]!.announcementLost(letter.to);
    this.putAway(letter);
  }

  private putAway(letter: ControlLetter): void {
    this.posts[letter.group]!.putAway(letter);
  }

  private keepLock(letter: ControlLetter): void {
    const site = this.locks[this.groups.node(letter.group, letter.to)]!;
    if (letter.verb === LOCK_REQUEST) site.asked(letter);
    else site.released(letter);
  }

  private carryOut(letter: ControlLetter): void {
    this.agents[this.groups.node(letter.group, letter.to)]!.receive(letter);
  }

  /** The controller's own site is back: what it was about is forgotten. */
  restarted(site: number): void {
    if (site !== this.plan.health.controller) return;
    for (const failover of this.failovers) failover.restart();
    this.traffic.announce();
  }

  private tell(vantage: number): void {
    const site = this.plan.health.vantages[vantage]!;
    if (this.up[site] === 1) this.posts[0]!.report(site, vantage, this.health.opinions[vantage]!);
  }

  private hear(letter: ControlLetter, failover: FailoverController): void {
    switch (letter.verb) {
      case REPORT_LETTER:
        this.traffic.report(letter.position, letter.healthy);
        break;
      case STATUS_REPORT:
        failover.status(letter);
        this.newcomers?.heard(letter);
        break;
      case LEASE_REQUEST:
        failover.leaseRequested(letter.from, letter.term, letter.position);
        break;
      case FENCE_DONE:
        failover.fenced(letter.from);
        break;
      case DRAIN_DONE:
        failover.drained(letter);
        break;
      case PROMOTE_DONE:
        failover.promoted(letter.from, letter.term);
        break;
      default:
        // An order to the region that the controller lives in.
        this.carryOut(letter);
    }
  }
}
