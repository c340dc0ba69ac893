import type { Engine } from "../engine/engine.js";
import type { Keyed, Streams } from "../engine/random.js";
import type { Links } from "../network/links.js";
import type { RoundTrips } from "../network/round-trips.js";
import { type Conditions, FAIL, PASS } from "./conditions.js";
import type { ControlConditions } from "./control-conditions.js";
import { PROBE, PROBE_ANSWERED, PROBE_ARRIVES, PROBE_TIMEOUT } from "./events.js";
import type { Observer } from "./observer.js";
import { type Plan, lateIn, serves } from "./plan.js";

const NONE = -1;
const LOSS_THERE = 0;
const LOSS_BACK = 1;
const PHASE = 2;
const LIE = 3;
const LOST = 4;
/** Probes are other exchanges than letters on the same path. */
const PROBE_LUCK = 32;

/**
 * Health checks: every vantage point probes every region with a copy by datagrams, start to start at a fixed interval
 * in a phase of its own, and changes its mind after so many misses or passes in a row. Each pair of vantage point and
 * region is one *check*.
 */
export class HealthChecks {
  private readonly regions: readonly number[];
  /** Those from here on come later, and so do the numbers of their checks. */
  private readonly first: number;
  private readonly misses: Int32Array;
  private readonly passes: Int32Array;
  private readonly awaited: Int32Array;
  private readonly numbers: Int32Array;
  private readonly trips: Int32Array;
  /** Bit r of a vantage point's opinion: region r is healthy. */
  readonly opinions: Int32Array;
  private readonly sentAt: Float64Array;
  private readonly luck: Keyed[];

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    streams: Streams,
    private readonly links: Links,
    private readonly roundTrips: RoundTrips,
    private readonly up: Uint8Array,
    private readonly conditions: Conditions,
    private readonly control: ControlConditions,
    private readonly observer: Observer,
    /** A vantage point has changed its opinion. */
    private readonly changed: (vantage: number) => void,
  ) {
    this.regions = plan.regions.flatMap((region, id) => (serves(region) && region.joins === undefined ? [id] : []));
    this.first = plan.regions.length - lateIn(plan.regions);
    const checks = plan.health.vantages.length * plan.regions.length;
    this.misses = new Int32Array(checks);
    this.passes = new Int32Array(checks);
    this.awaited = new Int32Array(checks).fill(NONE);
    this.numbers = new Int32Array(checks);
    this.trips = new Int32Array(checks);
    const waiting = plan.regions.reduce((bits, region, id) => (region.waiting ? bits | (1 << id) : bits), 0);
    this.opinions = new Int32Array(plan.health.vantages.length).fill(~waiting);
    this.sentAt = new Float64Array(checks);
    const sites = [...plan.regions, ...plan.places];
    this.luck = Array.from({ length: checks }, (_, check) =>
      streams.keyed(`probe/${sites[this.siteOf(check)]!.name}>${plan.regions[this.regionOf(check)]!.name}`),
    );
  }

  start(): void {
    for (let vantage = 0; vantage < this.plan.health.vantages.length; vantage++)
      for (const region of this.regions) this.begin(vantage, region);
  }

  /** From now on every vantage point looks at this region too. */
  watch(region: number): void {
    for (let vantage = 0; vantage < this.plan.health.vantages.length; vantage++) this.begin(vantage, region);
  }

  private begin(vantage: number, region: number): void {
    const check =
      region < this.first ? vantage * this.first + region : region * this.plan.health.vantages.length + vantage;
    const phase = Math.floor(this.luck[check]!.uniform(0, PHASE) * this.plan.health.interval);
    this.engine.schedule(phase, PROBE, check, 0, 0);
  }

  /** Event: time to look again. */
  probe(check: number): void {
    const number = this.numbers[check]!++;
    this.engine.schedule(this.plan.health.interval, PROBE, check, 0, number + 1);
    const from = this.siteOf(check);
    if (this.up[from] === 0) return;
    const region = this.regionOf(check);
    const link = this.links.link(from, region);
    const trip = this.roundTrips.draw(link, number, PROBE_LUCK);
    this.trips[check] = trip;
    this.sentAt[check] = this.engine.now;
    this.awaited[check] = number;
    this.engine.schedule(this.plan.health.timeout, PROBE_TIMEOUT, check, number, number);
    const { probesLost } = this.control;
    if (probesLost > 0 && this.luck[check]!.uniform(number, LOST) < probesLost) return;
    if (this.gets(link, check, number, LOSS_THERE)) {
      this.engine.schedule(this.links.delay(link, trip >> 1), PROBE_ARRIVES, check, number, number);
    }
  }

  /** Event: the probe is at the region, which answers if it lives. */
  arrives(check: number, number: number): void {
    const from = this.siteOf(check);
    const region = this.regionOf(check);
    if (!this.answersProbes(region) || this.links.cut[this.links.link(from, region)] === 1) return;
    const back = this.links.link(region, from);
    if (!this.gets(back, check, number, LOSS_BACK)) return;
    const trip = this.trips[check]!;
    this.engine.schedule(this.links.delay(back, trip - (trip >> 1)), PROBE_ANSWERED, check, number, number);
  }

  /** Event: the answer is back at the vantage point. */
  answered(check: number, number: number): void {
    const from = this.siteOf(check);
    const region = this.regionOf(check);
    if (this.awaited[check] !== number || this.up[from] === 0) return;
    if (this.links.cut[this.links.link(region, from)] === 1) return;
    this.awaited[check] = NONE;
    if (from < this.plan.regions.length && from !== region) {
      this.observer.roundTripMeasured(from, region, this.engine.now - this.sentAt[check]!);
    }
    this.count(check, !this.lies(check, number));
  }

  /** Event: an answer that has not come by now counts as a miss. */
  timedOut(check: number, number: number): void {
    if (this.awaited[check] !== number || this.up[this.siteOf(check)] === 0) return;
    this.awaited[check] = NONE;
    this.count(check, this.lies(check, number));
  }

  /** A fault can turn the result of a probe round. */
  private lies(check: number, number: number): boolean {
    const wrong = this.control.probesWrong;
    return wrong > 0 && this.luck[check]!.uniform(number, LIE) < wrong;
  }

  private count(check: number, passed: boolean): void {
    if (passed) {
      this.misses[check] = 0;
      if (++this.passes[check]! >= this.plan.health.recovery) this.believe(check, true);
    } else {
      this.passes[check] = 0;
      if (++this.misses[check]! >= this.plan.health.threshold) this.believe(check, false);
    }
  }

  private believe(check: number, healthy: boolean): void {
    const vantage = this.vantageOf(check);
    const bit = 1 << this.regionOf(check);
    const before = this.opinions[vantage]!;
    const after = healthy ? before | bit : before & ~bit;
    if (after === before) return;
    this.opinions[vantage] = after;
    this.changed(vantage);
  }

  /** A probe asks the copy too; but faults can make probes pass or fail, whatever the truth. */
  private answersProbes(region: number): boolean {
    const told = this.conditions.probes[region];
    if (told === FAIL) return false;
    return told === PASS || (this.up[region] === 1 && this.conditions.hostDead[region] === 0);
  }

  private siteOf(check: number): number {
    return this.plan.health.vantages[this.vantageOf(check)]!;
  }

  private vantageOf(check: number): number {
    const { length } = this.plan.health.vantages;
    return check < this.first * length ? Math.floor(check / this.first) : check % length;
  }

  private regionOf(check: number): number {
    const { length } = this.plan.health.vantages;
    return check < this.first * length ? check % this.first : Math.floor(check / length);
  }

  private gets(link: number, check: number, number: number, way: number): boolean {
    if (this.links.cut[link] === 1) return false;
    const loss = this.links.loss[link]!;
    return loss === 0 || this.luck[check]!.uniform(number, way) >= loss;
  }
}
