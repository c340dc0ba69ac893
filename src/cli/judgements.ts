import { CHECKERS, type Judgement } from "../check/catalogue.js";
import { nearest } from "../units/text.js";
import { EXPECTATION_FAILED, FINE, UNDECIDED } from "./exit.js";
import { wrap } from "./terminal.js";

const ALL = "all";
const SAID = { true: "holds", false: "broken", unknown: "open" } as const;
/** Columns of a verdict and of a checker's name. */
const MARGIN = 28;

/** Names of checkers as they are given, "a,b"; null for all. Throws a RangeError for a name that is none. */
export function checkNames(option: string, given: string): readonly string[] | null {
  if (given === ALL) return null;
  const known = CHECKERS.map(({ name }) => name);
  return given.split(",").map((word) => {
    const name = word.trim();
    if (known.includes(name)) return name;
    const meant = nearest(name, known);
    throw new RangeError(
      `--${option}: "${name}" is no checker; expected "${ALL}" or some of ${known.join(", ")}${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
    );
  });
}

/** One broken is enough for 1; what could not be decided is 4. */
export function exitOf(judgements: readonly Judgement[]): number {
  if (judgements.some(({ verdict }) => verdict.verdict === "false")) return EXPECTATION_FAILED;
  return judgements.some(({ verdict }) => verdict.verdict === "unknown") ? UNDECIDED : FINE;
}

/** A paragraph for each checker: what it says, and why. */
export function judgementLines(judgements: readonly Judgement[], width: number): string[] {
  const beside = (text: string): string[] => wrap(text, width - MARGIN).split("\n");
  return judgements.flatMap(({ check, verdict: { verdict, reason, explanation } }) => {
    const [first, ...more] = [...beside(`${reason}.`), ...(explanation === "" ? [] : beside(explanation))];
    const head = `${SAID[verdict].padEnd(8)}${check.padEnd(MARGIN - 8)}${first}`;
    return [head, ...more.map((line) => `${" ".repeat(MARGIN)}${line}`)];
  });
}

export const judgementsDocument = (judgements: readonly Judgement[]): readonly object[] =>
  judgements.map(({ check, verdict }) => ({ check, ...verdict }));
