import { NOBODY, type RegionId } from "../policies/contract.js";
import type { ControlLetter } from "./letters.js";

/** More of the leader's reports are thinned out, so that they take no more room the longer nobody follows. */
const MOST = 4096;

/** Writes by which a copy may be behind and still count as level. */
const LEVEL = 1000;

/** What regions have reported of their copies, as far as it has come to the failover controller. */
export class Reports {
  private readonly positions: Float64Array;
  private readonly logTerms: Float64Array;
  /** When a region was heard last, -1 if never; whether it is kept from writing, and its copy from replication. */
  readonly heardAt: Float64Array;
  readonly fenced: Uint8Array;
  readonly paused: Uint8Array;
  private leader: RegionId = NOBODY;
  private leaderHeardAt = 0;
  /** When the leader was first heard to have come so far; both grow. */
  private times: number[] = [];
  private reached: number[] = [];

  constructor(regions: number) {
    this.positions = new Float64Array(regions).fill(-1);
    this.logTerms = new Float64Array(regions);
    this.heardAt = new Float64Array(regions).fill(-1);
    this.fenced = new Uint8Array(regions);
    this.paused = new Uint8Array(regions);
  }

  /** What a region is kept from, by its own word. */
  standing({ from: region, fenced, paused }: ControlLetter, now: number): void {
    this.heardAt[region] = now;
    this.fenced[region] = fenced ? 1 : 0;
    this.paused[region] = paused ? 1 : 0;
  }

  note(region: RegionId, position: number, logTerm: number, leader: RegionId, now: number): void {
    this.positions[region] = position;
    this.logTerms[region] = logTerm;
    if (leader !== this.leader) {
      this.leader = leader;
      this.times = [];
      this.reached = [];
    }
    if (region !== leader) return;
    this.leaderHeardAt = now;
    if (this.reached.length > 0 && position <= this.reached.at(-1)!) return;
    this.times.push(now);
    this.reached.push(position);
    if (this.reached.length > MOST) this.thinOut();
  }

  position(region: RegionId): number {
    return this.positions[region]!;
  }

  logTerm(region: RegionId): number {
    return this.logTerms[region]!;
  }

  /** Microseconds for which the copy had lacked something of the leader's when that was last heard of. */
  behindFor(region: RegionId): number {
    if (this.reached.length === 0) return 0;
    // Without a write of the leader's own term it may have others in their place: as if it had none.
    const isOf = this.logTerms[region]! >= this.logTerms[this.leader]!;
    const at = isOf ? this.firstBeyond(this.positions[region]!) : 0;
    return at === this.reached.length ? 0 : this.leaderHeardAt - this.times[at]!;
  }

  /** Within what a few seconds of replication explain: a switchover itself waits for the rest. */
  isLevel(region: RegionId, leader: RegionId): boolean {
    return this.positions[region]! >= 0 && this.positions[leader]! - this.positions[region]! <= LEVEL;
  }

  private firstBeyond(position: number): number {
    let low = 0;
    for (let high = this.reached.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.reached[middle]! <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private thinOut(): void {
    this.times = this.times.filter((_, at) => at % 2 === 0);
    this.reached = this.reached.filter((_, at) => at % 2 === 0);
  }
}
