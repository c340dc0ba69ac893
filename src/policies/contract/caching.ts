import type { PolicyFacts } from "../contract.js";
import type { OptionValues } from "../options.js";

/** The contract of caching: by which rules a site may answer from what it was answered itself before. */

export interface CacheRules {
  /** Microseconds for which an answer may be given again, from when it was stored; Infinity for as long as it is kept. */
  readonly lifetime: number;
  /** Answers that one site keeps. */
  readonly size: number;
  /** Which one goes when there is no room: the one that was stored, or that was asked for, longest ago. */
  readonly evicts: "oldest" | "unused";
  /** Whether a region that has done a write tells every other site with a cache, by a letter that takes its time. */
  readonly invalidates: boolean;
  /** Whether a type of requests is answered from it. */
  admits(type: string): boolean;
}

export interface Caching extends PolicyFacts {
  /** Left out where nothing is kept. */
  on?(options: OptionValues): CacheRules;
}
