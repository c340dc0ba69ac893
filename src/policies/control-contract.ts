import type { PolicyFacts, RegionId } from "./contract.js";
import type { OptionValues } from "./options.js";

// Routing and failover: what the control plane sees, late, and what it decides.

/** What the traffic manager has heard, late. */
export interface TrafficView {
  readonly regions: readonly RegionId[];
  healthy(region: RegionId): boolean;
  /** The leader as announced, or NOBODY. */
  readonly leader: RegionId;
  /** Median round trip from the place in question, microseconds. */
  roundTrip(region: RegionId): number;
  /** Along the great circle from the place in question, kilometres: what a map says, and no measurement. */
  distance(region: RegionId): number;
  /** Where it stands in the hierarchy of sites. */
  tier(region: RegionId): "core" | "regional" | "edge";
  /** What is asked for, where answers differ by that; else null. */
  readonly request: RequestKind | null;
  /**
   * Which of the place's resolvers asks: they are spread evenly over [0, 1), and each has the same number every time. So
   * a policy can split the users of a place, and leave alone those whom a change does not concern.
   */
  readonly share: number;
}

/** A type of requests for a class of data, with the bytes of the data that travel. */
export interface RequestKind {
  readonly type: string;
  readonly bytes: number;
}

/** Which region does a user of this place try? */
export interface Routing extends PolicyFacts {
  /** Whether the answer differs by what is asked for: then each type of requests and class of data has a name of its own. */
  readonly byRequest?: boolean;
  on(options: OptionValues): Router;
}

export interface Router {
  /** Asked for each resolver of each place, whenever a belief has changed; NOBODY: the name resolves to nothing. */
  contact(view: TrafficView): RegionId;
}

/** What the failover controller has heard, late. */
export interface FailoverView {
  readonly now: number;
  /** UTC by the controller's own clock, microseconds since midnight. */
  readonly timeOfDay: number;
  readonly leader: RegionId;
  /** Order of preference. */
  readonly standbys: readonly RegionId[];
  healthy(region: RegionId): boolean;
  /** Since when the region has looked unhealthy; Infinity while it looks healthy. */
  unhealthySince(region: RegionId): number;
  /**
   * Position of a replica as last reported, -1 if never heard, and the term of its last entry: of two copies the one with
   * the newer term is the more complete, the longer one where the terms are equal.
   */
  position(region: RegionId): number;
  logTerm(region: RegionId): number;
  /** For how long the copy had lacked something that the leader had, when both last reported: microseconds. */
  behindFor(region: RegionId): number;
}

/** Who should lead now? Asked again whenever a belief may have changed. */
export interface Failover extends PolicyFacts {
  /** Whether, with these options, the old leader has certainly stopped before another begins, whatever fencing there is. */
  fences?(options: OptionValues): boolean;
  on(options: OptionValues): FailoverJudge;
}

/** The lead as a lock that one region at a time holds, for a lease: `failover.lease`. */
export interface LockTerms {
  /** The regions that keep it; a majority of them decides. */
  readonly sites: readonly RegionId[];
  /** How often who does not hold it asks for it, microseconds. */
  readonly poll: number;
  /** Whether a leader writes on although its lock has run out. */
  readonly goesOn: boolean;
}

export interface FailoverJudge {
  /** The regions with a copy take the lead by a lock; then the controller follows. */
  readonly lock?: LockTerms;
  /** The replicas choose their leader by themselves: the controller believes what they report, and orders nothing. */
  readonly follows?: boolean;
  /** The incumbent to stay; NOBODY when there is no acceptable candidate. */
  leader(view: FailoverView): RegionId;
  /**
   * Who should lead although nothing is wrong with the incumbent. The controller hands over when that region is well and
   * level: it has the incumbent stop writing, waits until the other has everything, and promotes it, so nothing is lost.
   * Where a policy has no such plans, the controller returns to the first primary, if it was told to (failback).
   */
  planned?(view: FailoverView): RegionId;
}

// What a replication is checked against before a run.

export interface Circumstances {
  readonly regions: number;
  /** Those that hold a copy: how many, and which. */
  readonly holders: number;
  readonly copies: readonly RegionId[];
  /** NOBODY where no region leads. */
  readonly primary: RegionId;
}

/** What is wrong with an option, as its user is told. */
export interface Objection {
  readonly option: string;
  readonly message: string;
  readonly expected: string;
  readonly hint: string;
}
