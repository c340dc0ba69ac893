/** What a checker says. It never guesses: what it could not decide within its limits is unknown, with the reason. */
export interface Verdict {
  readonly verdict: "true" | "false" | "unknown";
  /** In one line: how it was decided, what is broken, or why it could not be decided. */
  readonly reason: string;
  /** A violation in words, with times and processes; empty otherwise. */
  readonly explanation: string;
  /** The smallest set of operations found that violates by itself, as rows of the record, in order of their calls. */
  readonly evidence: readonly number[];
  /** What was measured on the way, by name with its unit last. */
  readonly measured?: Readonly<Record<string, number | null>>;
}

type Measured = Readonly<Record<string, number | null>>;

export const holds = (reason: string, measured?: Measured): Verdict =>
  withMeasures({ verdict: "true", reason, explanation: "", evidence: [] }, measured);

export const undecided = (reason: string, measured?: Measured): Verdict =>
  withMeasures({ verdict: "unknown", reason, explanation: "", evidence: [] }, measured);

export const violated = (
  reason: string,
  explanation: string,
  evidence: Iterable<number>,
  measured?: Measured,
): Verdict => {
  const rows = [...new Set(evidence)].toSorted((a, b) => a - b);
  return withMeasures({ verdict: "false", reason, explanation, evidence: rows }, measured);
};

const withMeasures = (verdict: Verdict, measured: Measured | undefined): Verdict =>
  measured === undefined ? verdict : { ...verdict, measured };
