import type { Plan } from "../../src/simulation/plan.js";
import { MILLISECOND, SECOND } from "../../src/units/time.js";
import { between, fault } from "../simulation/plans.js";
import { leaderless } from "../simulation/quorums.js";
import { type Deed, type Scene, stage } from "./script.js";

const quorum = (conflict: string, witness: "sessions" | "regions"): Plan["policies"] => ({
  ...leaderless({ timeout: 500 * MILLISECOND, hand_off: 2 * SECOND, anti_entropy: 0 }),
  conflict: { name: conflict, options: { carried_by: witness } },
});

/** Two copies of each key; of key 7 they are in Oslo and Rome, and Paris has none. */
const SLOPPY = { copies: 2, sloppy: true, timeout: 500 * MILLISECOND, hand_off: 2 * SECOND, anti_entropy: 0 };
const sloppy: Plan["policies"] = {
  ...leaderless(SLOPPY),
  conflict: { name: "dotted-version-vectors", options: { carried_by: "sessions" } },
};

/** One user beside Paris, another beside Oslo. Both read the empty cart, and each puts something there. */
const TWO: readonly Deed[] = [
  [1, 0, "get", 7],
  [1, 1, "get", 7],
  [2, 0, "put", 7],
  [3, 1, "put", 7],
];
const THEN: readonly Deed[] = [...TWO, [4, 0, "get", 7], [5, 0, "put", 7]];

export const CONTEXTS: readonly Scene[] = [
  {
    title: "Two who have read the same",
    says: "Both users have read nothing. Write 2 is in all three regions when the second user writes, one second later: his region knows it, and he does not. By what his session carries his write has not seen it, so both stay, side by side.",
    plan: stage(TWO, 4, { policies: quorum("dotted-version-vectors", "sessions") }),
  },
  {
    title: "Who reads both and writes has seen both",
    says: "The first user is shown both. His session carries that with his next write, which takes the place of both, everywhere.",
    plan: stage(THEN, 6, { policies: quorum("dotted-version-vectors", "sessions") }),
  },
  {
    title: "Where regions say what had been seen",
    says: "The same users and the same moments. Oslo knows write 2 and speaks for its user, who has never read it: his write takes the place of it, and nobody is told.",
    plan: stage(TWO, 4, { policies: quorum("dotted-version-vectors", "regions") }),
  },
  {
    title: "Plain vectors, and two writes through one region of who has read neither",
    says: "A vector says that everything of a region up to a number has been seen. The second write through Paris has the number 2, and so passes for one that has seen the first, which its author had never read: it takes the place of it. With dots both stay, as above.",
    plan: stage(
      [
        [1, 0, "get", 7],
        [2, 0, "put", 7],
        [3, 0, "put", 7],
      ],
      4,
      { policies: quorum("version-vectors", "sessions") },
    ),
  },
  {
    title: "Both sides of a partition, and its heal",
    says: "Rome is cut off from the other regions for three seconds, and not from its user. Its write finds no quorum and is refused, but stays in Rome; a hint brings it to the others after the heal, where it stands beside what was written there meanwhile.",
    plan: stage(
      [
        [1.5, 0, "put", 7],
        [2, 2, "put", 7],
        [9, 0, "get", 7],
      ],
      10,
      {
        policies: quorum("dotted-version-vectors", "sessions"),
        faults: [{ ...fault(), at: SECOND, until: 4 * SECOND, links: between([2], [0, 1]) }],
      },
    ),
  },
  {
    title: "Who holds no copy hands the write on to an owner",
    says: "Key 7 is in Oslo and Rome. A write takes a number among those that its maker has made of the key, and Paris has made none that it still has: so it hands the write on to Oslo, the nearest of them.",
    plan: stage(
      [
        [1, 0, "put", 7],
        [2, 0, "get", 7],
      ],
      3,
      { policies: sloppy },
    ),
  },
  {
    title: "A stand-in makes a version under its own name",
    says: "Paris is cut off from both owners of key 7, and has waited in vain for what they show. So its own copy takes the part of Oslo, under a number of Paris; one acknowledgement is enough here. Rome, an owner, takes a write that has seen nothing of it. After the heal Paris hands its version over to Oslo, and to Rome, and both stay, until somebody who has read them writes: he is in Paris again, which has an owner make the write.",
    plan: stage(
      [
        [1.2, 0, "get", 7],
        [2, 0, "put", 7],
        [3, 2, "put", 7],
        [8, 0, "get", 7],
        [9, 0, "put", 7],
      ],
      10,
      {
        policies: { ...sloppy, replication: leaderless({ ...SLOPPY, write: "one" }).replication },
        faults: [{ ...fault(), at: SECOND, until: 4 * SECOND, links: between([0], [1, 2]) }],
      },
    ),
  },
];
