import type { Observation } from "./finding.js";
import type { Subject } from "./subject.js";

/** One thing that is known to go wrong with multi-region deployments, judged on a compiled plan. */
export interface Rule {
  readonly name: string;
  /** What holds where nothing is found. */
  readonly about: string;
  check(subject: Subject): readonly Observation[];
}
