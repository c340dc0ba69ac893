import type { Lie } from "../policies/contract.js";
import type { Disks, RegionHardship } from "./hardships.js";
import type { Plan } from "./plan.js";

/** Those who live in a region, and are told when its state changes. */
export interface Inhabitants {
  /** The whole region has died, its copy's host included. */
  died(region: number): void;
  returned(region: number): void;
  /** The host of the copy has died; told again when a later fault takes more of its disks. */
  hostDied(region: number, disks: Disks): void;
  hostReturned(region: number, disks: Disks): void;
  hostResumed(region: number): void;
  /** Instances were lost or came back; `abrupt` when what they were working on died with them. */
  capacityChanged(region: number, abrupt: boolean): void;
  launchesAllowed(region: number): void;
}

export const TRUTH = 0;
export const PASS = 1;
export const FAIL = 2;
const SECOND = 1_000_000;

interface Weight {
  readonly hardship: RegionHardship;
  readonly since: number;
  readonly until: number;
}

const SEVERITY: readonly Disks[] = ["kept", "synced", "lost"];
const worse = (a: Disks, b: Disks): Disks => (SEVERITY.indexOf(a) > SEVERITY.indexOf(b) ? a : b);

/**
 * The state of every region, as the faults that hold now have made it; the counterpart of Links. Each fault that weighs
 * on a region is remembered, and the state is composed anew whenever one comes or goes.
 */
export class Conditions {
  /** Lost zones, one bit each. */
  readonly zones: Int32Array;
  /** Share of the instances outside of lost zones that is left. */
  readonly capacity: Float64Array;
  readonly service: Float64Array;
  /** By what the times of the disk are multiplied. */
  readonly disk: Float64Array;
  readonly failing: Float64Array;
  readonly hanging: Float64Array;
  readonly probes: Uint8Array;
  /** How the host of each copy breaks the rules of its protocol. */
  readonly lies: Lie[];
  readonly noLaunches: Uint8Array;
  /** The host of the copy is dead, by whatever cause. */
  readonly hostDead: Uint8Array;
  /** Until when the host of the copy stands still; 0 when it does not. */
  readonly pausedUntil: Float64Array;
  /** Since when its caches have been cold. */
  private readonly coldSince: Float64Array;
  private readonly dark: Uint8Array;
  private readonly disks: Disks[];
  /** The wall clock is off by offset + rate * now, in microseconds. */
  private readonly offset: Float64Array;
  private readonly rate: Float64Array;
  private readonly weights: Weight[][];

  /** `copyZones` is the zone of each region's copy, -1 where no single zone holds it. */
  constructor(
    private readonly copyZones: readonly number[],
    private readonly coldCache: Plan["coldCache"],
    private readonly inhabitants: Inhabitants,
  ) {
    const regions = copyZones.length;
    this.zones = new Int32Array(regions);
    this.capacity = new Float64Array(regions).fill(1);
    this.service = new Float64Array(regions).fill(1);
    this.disk = new Float64Array(regions).fill(1);
    this.failing = new Float64Array(regions);
    this.hanging = new Float64Array(regions);
    this.probes = new Uint8Array(regions);
    this.noLaunches = new Uint8Array(regions);
    this.hostDead = new Uint8Array(regions);
    this.pausedUntil = new Float64Array(regions);
    this.coldSince = new Float64Array(regions).fill(Number.NEGATIVE_INFINITY);
    this.dark = new Uint8Array(regions);
    this.disks = copyZones.map(() => "kept");
    this.offset = new Float64Array(regions);
    this.rate = new Float64Array(regions);
    this.lies = copyZones.map(() => "none");
    this.weights = copyZones.map(() => []);
  }

  /** So it has been from the beginning: nobody has died, and nobody is told. It has no host, and nothing is stored. */
  absent(region: number, hardship: RegionHardship): void {
    this.weights[region]!.push({ hardship, since: 0, until: Number.POSITIVE_INFINITY });
    this.hostDead[region] = 1;
    this.disks[region] = "lost";
  }

  begin(region: number, hardship: RegionHardship, now: number, until: number): void {
    this.weights[region]!.push({ hardship, since: now, until });
    this.compose(region, hardship);
  }

  /** Ends exactly this hardship; one that never began is a mistake of the caller. */
  end(region: number, hardship: RegionHardship): void {
    const here = this.weights[region]!;
    const index = here.findIndex((weight) => weight.hardship === hardship);
    if (index < 0) throw new Error(`region ${region}: a fault heals that never struck it`);
    here.splice(index, 1);
    this.compose(region, hardship);
  }

  /** The caches of a region hold nothing of use: it has just started, or never served what it serves from now on. */
  chill(region: number, now: number): void {
    this.coldSince[region] = now;
  }

  /** By what service times that begin now are multiplied. */
  slowdown(region: number, now: number): number {
    const { slowdown, warmUp } = this.coldCache;
    const cold = 1 - (now - this.coldSince[region]!) / warmUp;
    return cold > 0 ? this.service[region]! * (1 + (slowdown - 1) * cold) : this.service[region]!;
  }

  /** Wall clock of a region. */
  clock(region: number, now: number): number {
    const rate = this.rate[region]!;
    return now + this.offset[region]! + (rate === 0 ? 0 : Math.round(rate * now));
  }

  /** `changed` is the hardship that has come or gone. */
  private compose(region: number, changed: RegionHardship): void {
    let [zones, capacity, service, disk, serving, answering] = [0, 1, 1, 1, 1, 1];
    let [probes, noLaunches, paused, offset, rate] = [TRUTH, 0, 0, 0, 0];
    let [dark, hostDead] = [false, false];
    let lie: Lie = "none";
    for (const { hardship, since, until } of this.weights[region]!) {
      zones |= hardship.zones;
      capacity *= hardship.capacity;
      service *= hardship.service;
      disk *= hardship.disk;
      serving *= 1 - hardship.failing;
      answering *= 1 - hardship.hanging;
      // Where two faults disagree about probes, the failing one is seen.
      if (hardship.probes === "fail") probes = FAIL;
      else if (hardship.probes === "pass" && probes === TRUTH) probes = PASS;
      if (hardship.noLaunches) noLaunches = 1;
      if (hardship.hostPaused) paused = Math.max(paused, until);
      offset += hardship.skew - Math.round((hardship.drift / SECOND) * since);
      rate += hardship.drift / SECOND;
      if (hardship.lie !== "none") lie = hardship.lie;
      dark ||= hardship.dark;
      hostDead ||= hardship.hostDead;
    }
    const copyZone = this.copyZones[region]!;
    hostDead ||= dark || (copyZone >= 0 && ((zones >> copyZone) & 1) === 1);
    this.service[region] = service;
    this.disk[region] = disk;
    this.failing[region] = 1 - serving;
    this.hanging[region] = 1 - answering;
    this.probes[region] = probes;
    this.offset[region] = offset;
    this.rate[region] = rate;
    this.lies[region] = lie;
    this.live(region, dark, hostDead, changed.disks);
    this.pause(region, paused);
    this.size(region, zones, capacity, changed.abrupt);
    const allowed = this.noLaunches[region] === 1 && noLaunches === 0;
    this.noLaunches[region] = noLaunches;
    if (allowed) this.inhabitants.launchesAllowed(region);
  }

  /** A region and its host are up again when the last fault that held them down has ended. */
  private live(region: number, dark: boolean, hostDead: boolean, disks: Disks): void {
    const [wasDark, wasDead] = [this.dark[region] === 1, this.hostDead[region] === 1];
    this.dark[region] = dark ? 1 : 0;
    this.hostDead[region] = hostDead ? 1 : 0;
    if (dark && !wasDark) this.inhabitants.died(region);
    if (hostDead) {
      const before = this.disks[region]!;
      this.disks[region] = worse(before, disks);
      if (!wasDead || this.disks[region] !== before) this.inhabitants.hostDied(region, this.disks[region]!);
    }
    if (!dark && wasDark) this.inhabitants.returned(region);
    if (!hostDead && wasDead) {
      const lasting = this.disks[region]!;
      this.disks[region] = "kept";
      this.inhabitants.hostReturned(region, lasting);
    }
  }

  private pause(region: number, until: number): void {
    const before = this.pausedUntil[region]!;
    this.pausedUntil[region] = until;
    if (before > 0 && until === 0) this.inhabitants.hostResumed(region);
  }

  private size(region: number, zones: number, capacity: number, abrupt: boolean): void {
    if (zones === this.zones[region] && capacity === this.capacity[region]) return;
    this.zones[region] = zones;
    this.capacity[region] = capacity;
    this.inhabitants.capacityChanged(region, abrupt);
  }
}
