/** critical: a promise or the data are at stake when a region fails; warning: likely to hurt; advice: worth knowing. */
export type Severity = "critical" | "warning" | "advice";
export const SEVERITIES: readonly Severity[] = ["critical", "warning", "advice"];

/** What a rule has seen in one architecture. */
export interface Observation {
  readonly severity: Severity;
  /** The setting that answers for it, by its path in the scenario file, whether or not it stands there. */
  readonly path: string;
  readonly what: string;
  /** With the figures of this plan. */
  readonly why: string;
  /** The setting to change, and to what. */
  readonly change: string;
  /** What to simulate to see it: words after `faultline`, "FILE" for the scenario; null where a run cannot show it. */
  readonly shows: readonly string[] | null;
}

export interface Finding extends Observation {
  readonly rule: string;
  readonly architecture: string;
  /** From 1; of the nearest enclosing key where the setting itself is not in the file. */
  readonly line: number;
  readonly column: number;
}
