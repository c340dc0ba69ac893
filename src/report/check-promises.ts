import type { Judged } from "../measure/claims.js";
import type { ExpectedCheck } from "../scenario/expectations.js";
import type { Kept } from "../sweep/watched-run.js";

type Verdict = NonNullable<Kept["judgements"]>[number]["verdict"];

/** What a scenario expects of a checker, and whether that came true of the records of all seeds. */
export interface JudgedCheck {
  readonly kind: "check";
  readonly architecture: string;
  readonly check: string;
  readonly options: ExpectedCheck["options"];
  /** Whether it is expected to hold in every seed; else to be broken in one at least. */
  readonly holds: boolean;
  readonly line: number;
  readonly verdict: Judged["verdict"];
  /** By what the checker said of them. */
  readonly seeds: {
    readonly holding: readonly string[];
    readonly broken: readonly string[];
    readonly undecided: readonly string[];
  };
  /** The seed whose verdict decides by itself, or null. */
  readonly seed: string | null;
  /** What the checker said of that seed, else of the first: in one line, and a violation in words. */
  readonly reason: string;
  readonly explanation: string;
}

/** Three-valued: broken in one seed is broken, whatever the others leave open. */
export function judgedCheck(
  { kind, architecture, check, options, holds, line }: ExpectedCheck,
  seeds: readonly string[],
  verdicts: readonly Verdict[],
): JudgedCheck {
  const saying = (answer: Verdict["verdict"]): string[] =>
    seeds.filter((_, seed) => verdicts[seed]!.verdict === answer);
  const found = { holding: saying("true"), broken: saying("false"), undecided: saying("unknown") };
  const seed = found.broken[0] ?? found.undecided[0] ?? null;
  const { reason, explanation } = verdicts[seed === null ? 0 : seeds.indexOf(seed)]!;
  const all = found.broken.length > 0 ? !holds : holds;
  const isOpen = found.broken.length === 0 && found.undecided.length > 0;
  return {
    ...{ kind, architecture, check, options, holds, line },
    verdict: isOpen ? "undecided" : all ? "kept" : "broken",
    ...{ seeds: found, seed, reason, explanation },
  };
}

/** "broken in 3 of 10 seeds, undecided in 1" */
export function seenChecks({ seeds }: JudgedCheck): string {
  const all = seeds.holding.length + seeds.broken.length + seeds.undecided.length;
  const parts = Object.entries({ broken: seeds.broken, undecided: seeds.undecided, holds: seeds.holding })
    .filter(([, each]) => each.length > 0)
    .map(([word, each], index) => `${word === "holds" && index > 0 ? "holding" : word} in ${each.length}`);
  return `${parts.join(", ")} of ${all} ${all === 1 ? "seed" : "seeds"}`;
}
