import type { Objection, PolicyFacts } from "../contract.js";
import type { OptionValues } from "../options.js";

/** The contract of scaling: what the fleet of one region knows of itself, and how many instances it asks for. */

/** The fleet of one region; lent. Whoever decides for it knows nothing of any other region. */
export interface FleetView {
  readonly now: number;
  /** Instances that serve, and those that have been launched and do not serve yet. */
  readonly running: number;
  readonly booting: number;
  /** Instances with which the region carries its full load, as the architecture says. */
  readonly full: number;
  /** Requests that one instance serves at a time. */
  readonly workers: number;
  /** Requests that are being served, and those that wait. */
  readonly busy: number;
  readonly waiting: number;
  /** Mean share of the workers that have been busy since the fleet was last looked at; 0 where there was none. */
  readonly utilisation: number;
  /**
   * Until when the requests that were here needed so many instances, at least: `now` where they still do. The work goes to
   * as few instances as can do it, the first of them first, so this is since when that instance has been idle.
   */
  idleSince(instance: number): number;
}

/** How many instances should run here? Each region has one of its own. */
export interface Scaler {
  /** Microseconds from look to look. */
  readonly every: number;
  /** Whether requests wait for a worker; else for an instance that boots for them, and those for which none does are shed. */
  readonly queues: boolean;
  /** What is missing is launched and boots in its own time; what is too much goes at once and finishes what it has. */
  wanted(fleet: FleetView): number;
  /** The same whenever a request has come and found no worker free. Left out where nobody asks then. */
  demanded?(fleet: FleetView): number;
}

/** What a region's fleet begins with. */
export interface Fleet {
  readonly instances: number;
  readonly workers: number;
}

export interface Scaling extends PolicyFacts {
  /** What two options say together and cannot; asked before anything runs. */
  check?(options: OptionValues): Objection | readonly Objection[] | null;
  /** Asked once, at compile time, where a fleet is made of something else than the architecture says. */
  fleet?(options: OptionValues, planned: Fleet): Fleet;
  /** Left out where a fleet stays as it is, promotions apart. */
  on?(options: OptionValues): Scaler;
}
