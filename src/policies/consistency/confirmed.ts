import type { Consistency, ConsistencyNeeds, Judgement } from "../contract/consistency.js";

/** Reads that the replication answers with what it can prove. */
const confirmed = (name: string, about: string, needs: ConsistencyNeeds, gives: readonly string[]): Consistency => ({
  name,
  about,
  options: {},
  needs: () => needs,
  gives: () => gives,
  on: () => ({ patience: 0, read: (): Judgement => "confirm" }),
});

export const linearizable = confirmed(
  "linearizable",
  "Answers a read with the latest version there is, as the replication proves it.",
  { confirms: true },
  ["linearizable"],
);

export const quorum = confirmed(
  "quorum",
  "Answers a read with the newest version that a quorum of the copies has.",
  { confirms: true },
  [],
);

export const strongAll = confirmed(
  "strong-all",
  "Asks every copy, of which each has had to take every write; without one of them nobody is served.",
  { confirms: true, unanimous: true },
  [],
);
