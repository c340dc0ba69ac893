import type { Consistency, ConsistencyNeeds, Judgement } from "../contract/consistency.js";

/** Reads that the replication answers with what it can prove. */
const confirmed = (
  facts: Pick<Required<Consistency>, "name" | "about" | "costs" | "follows">,
  needs: ConsistencyNeeds,
  gives: readonly string[],
): Consistency => ({
  ...facts,
  options: {},
  needs: () => needs,
  gives: () => gives,
  on: () => ({ patience: 0, read: (): Judgement => "confirm" }),
});

export const linearizable = confirmed(
  {
    name: "linearizable",
    about: "Answers a read with the latest version there is, as the replication proves it.",
    costs: "The round trip of the proof for each read, and none where it cannot be had.",
    follows: "Herlihy and Wing, Linearizability (1990)",
  },
  { confirms: true, agrees: true },
  ["linearizable"],
);

export const quorum = confirmed(
  {
    name: "quorum",
    about: "Answers a read with the newest version that a quorum of the copies has.",
    costs: "The round trip to a majority for each read.",
    follows: "Gifford, Weighted Voting for Replicated Data (1979)",
  },
  { confirms: true },
  [],
);

export const strongAll = confirmed(
  {
    name: "strong-all",
    about: "Asks every copy, of which each has had to take every write; without one of them nobody is served.",
    costs: "The round trip to the farthest copy for each operation, and no service while one of them is away.",
    follows: "Gifford, Weighted Voting for Replicated Data (1979), with all votes",
  },
  { confirms: true, unanimous: true },
  [],
);
