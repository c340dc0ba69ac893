import { NOBODY, type RegionId } from "../policies/contract.js";

/** Who is to lead next by plan, and since when that one could without a loss. */
export class NextLeader {
  private region: RegionId = NOBODY;
  private since = Number.POSITIVE_INFINITY;

  /** For how long `region` has been ready by now, microseconds; below 0 while it is not. */
  readyFor(region: RegionId, isReady: boolean, now: number): number {
    if (!isReady || region !== this.region) this.since = Number.POSITIVE_INFINITY;
    this.region = region;
    if (isReady && this.since === Number.POSITIVE_INFINITY) this.since = now;
    return now - this.since;
  }

  /** Another leads: all begins anew. */
  forget(): void {
    this.since = Number.POSITIVE_INFINITY;
  }
}
