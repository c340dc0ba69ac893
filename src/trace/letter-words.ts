import { type Catalogue, choose } from "../policies/catalogue.js";
import type { Letter } from "../policies/contract.js";
import { CONTROL_VERBS } from "../simulation/control-post.js";
import { CONTROL_LANE, ForwardLetter, REPLICATION_LANE, laneOf } from "../simulation/letters.js";
import type { Plan } from "../simulation/plan.js";

/** Traffic classes in the order of their numbers. */
export const LANE_NAMES: readonly string[] = ["replication", "control", "bulk", "forwarded requests"];

/** What letters say, by the verbs of the policy that wrote them. */
export class LetterWords {
  private readonly verbs: readonly string[];

  constructor({ policies }: Plan, catalogue: Catalogue) {
    this.verbs = choose("replication", policies.replication.name, catalogue).verbs;
  }

  verb(letter: Letter): string {
    const lane = laneOf(letter);
    if (lane === REPLICATION_LANE) return this.verbs[letter.verb]!;
    if (lane === CONTROL_LANE) return CONTROL_VERBS[letter.verb]!;
    if (letter instanceof ForwardLetter && letter.key >= 0) return "a key has changed";
    if (letter instanceof ForwardLetter) return letter.isAnswer ? "the answer to a forwarded request" : "a request";
    return "a part of a copy";
  }
}
