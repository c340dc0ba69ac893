import type { Engine } from "../engine/engine.js";
import type { Streams as RandomStreams } from "../engine/random.js";
import type { Links } from "../network/links.js";
import type { RoundTrips } from "../network/round-trips.js";
import type { FailoverJudge, Letter, Router } from "../policies/contract.js";
import type { Conditions } from "./conditions.js";
import type { ControlConditions } from "./control-conditions.js";
import {
  ControlPost,
  DRAIN_DONE,
  FENCE_DONE,
  LEASE_REQUEST,
  LOCK_RELEASE,
  LOCK_REQUEST,
  PROMOTE_DONE,
  REPORT as REPORT_LETTER,
  STATUS_REPORT,
} from "./control-post.js";
import { REPORT } from "./events.js";
import { FailoverController, STEP } from "./failover-controller.js";
import { HealthChecks } from "./health.js";
import type { ControlLetter } from "./letters.js";
import { LockSite } from "./lock-site.js";
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
  readonly post: ControlPost;
  readonly health: HealthChecks;
  readonly traffic: TrafficManager;
  readonly failover: FailoverController;
  /** By region; those that keep a lock. */
  private readonly locks: readonly (LockSite | null)[];

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
    judge: FailoverJudge,
    { resolvers, routes }: Directions,
    observer: Observer,
    private readonly agents: readonly RegionAgent[],
    send: (letter: Letter) => void,
    /** There is nobody whom the failover controller could promote: that is for people. */
    page: () => void,
  ) {
    this.post = new ControlPost(plan.health.controller, send);
    this.health = new HealthChecks(plan, engine, random, links, trips, up, conditions, control, observer, (vantage) =>
      this.tell(vantage),
    );
    this.traffic = new TrafficManager(plan, engine, trips, router, resolvers, routes, control, observer, () =>
      this.failover.consider(),
    );
    this.locks = plan.regions.map((_, region) =>
      judge.lock?.sites.includes(region) === true
        ? new LockSite(
            region,
            plan.policies.primary,
            plan.failover.lease,
            () => conditions.clock(region, engine.now),
            this.post,
          )
        : null,
    );
    const clock = (): number => conditions.clock(plan.health.controller, engine.now);
    this.failover = new FailoverController(
      plan,
      engine,
      judge,
      this.traffic,
      this.post,
      control,
      observer,
      clock,
      page,
    );
  }

  start(): void {
    this.traffic.start();
    this.health.start();
    for (let vantage = 0; vantage < this.plan.health.vantages.length; vantage++) this.report(vantage);
  }

  /** Event: a vantage point's regular report. */
  report(vantage: number): void {
    this.tell(vantage);
    this.engine.schedule(this.plan.health.interval, REPORT, vantage, 0, 0);
  }

  /** Event: a timer at the controller's site; `what` is STEP or the traffic manager's PUBLISH. */
  timer(what: number, turn: number): void {
    // An update of the name or of the routes that is on its way takes effect, whatever has become of its sender.
    if (what !== STEP) this.traffic.publish();
    else if (this.up[this.plan.health.controller] === 1) this.failover.timer(turn);
  }

  /** A fault of the control plane has begun or ended. */
  conditionsChanged(): void {
    this.traffic.answer();
    this.failover.consider();
  }

  delivered(letter: ControlLetter): void {
    if (letter.verb === LOCK_REQUEST) this.locks[letter.to]!.asked(letter);
    else if (letter.verb === LOCK_RELEASE) this.locks[letter.to]!.released(letter);
    else if (letter.to === this.plan.health.controller) this.hear(letter);
    else this.agents[letter.to]!.receive(letter);
    this.post.putAway(letter);
  }

  /** The controller's own site is back: what it was about is forgotten. */
  restarted(site: number): void {
    if (site !== this.plan.health.controller) return;
    this.failover.restart();
    this.traffic.announce();
  }

  private tell(vantage: number): void {
    const site = this.plan.health.vantages[vantage]!;
    if (this.up[site] === 1) this.post.report(site, vantage, this.health.opinions[vantage]!);
  }

  private hear(letter: ControlLetter): void {
    switch (letter.verb) {
      case REPORT_LETTER:
        this.traffic.report(letter.position, letter.healthy);
        break;
      case STATUS_REPORT:
        this.failover.status(letter);
        break;
      case LEASE_REQUEST:
        this.failover.leaseRequested(letter.from, letter.term, letter.position);
        break;
      case FENCE_DONE:
        this.failover.fenced(letter.from);
        break;
      case DRAIN_DONE:
        this.failover.drained(letter);
        break;
      case PROMOTE_DONE:
        this.failover.promoted(letter.from, letter.term);
        break;
      default:
        // An order to the region that the controller lives in.
        this.agents[letter.to]!.receive(letter);
    }
  }
}
