import type { Engine } from "../engine/engine.js";
import type { Keyed, Streams } from "../engine/random.js";
import { IN_SERVICE } from "./attempts.js";
import type { Conditions } from "./conditions.js";
import { BOOTED, SERVED } from "./events.js";
import type { FleetMeter } from "./fleet-meter.js";
import type { FleetScaling } from "./fleet-scaling.js";
import { InstanceTime } from "./instance-time.js";
import type { Observer } from "./observer.js";
import type { OverloadPlan, RegionPlan } from "./plan.js";

const PROBIT_99 = 2.3263478740408408;

/**
 * The finite capacity of one region: a queue in front of parallel workers. It knows nothing of deadlines, so it goes on
 * serving requests whose client has long given up; and a fleet that must boot serves with what it has until then.
 */
export class Servers {
  private workers: number;
  private busy = 0;
  private ring = new Int32Array(1024);
  private head = 0;
  private waiting = 0;
  private instances: number;
  private launched: number;
  /** What the fleet is meant to be: the region's death does not change it. */
  private desired: number;
  private dead = false;
  /** Instances that were asked for while none could be launched; 0 for none. */
  private wanted = 0;
  /** Boots ordered before this number belong to a fleet that died or was sent away. */
  private fleet = 0;
  readonly instanceTime: InstanceTime;
  /** Null where nobody asks what the fleet does, and where its size is fixed. */
  meter: FleetMeter | null = null;
  scaling: FleetScaling | null = null;
  private readonly boots: Keyed;
  private bootCount = 0;
  /** Requests here, and the sum of the moments at which they came; see `accounts`. */
  private present = 0;
  private readonly sums = new Float64Array(4);

  constructor(
    readonly region: number,
    private readonly plan: RegionPlan,
    private readonly engine: Engine,
    streams: Streams,
    private readonly observer: Observer,
    /** Columns of the requests, by attempt: when it came, and how long it will keep a worker. */
    private readonly columns: {
      enqueuedAt: Float64Array;
      expires: Float64Array;
      work: Float64Array;
      number: Int32Array;
      state: Uint8Array;
      yields: Uint8Array;
    },
    private readonly overload: OverloadPlan,
    private readonly expired: (attempt: number) => void,
    private readonly conditions: Conditions,
    duration: number,
  ) {
    this.instanceTime = new InstanceTime(engine, duration);
    // A region that is added is empty until then.
    const instances = plan.joins === undefined ? plan.instances : 0;
    this.instanceTime.sized(instances);
    this.instances = instances;
    this.launched = instances;
    this.desired = instances;
    this.workers = instances * plan.workersPerInstance;
    this.boots = streams.keyed(`boot/${plan.name}`);
  }

  get queued(): number {
    return this.waiting;
  }

  /**
   * For Little's law: the time integral of the requests present, and the sum of the stays of every request, those cut
   * short and those still here included. Counted in different ways, the two must be equal.
   */
  accounts(): { readonly integral: number; readonly stays: number } {
    this.count(0);
    return { integral: this.sums[0]!, stays: this.sums[2]! + this.present * this.engine.now - this.sums[3]! };
  }

  /** False when the queue is full: the request is shed. */
  offer(attempt: number): boolean {
    if (this.busy < this.workers) {
      this.enter();
      this.observer.requestQueued(this.region);
      this.start(attempt, 0);
      return true;
    }
    if (this.waiting >= this.plan.queueLimit || this.wouldWaitTooLong(attempt)) return false;
    if (this.scaling !== null && !this.demand(this.scaling)) return false;
    this.enter();
    this.observer.requestQueued(this.region);
    if (this.waiting === this.ring.length) this.grow();
    this.ring[(this.head + this.waiting) & (this.ring.length - 1)] = attempt;
    this.waiting++;
    return true;
  }

  /** By the mean service time and what waits already; a request that yields may wait half as long. */
  private wouldWaitTooLong(attempt: number): boolean {
    const { shedAfter } = this.overload;
    if (shedAfter === Number.POSITIVE_INFINITY) return false;
    const wait = ((this.waiting + 1) * this.plan.serviceTime) / Math.max(1, this.workers);
    return wait > (this.columns.yields[attempt] === 1 ? shedAfter / 2 : shedAfter);
  }

  /** Begins with the fleet as it is planned; one that is scaled is looked at from time to time. */
  watch(meter: FleetMeter, scaling: FleetScaling | null): void {
    this.meter = meter;
    this.scaling = scaling;
    meter.sized(this.workers);
    if (this.plan.joins === undefined) scaling?.start();
  }

  /** Event: time to look whether the fleet is of the right size. */
  look(): void {
    const { scaling, instances, launched } = this;
    if (this.dead) scaling!.start();
    else this.resizeTo(scaling!.look(instances, launched - instances, this.busy, this.waiting));
  }

  /** A request finds no worker free. False when nothing will be there for it. */
  private demand(scaling: FleetScaling): boolean {
    const { instances, launched, waiting } = this;
    this.resizeTo(scaling.demanded(instances, launched - instances, this.busy, waiting + 1));
    return scaling.queues || waiting < (this.launched - this.instances) * this.plan.workersPerInstance;
  }

  /** A worker has finished with a request and takes the next one. */
  finished(attempt: number): void {
    this.free();
    this.leave(attempt);
    this.observer.requestLeft(this.region, this.engine.now - this.columns.enqueuedAt[attempt]!);
    this.takeNext();
  }

  /** An instance has died with this request in a worker. */
  lost(attempt: number): void {
    this.free();
    this.leave(attempt);
  }

  /** Faults have taken instances away, or given them back. Returns the share of the workers that was lost. */
  resize(): number {
    const before = this.workers;
    this.recount();
    return before > this.workers ? 1 - this.workers / before : 0;
  }

  /** Free workers take what waits. */
  fill(): void {
    for (let free = this.workers - this.busy; free > 0 && this.waiting > 0; free--) this.takeNext();
  }

  /** The region has died, and its fleet with it: requests are gone, boots come to nothing. */
  die(drop: (attempt: number) => void): void {
    for (; this.waiting > 0; this.waiting--) {
      drop(this.ring[this.head]!);
      this.head = (this.head + 1) & (this.ring.length - 1);
    }
    this.busy = 0;
    this.dead = true;
    this.meter?.occupied(0);
    this.meter?.sized(0);
    this.instanceTime.sized(0);
    this.sums[2]! += this.present * this.engine.now - this.sums[3]!;
    this.sums[3] = 0;
    this.count(-this.present);
    this.fleet++;
  }

  /** The fleet is there again, as large as it was meant to be. */
  restart(): void {
    this.dead = false;
    this.scaling?.restarted();
    this.setInstances(this.desired);
  }

  /** Launches what is missing for the region to carry the load; each instance boots in its own time. */
  scaleUp(): void {
    this.ask(this.plan.fullInstances);
  }

  /** The region is added: launches the fleet that it is planned with, which is looked at from now on. */
  open(): void {
    this.ask(this.plan.instances);
    this.scaling?.start();
  }

  /** Whether anything runs there. */
  get isOpen(): boolean {
    return this.instances > 0;
  }

  private ask(instances: number): void {
    this.wanted = this.conditions.noLaunches[this.region] === 1 ? Math.max(instances, this.wanted) : 0;
    if (this.wanted === 0) this.launch(instances);
  }

  private launch(instances: number): void {
    this.desired = Math.max(this.desired, instances);
    for (; this.launched < instances; this.launched++) {
      const deviation = this.boots.normal(this.bootCount++, 0);
      const spread = Math.log(this.plan.bootP99 / this.plan.bootMedian) / PROBIT_99;
      const boot = Math.round(this.plan.bootMedian * Math.exp(spread * deviation));
      this.engine.schedule(boot, BOOTED, this.region, this.fleet, this.bootCount);
      if (this.meter !== null) this.meter.launches++;
    }
    this.instanceTime.sized(this.launched);
  }

  /** What is missing is launched, if that is possible now; what is too much goes at once, with what it is working on done. */
  private resizeTo(instances: number): void {
    if (instances > this.launched) {
      this.meter!.changes++;
      if (this.conditions.noLaunches[this.region] === 0) this.launch(instances);
    } else if (instances < this.instances) {
      this.meter!.changes++;
      if (instances === 0) this.meter!.shutDowns++;
      this.launched -= this.instances - instances;
      this.instances = instances;
      this.desired = this.launched;
      this.recount();
    }
  }

  /** Launches work again: what was asked for meanwhile is launched now. */
  launchWanted(): void {
    if (this.wanted > 0) this.ask(this.wanted);
  }

  scaleDown(): void {
    this.wanted = 0;
    this.fleet++;
    this.desired = this.plan.instances;
    this.setInstances(this.desired);
  }

  booted(fleet: number): void {
    if (fleet !== this.fleet) return;
    this.instances++;
    this.scaling?.wasNeeded(this.instances);
    this.recount();
    this.fill();
  }

  private enter(): void {
    this.count(1);
    this.sums[3]! += this.engine.now;
  }

  private leave(attempt: number): void {
    const cameAt = this.columns.enqueuedAt[attempt]!;
    this.count(-1);
    this.sums[2]! += this.engine.now - cameAt;
    this.sums[3]! -= cameAt;
  }

  private count(change: number): void {
    const { now } = this.engine;
    this.sums[0]! += this.present * (now - this.sums[1]!);
    this.sums[1] = now;
    this.present += change;
  }

  private setInstances(instances: number): void {
    this.instances = instances;
    this.launched = instances;
    this.recount();
  }

  private recount(): void {
    this.workers = this.serving() * this.plan.workersPerInstance;
    this.meter?.sized(this.workers);
    this.instanceTime.sized(this.launched);
  }

  private free(): void {
    this.busy--;
    this.meter?.occupied(this.busy);
    this.scaling?.freed(this.busy);
  }

  /** Instances that serve: those in no lost zone, and of them the share that faults have left. They stand in all zones by turns. */
  private serving(): number {
    const lost = this.conditions.zones[this.region]!;
    let standing = this.instances;
    if (lost !== 0) {
      standing = 0;
      for (let instance = 0; instance < this.instances; instance++)
        if (((lost >> (instance % this.plan.zones)) & 1) === 0) standing++;
    }
    return Math.round(standing * this.conditions.capacity[this.region]!);
  }

  private takeNext(): void {
    while (this.waiting > 0 && this.busy < this.workers) {
      const attempt = this.next();
      if (!this.overload.propagateDeadlines || this.columns.expires[attempt]! > this.engine.now) {
        this.start(attempt, this.engine.now - this.columns.enqueuedAt[attempt]!);
        return;
      }
      this.leave(attempt);
      this.expired(attempt);
    }
  }

  /** The request that waits for longest, or for shortest. */
  private next(): number {
    this.waiting--;
    const mask = this.ring.length - 1;
    if (this.overload.discipline === "lifo") return this.ring[(this.head + this.waiting) & mask]!;
    const attempt = this.ring[this.head]!;
    this.head = (this.head + 1) & mask;
    return attempt;
  }

  private start(attempt: number, wait: number): void {
    this.busy++;
    this.meter?.occupied(this.busy);
    this.columns.state[attempt] = IN_SERVICE;
    this.observer.requestStarted(this.region, wait);
    const slowdown = this.conditions.slowdown(this.region, this.engine.now);
    const work = this.columns.work[attempt]!;
    const taken = slowdown === 1 ? work : Math.round(work * slowdown);
    this.engine.schedule(taken, SERVED, this.region, attempt, this.columns.number[attempt]!);
  }

  private grow(): void {
    const larger = new Int32Array(this.ring.length * 2);
    for (let place = 0; place < this.waiting; place++) {
      larger[place] = this.ring[(this.head + place) & (this.ring.length - 1)]!;
    }
    this.ring = larger;
    this.head = 0;
  }
}
