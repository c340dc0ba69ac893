import type { Micros } from "../units/time.js";

/** How a host makes durable what it accepts. With each commit, no time for an fsync and endless bandwidth there is no disk. */
export interface StoragePlan {
  /** Before each commit is acknowledged, at intervals, or when the system writes back by itself. */
  readonly sync: "each-commit" | "interval" | "never";
  /** Interval between syncs, unless they come with each commit. */
  readonly every: Micros;
  readonly fsync: Micros;
  /** Bytes per second; Infinity where the disk is no bottleneck. */
  readonly bandwidth: number;
  /** Writes per second that one worker applies of what came from other regions; Infinity where all is shown at once. */
  readonly apply: { readonly rate: number; readonly workers: number };
  /** Reads are answered by a model of their own: what a region accepts itself waits for those workers too. */
  readonly projects: boolean;
}

/** Backups of the system of record. */
export interface BackupsPlan {
  /** Between full backups, and between archives of the log, which allow to restore any moment; Infinity for none of these. */
  readonly interval: Micros;
  readonly pointInTime: Micros;
  /** How long a backup is kept. */
  readonly retention: Micros;
  /** From the moment that somebody knows until the restore begins. */
  readonly respond: Micros;
  /** Bytes per second of a backup that is read, and writes per second of the log that is replayed on it. */
  readonly bandwidth: number;
  readonly replay: number;
  /** Where the backups are, by group of keys. */
  readonly regions: readonly number[];
}
