import type { RegionId } from "../contract.js";

export interface Circumstances {
  readonly regions: number;
  /** Those that hold a copy: how many, and which. */
  readonly holders: number;
  readonly copies: readonly RegionId[];
  /** NOBODY where no region leads. */
  readonly primary: RegionId;
  /** Whether there are writes that depend on what was there before: counters, sets, lists, compare-and-set. */
  readonly dependent: boolean;
}

/** What is wrong with an option, as its user is told. */
export interface Objection {
  readonly option: string;
  readonly message: string;
  readonly expected: string;
  readonly hint: string;
}
