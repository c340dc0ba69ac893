import type { RunRecord } from "../record/record.js";
import { NOWHERE, type Sources, withProofs } from "./sources.js";
import { type Verdict, undecided, violated } from "./verdict.js";
import { Words } from "./words.js";

/** No consistency condition allows that an operation is shown what nobody wrote; null if none is. */
export function thinAir(record: RunRecord, sources: Sources): Verdict | null {
  const row = sources.of.indexOf(NOWHERE);
  if (row === -1) return null;
  const words = new Words(record);
  const explanation = `${words.capital(words.told(row))}, which no operation that may have happened wrote there.`;
  return violated("a value came from nowhere", explanation, withProofs(sources, [row]));
}

/** No violation was found, but so many operations did not tell which write they were shown. */
export function untoldVerdict(record: RunRecord, untold: readonly number[], measured = {}): Verdict {
  const words = new Words(record);
  const others = untold.length === 1 ? "" : ` (and ${untold.length - 1} others)`;
  return undecided(
    `nothing is wrong with what is told, but ${words.told(untold[0]!)}${others}: that does not tell which write it was shown; record values that are each written once`,
    measured,
  );
}
