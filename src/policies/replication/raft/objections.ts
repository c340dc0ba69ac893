import type { Circumstances, Objection } from "../../contract.js";
import { type OptionValues, numbersOption } from "../../options.js";
import { majority } from "../../quorum.js";

/** Parts that contradict each other, or leave nobody who could lead. */
export function objectionsTo(options: OptionValues, { primary, copies }: Circumstances): Objection[] {
  const witnesses = numbersOption(options, "witnesses");
  const nonVoting = numbersOption(options, "non_voting");
  const objections: Objection[] = [];
  const leads = (option: string, message: string): void => {
    const hint = "name another primary, or take it out of this list";
    objections.push({ option, message, expected: "other regions", hint });
  };
  if (witnesses.includes(primary)) leads("witnesses", "the primary is a witness, but who has no data cannot lead");
  if (nonVoting.includes(primary)) leads("non_voting", "the primary does not vote, but a leader has to");
  if (nonVoting.some((region) => witnesses.includes(region)))
    objections.push({
      option: "non_voting",
      message: "a region is a witness, who votes and has no data, and non-voting, which has data and no vote",
      expected: "each region in one of the two lists",
      hint: "take it out of one of them",
    });
  const voters = copies.filter((region) => !nonVoting.includes(region) && !witnesses.includes(region)).length;
  if (witnesses.length >= majority(witnesses.length + voters))
    objections.push({
      option: "witnesses",
      message: `${witnesses.length} witnesses against ${voters} ${voters === 1 ? "voter" : "voters"} with data: they alone could commit a write that no copy has`,
      expected: `${voters} or fewer`,
      hint: "take witnesses away, or add copies",
    });
  return objections;
}
