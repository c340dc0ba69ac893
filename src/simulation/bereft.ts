import type { FailoverView, RegionId } from "../policies/contract.js";

/** What the failover controller has heard, only that the leader is down, and has been for as long as a policy may ask. */
export class Bereft implements FailoverView {
  constructor(
    private readonly view: FailoverView,
    readonly leader: RegionId,
  ) {}

  get now(): number {
    return this.view.now;
  }

  get timeOfDay(): number {
    return this.view.timeOfDay;
  }

  get standbys(): readonly RegionId[] {
    return this.view.standbys;
  }

  healthy(region: RegionId): boolean {
    return region !== this.leader && this.view.healthy(region);
  }

  unhealthySince(region: RegionId): number {
    return region === this.leader ? Number.NEGATIVE_INFINITY : this.view.unhealthySince(region);
  }

  position(region: RegionId): number {
    return this.view.position(region);
  }

  logTerm(region: RegionId): number {
    return this.view.logTerm(region);
  }

  behindFor(region: RegionId): number {
    return this.view.behindFor(region);
  }
}
