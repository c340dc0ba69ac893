import type { Circumstances, Objection } from "../../contract.js";
import { type OptionValues, numbersOption } from "../../options.js";
import { majority } from "../../quorum.js";

/** Parts that contradict each other, or leave nobody who could lead. */
export function objectionTo(options: OptionValues, { primary, copies }: Circumstances): Objection | null {
  const witnesses = numbersOption(options, "witnesses");
  const nonVoting = numbersOption(options, "non_voting");
  const both = nonVoting.filter((region) => witnesses.includes(region));
  if (witnesses.includes(primary))
    return {
      option: "witnesses",
      message: "the primary is a witness, but who has no data cannot lead",
      expected: "other regions",
      hint: "name another primary, or take it out of this list",
    };
  if (nonVoting.includes(primary))
    return {
      option: "non_voting",
      message: "the primary does not vote, but a leader has to",
      expected: "other regions",
      hint: "name another primary, or take it out of this list",
    };
  if (both.length > 0)
    return {
      option: "non_voting",
      message: "a region is a witness, who votes and has no data, and non-voting, which has data and no vote",
      expected: "each region in one of the two lists",
      hint: "take it out of one of them",
    };
  const candidates = copies.filter((region) => !nonVoting.includes(region)).length;
  if (witnesses.length >= majority(witnesses.length + candidates))
    return {
      option: "witnesses",
      message: `${witnesses.length} witnesses against ${candidates} voters with data: they alone could commit a write that no copy has`,
      expected: `${candidates} or fewer`,
      hint: "take witnesses away, or add copies",
    };
  return null;
}
