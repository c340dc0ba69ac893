import { describe, expect, test } from "vitest";
import type { Host } from "../../src/policies/contract.js";
import { majority, meet, sizeOf, tally } from "../../src/policies/quorum.js";
import { Ring } from "../../src/policies/replication/quorum-ring.js";

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

test("the first N healthy regions of a key's list have it, whichever of them or of the others is asked", () => {
  const holders = [0, 2, 3, 5, 6];
  const ringOf = (id: number, copies: number): Ring =>
    new Ring({ id, holds: true, peers: holders.filter((each) => each !== id) } as unknown as Host, copies);
  /** Whom the region has store a key's write, itself among them, while it takes these to be away. */
  const chosen = (id: number, copies: number, key: number, away: number): number => {
    const ring = ringOf(id, copies);
    const owners = ring.owners(key);
    const part = ring.owns(id, key) ? 1 << id : ring.partOf(key, away);
    let asked = 0;
    for (const region of holders) {
      if (((owners & ~part) >> region) % 2 === 0) continue;
      const other = (away >> region) % 2 === 1 ? ring.standIn(key, away | asked) : region;
      if (other >= 0) asked |= 1 << other;
    }
    return part === 0 ? asked : asked | (1 << id);
  };
  for (let copies = 1; copies < holders.length; copies++)
    for (let key = 0; key < holders.length; key++)
      for (const away of subsets(7))
        for (const id of holders.filter((each) => (away >> each) % 2 === 0)) {
          const list = holders.map((_, step) => holders[(key + step) % holders.length]!);
          const healthy = list.filter((each) => (away >> each) % 2 === 0).slice(0, copies);
          const expected = healthy.reduce((set, each) => set | (1 << each), 0);
          expect([copies, key, away, id, chosen(id, copies, key, away)]).toEqual([copies, key, away, id, expected]);
        }
});
