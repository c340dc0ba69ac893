import type { Leadership, RegionId } from "../policies/contract.js";

/**
 * What one region believes about who may write: the leader it has heard of, and the ways in which it can be kept from
 * writing itself. Only what has reached this region counts.
 */
export class Authority implements Leadership {
  leader: RegionId;
  term: number;
  /** An order to stop writing has been received. */
  fenced = false;
  /** Up to which term: no promotion in one of these is carried through any more. */
  fencedTo = 0;
  /** A planned switchover is under way. */
  draining = false;
  /** On this region's own clock; Infinity when leases are not in use. In a typed array so that it is never boxed. */
  private readonly leaseEnd = new Float64Array(1);

  constructor(
    readonly region: RegionId,
    leader: RegionId,
    needsLease: boolean,
  ) {
    this.leader = leader;
    this.term = leader < 0 ? 0 : 1;
    this.leaseEnd[0] = needsLease && leader >= 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }

  get leads(): boolean {
    return this.leader === this.region;
  }

  leaseUntil(clock: number): void {
    if (clock > this.leaseEnd[0]!) this.leaseEnd[0] = clock;
  }

  mayWriteAt(clock: number): boolean {
    return !this.fenced && !this.draining && clock < this.leaseEnd[0]!;
  }

  fence(term: number): void {
    this.fenced = true;
    if (term > this.fencedTo) this.fencedTo = term;
  }

  /** A newer word on who leads; false when it is no news. */
  accept(leader: RegionId, term: number): boolean {
    if (term < this.term) return false;
    this.draining = false;
    // Also when it is no news: named again, a primary that was fenced for nothing may write again.
    if (leader === this.region) this.fenced = false;
    if (term === this.term && leader === this.leader) return false;
    this.leader = leader;
    this.term = term;
    return true;
  }
}
