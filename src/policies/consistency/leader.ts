import type { Consistency, CopyView, Judgement } from "../contract/consistency.js";

export const leader: Consistency = {
  name: "leader",
  about: "Answers a read from the copy that leads, while it may write: nobody else can have accepted anything newer.",
  costs: "The way to the leader for each read, and no reads while nobody leads.",
  follows: "the read preference primary of MongoDB",
  options: {},
  needs: () => ({ oneOrder: true, sureLeader: true, leader: true }),
  gives: () => ["linearizable"],
  on: () => ({
    patience: 0,
    read: (copy: CopyView): Judgement => (copy.leads ? "serve" : "ask-leader"),
  }),
};
