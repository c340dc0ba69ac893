/** What can be said while replies come in. */
export type Tally = "pending" | "won" | "lost";

/** Bits of a set of regions, counted. */
export function sizeOf(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** The least number of `members` of which any two sets have one in common. */
export const majority = (members: number): number => (members >> 1) + 1;

/** Whether every set of `one` members has one in common with every set of `other` members. */
export const meet = (members: number, one: number, other: number): boolean => one + other > members;

/** How a vote stands: `needed` of `members` have to say yes, `yes` have, and `no` never will. */
export function tally(members: number, needed: number, yes: number, no: number): Tally {
  if (yes >= needed) return "won";
  return members - no < needed ? "lost" : "pending";
}
