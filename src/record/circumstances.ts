import type { Micros } from "../units/time.js";

/** A fault that struck: what checkers need not know, and whoever asks why does. */
export interface FaultFact {
  readonly label: string;
  readonly start: Micros;
  /** Null when it did not heal. */
  readonly end: Micros | null;
  /** Whom it struck; paths between regions are directed. */
  readonly regions: readonly number[];
  readonly paths: readonly (readonly [from: number, to: number])[];
  /** What of the data survived it. */
  readonly disks: "kept" | "synced" | "lost";
  /** Wall clocks were wrong while it held. */
  readonly clock: boolean;
}

export interface FailoverFact {
  readonly from: number;
  readonly to: number;
  /** From the suspicion to the promotion. */
  readonly start: Micros;
  readonly end: Micros;
  /** A switchover. */
  readonly planned: boolean;
}

/** Users of one place have the session numbers from those of the places before it on. */
export interface PlaceFact {
  readonly name: string;
  readonly sessions: number;
}

/** Which run it was, and the choices of its architecture that decide the fate of a write. */
export interface ScenarioFact {
  readonly name: string;
  readonly architecture: string;
  readonly seed: string;
  /** Digest of the run's events: a run with the same one is the same run. */
  readonly events: string;
  readonly replication: string;
  readonly consistency: string;
  readonly conflict: string;
  readonly fencing: string;
  readonly sync: string;
}

/** What is known of a run of our own beside its history; histories from elsewhere have none of it. */
export interface Circumstances {
  readonly faults?: readonly FaultFact[];
  readonly failovers?: readonly FailoverFact[];
  readonly places?: readonly PlaceFact[];
  readonly scenario?: ScenarioFact;
}
