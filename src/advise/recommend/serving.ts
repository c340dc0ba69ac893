import type { Candidate } from "./candidates.js";
import { LEVELS, type Level } from "./format.js";
import type { ClassNeed } from "./requirements.js";

export const strongest = (one: Level, other: Level): Level =>
  LEVELS.indexOf(one) > LEVELS.indexOf(other) ? one : other;

/** What reads of a class are served at: the least that the pattern has and that is enough. */
export function servedAt({ form, level }: Candidate, need: ClassNeed): Level {
  const enough = LEVELS.indexOf(strongest(need.level, level));
  return form.levels.find((each) => LEVELS.indexOf(each) >= enough) ?? need.level;
}

/** Where data of a class may rest, of a candidate's regions. */
export const placesOf = ({ regions }: Candidate, { allowed }: ClassNeed): readonly number[] =>
  allowed === null ? regions : regions.filter((region) => allowed.includes(region));
