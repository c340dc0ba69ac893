import type { Micros } from "../units/time.js";

/** A fault that struck: whoever asks why needs it, and of the checkers the one that asks for agreement after a heal. */
export interface FaultFact {
  readonly label: string;
  readonly start: Micros;
  /** Null when it did not heal. */
  readonly end: Micros | null;
  /** Whom it struck, all regions where it is carried to every copy or blinds whoever watches; paths are directed. */
  readonly regions: readonly number[];
  readonly paths: readonly (readonly [from: number, to: number])[];
  /** What of the data survived it. */
  readonly disks: "kept" | "synced" | "lost";
  /** Wall clocks were wrong while it held. */
  readonly clock: boolean;
  /**
   * What it does to a region as others see it: nothing gets through to it any more, less does, it only looks unwell, or
   * none of these. Records of before do not say.
   */
  readonly effect?: "stops" | "hampers" | "misleads" | "none";
}

/** What can befall the copies of the data as a whole. */
export const COPY_EVENTS = [
  "host-died",
  "host-returned",
  "given-up",
  "installed",
  "deleted",
  "called-for",
  "restoring",
  "restored",
] as const;

/**
 * Something that befell a whole copy: its host died or returned, it was given up with all that it held (a disk lost, a
 * whole copy to come), a whole copy from elsewhere was merged into it, an operator deleted data there, a backup was called for (in no region), was read and cut over to.
 */
export interface CopyFact {
  readonly time: Micros;
  readonly region: number;
  readonly what: (typeof COPY_EVENTS)[number];
  /** So many rows of versions came before it. */
  readonly row: number;
  /** Of a restore: the moment as of which the backup is. */
  readonly asOf?: Micros;
  /** Given up or restored was the copy of this group of keys only. */
  readonly group?: number;
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

/** A write rested in a region that the law of its key forbids, and not as a version there that a row tells of. */
export interface RestFact {
  readonly time: Micros;
  readonly region: number;
  /** The row of its operation. */
  readonly write: number;
  readonly as: "hint" | "log" | "backup";
}

/** What can answer a read beside the copy of the region that is asked, as that is now. */
export interface AnswersFact {
  /** Sites that keep answers: for how long in microseconds, null for as long as they are wanted, and whether they are told of writes. */
  readonly caching: { readonly use: string; readonly lifetime: Micros | null; readonly invalidation: boolean } | null;
  /** Reads have a model of their own, to which also what the region itself has accepted is yet to be applied. */
  readonly readModel: boolean;
  /** Reads are answered as of so long before, microseconds: at most, where some are and others are not. Absent where none is. */
  readonly asOf?: Micros;
  /** A region answers with the newest of what several copies have told it. */
  readonly gathered: boolean;
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
  readonly failover?: string;
  readonly routing?: string;
  readonly answers?: AnswersFact;
  /** Microseconds between full backups, and between archives of the log, null for none of either. */
  readonly backups?: { readonly interval: Micros; readonly pointInTime: Micros | null } | null;
}

/** What is known of a run of our own beside its history; histories from elsewhere have none of it. */
export interface Circumstances {
  /** Bit r: region r was up at the end and had lost its copy, and no other had come yet. */
  readonly refilling?: number;
  readonly faults?: readonly FaultFact[];
  readonly failovers?: readonly FailoverFact[];
  /** The first ones, in order of time. */
  readonly rests?: readonly RestFact[];
  /** In order of time. */
  readonly copies?: readonly CopyFact[];
  readonly places?: readonly PlaceFact[];
  readonly scenario?: ScenarioFact;
}
