import type { Catalogue } from "../policies/catalogue.js";
import { AT_DISK, type Attempts, IN_SERVICE, QUEUED } from "./attempts.js";
import { NO_QUORUM, OVERLOAD, TIMED_OUT, TOO_STALE, waitsForOthers } from "./causes.js";
import type { Plan } from "./plan.js";

/** Hosts that stand still: microseconds for which each still will, by region. */
interface Standstill {
  pauseOf(region: number): number;
}
/** Copies at which attempts wait until the copy knows more. */
interface Waiting {
  isWaiting(attempt: number): boolean;
}

/**
 * What kept back the answer to an attempt that nothing has cut off from its client, by where it is when the client's
 * patience ends. Who waits for a worker, or for the disk of the copy alone, meets an overload. Where a copy has it, and
 * the replication answers by what other copies say too, too few of them have said so in time, whatever kept them.
 */
export class Silence {
  private readonly waitsForOthers: boolean;

  constructor(
    plan: Plan,
    catalogue: Catalogue,
    private readonly attempts: Attempts,
    private readonly hosts: Standstill,
    /** Null where every copy is good enough. */
    private readonly waiting: Waiting | null,
  ) {
    this.waitsForOthers = waitsForOthers(plan, catalogue);
  }

  causeOf(attempt: number): number {
    const state = this.attempts.state[attempt]!;
    if (state === QUEUED || state === IN_SERVICE) return OVERLOAD;
    if (!this.attempts.isAtCopy(attempt) || this.hosts.pauseOf(this.attempts.region[attempt]!) > 0) return TIMED_OUT;
    if (state === AT_DISK) return OVERLOAD;
    if (this.waiting?.isWaiting(attempt) === true) return TOO_STALE;
    return this.waitsForOthers ? NO_QUORUM : TIMED_OUT;
  }
}
