import { lengthened } from "../engine/columns.js";
import type { Engine } from "../engine/engine.js";
import { Bins } from "../measure/bins.js";
import { CoveredTime } from "../measure/covered-time.js";
import { Histogram } from "../measure/histogram.js";
import { DETECT } from "./failover-phases.js";
import type { Groups } from "./groups.js";
import { ADMITTED, FILLS } from "./newcomers.js";
import { Observer } from "./observer.js";
import { placementIn } from "./placement-plan.js";
import type { Plan } from "./plan.js";
import type { Sizes } from "./sizes.js";
import type { Writes } from "./writes.js";

export interface PhaseSpan {
  readonly phase: number;
  readonly start: number;
  readonly end: number;
}
export interface FailoverSpan {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  readonly planned: boolean;
  /** From the suspicion that led to it; those after the promotion are added as they end. */
  readonly phases: readonly PhaseSpan[];
}

/** What the machinery did: replication lag, exchanges between regions, beliefs about health, failovers, queues. */
export class Telemetry extends Observer {
  /** By from * regions + to; made when first needed. */
  readonly lags: (Histogram | null)[];
  readonly crossRegions: (Histogram | null)[];
  /** A write's lag in the bin in which it was accepted: what a write made at that moment had before it. */
  readonly lagOverTime: (Bins | null)[];
  readonly conflictsOverTime: readonly Bins[];
  readonly healthOverTime: readonly Bins[];
  readonly waits: readonly Histogram[];
  /** Of the suspicion at hand, by group of keys. */
  private readonly phases: PhaseSpan[][];
  readonly failovers: FailoverSpan[] = [];
  /** Compare-and-sets that found another value. */
  missedSwaps = 0;
  /** Microseconds that each restore of a backup took. */
  readonly restores: number[] = [];
  /** Writes archived by rewinds. */
  archived = 0;
  archivedBytes = 0;
  /** Bit r: region r has had the write at some time. */
  private reached = new Int32Array(1024);
  /** While some region lacked a write for longer than the alert allows. */
  private readonly late = new CoveredTime();
  private readonly lateAfter: number;
  private readonly end: number;
  private readonly healthy: Uint8Array;
  /** Those that are looked at: who is added is so from some moment on. */
  private readonly watched: Uint8Array;
  /** From when on writes have to come to a region: what is older when it is added comes with its copy, and is not late. */
  private readonly owedFrom: Float64Array;
  private readonly regions: number;

  constructor(
    plan: Plan,
    private readonly engine: Engine,
    private readonly writes: Writes,
    private readonly sizes: Sizes,
    private readonly bin: number,
    private readonly bins: number,
  ) {
    super();
    this.regions = plan.regions.length;
    const pairs = this.regions * this.regions;
    const everyRegion = <T>(make: () => T): T[] => Array.from({ length: this.regions }, make);
    this.lags = new Array<Histogram | null>(pairs).fill(null);
    this.crossRegions = new Array<Histogram | null>(pairs).fill(null);
    this.lagOverTime = new Array<Bins | null>(pairs).fill(null);
    this.conflictsOverTime = everyRegion(() => new Bins(bin, bins));
    this.healthOverTime = everyRegion(() => new Bins(bin, bins));
    this.waits = everyRegion(() => new Histogram());
    this.healthy = new Uint8Array(this.regions);
    this.owedFrom = new Float64Array(this.regions).fill(Number.NEGATIVE_INFINITY);
    this.watched = Uint8Array.from(plan.regions, ({ joins }) => (joins === undefined ? 1 : 0));
    this.end = plan.duration;
    this.lateAfter = plan.alerts?.lag ?? Number.POSITIVE_INFINITY;
    this.phases = placementIn(plan).groups.map(() => []);
  }

  /** Of all pairs of regions. */
  get lag(): Histogram {
    return Histogram.of(this.lags);
  }

  get crossRegion(): Histogram {
    return Histogram.of(this.crossRegions);
  }

  override swapMissed(): void {
    this.missedSwaps++;
  }

  override requestStarted(region: number, wait: number): void {
    this.waits[region]!.add(wait);
  }

  override writeAccepted(write: number, region: number): void {
    if (this.writes.capacity > this.reached.length) this.reached = lengthened(this.reached, this.writes.capacity);
    this.reached[write] = 1 << region;
  }

  /** A write's lag counts when it comes to a region for the first time; a copy that comes back brings old ones again. */
  override writeApplied(write: number, region: number): void {
    const bit = 1 << region;
    if ((this.reached[write]! & bit) !== 0) return;
    this.reached[write]! |= bit;
    const acceptedAt = this.writes.acceptedAt[write]!;
    if (acceptedAt < this.owedFrom[region]!) return;
    const lag = this.engine.now - acceptedAt;
    const pair = this.writes.origin[write]! * this.regions + region;
    if (lag > this.lateAfter) this.alert(acceptedAt);
    let histogram = this.lags[pair]!;
    let series = this.lagOverTime[pair]!;
    if (histogram === null || series === null) {
      histogram = this.lags[pair] = new Histogram();
      series = this.lagOverTime[pair] = new Bins(this.bin, this.bins);
    }
    histogram.add(lag);
    series.add(acceptedAt, lag);
  }

  /** Microseconds for which the alert was on, those that some region still lacks when the run ends included. */
  alerted(groups: Groups): number {
    for (let write = 0; write < this.writes.bound; write++)
      if (this.isLacking(write, groups)) this.alert(this.writes.acceptedAt[write]!);
    return this.late.total;
  }

  /** A write that was accepted then is lacking up to now; what is beyond the end of the run is not watched. */
  private alert(acceptedAt: number): void {
    const from = acceptedAt + this.lateAfter;
    const to = Math.min(this.engine.now, this.end);
    if (from < to) this.late.add(from, to);
  }

  /** Writes that some region with a copy of their key has never had, though something still holds them. */
  unreplicated(groups: Groups): number {
    let count = 0;
    for (let write = 0; write < this.writes.bound; write++) {
      if (this.isLacking(write, groups)) count++;
    }
    return count;
  }

  private isLacking(write: number, groups: Groups): boolean {
    if (!this.writes.isTaken(write)) return false;
    const everywhere = groups.holders[groups.of(this.writes.key[write]!)]!;
    return (this.reached[write]! & everywhere) !== everywhere;
  }

  readonly onConflict = (region: number): void => {
    this.conflictsOverTime[region]!.add(this.engine.now, 1);
  };

  override roundTripMeasured(from: number, to: number, micros: number): void {
    const pair = from * this.regions + to;
    const histogram = this.crossRegions[pair] ?? new Histogram();
    this.crossRegions[pair] = histogram;
    histogram.add(micros);
  }

  override regionBelieved(region: number, healthy: boolean): void {
    this.healthy[region] = healthy ? 1 : 0;
  }

  override writeArchived(write: number): void {
    this.archived++;
    this.archivedBytes += this.sizes.write(write);
  }

  override dataRestored(_region: number, _asOf: number, startedAt: number): void {
    this.restores.push(this.engine.now - startedAt);
  }

  override sampled(): void {
    for (let region = 0; region < this.regions; region++)
      if (this.watched[region] === 1) this.healthOverTime[region]!.add(this.engine.now, this.healthy[region]!);
  }

  override regionJoins(region: number, stage: number): void {
    if (stage === FILLS) this.owedFrom[region] = this.engine.now;
    if (stage === ADMITTED) this.watched[region] = 1;
  }

  override failoverPhase(phase: number, start: number, end: number, group: number): void {
    if (phase === DETECT) this.phases[group] = [];
    this.phases[group]!.push({ phase, start, end });
  }

  override failoverEnded(from: number, to: number, start: number, planned: boolean, group: number): void {
    const phases = planned ? [] : this.phases[group]!;
    this.failovers.push({ from, to, start, end: this.engine.now, planned, phases });
  }
}
