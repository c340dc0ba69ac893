import { describe, expect, test } from "vitest";
import { majority, meet, sizeOf, tally } from "../../src/policies/quorum.js";

/** All subsets of so many members, as bits. */
const subsets = (members: number): number[] => [...Array(1 << members).keys()];

describe("the arithmetic of quorums", () => {
  test("two sets always meet exactly if their sizes sum to more than the members", () => {
    for (let members = 1; members <= 6; members++)
      for (let one = 1; one <= members; one++)
        for (let other = 1; other <= members; other++) {
          const always = subsets(members).every(
            (a) => sizeOf(a) !== one || subsets(members).every((b) => sizeOf(b) !== other || (a & b) !== 0),
          );
          expect(meet(members, one, other)).toBe(always);
        }
  });

  test("a majority is the least that always meets itself", () => {
    for (let members = 1; members <= 31; members++) {
      expect(meet(members, majority(members), majority(members))).toBe(true);
      expect(meet(members, majority(members) - 1, majority(members) - 1)).toBe(false);
    }
  });

  test("a vote is won or lost as soon as no later reply can change it, and pending before", () => {
    for (const members of [1, 2, 3, 5])
      for (let needed = 1; needed <= members; needed++)
        for (const yes of subsets(members))
          for (const no of subsets(members)) {
            if ((yes & no) !== 0) continue;
            const open = subsets(members).filter((more) => (more & (yes | no)) === 0);
            const ends = new Set(open.map((more) => sizeOf(yes | more) >= needed));
            // Yes now stays yes; otherwise all that may still come decides.
            const expected = sizeOf(yes) >= needed ? "won" : ends.has(true) ? "pending" : "lost";
            expect(tally(members, needed, sizeOf(yes), sizeOf(no))).toBe(expected);
          }
  });
});
