import type { CopyView, Judgement } from "../contract/consistency.js";
import { type OptionValues, choice, duration, numberOption } from "../options.js";

/** What becomes of an operation for which the copy is not good enough: the settings of every policy that may find it so. */
export const BEHIND_OPTIONS = {
  wait: duration(500_000, "how long an operation waits for the copy to catch up"),
  otherwise: choice(
    ["ask-leader", "refuse", "serve"],
    "what becomes of it then; a copy that leads, or has no leader, refuses what it would have to ask for",
  ),
};

/** It waits, and then goes to the leader, is refused, or is served all the same. */
export class WhenBehind {
  readonly patience: number;
  private readonly otherwise: "ask-leader" | "refuse" | "serve";

  constructor(options: OptionValues) {
    this.patience = numberOption(options, "wait");
    this.otherwise = options["otherwise"] as WhenBehind["otherwise"];
  }

  judge(copy: CopyView): Judgement {
    if (copy.waited < this.patience) return "wait";
    return this.otherwise === "ask-leader" && copy.accepts ? "refuse" : this.otherwise;
  }
}

/** Whether operations are sent to the leader, so that there has to be one. */
export const asksLeader = ({ otherwise }: OptionValues): boolean => otherwise === "ask-leader";
