import type { CopyView, Judge, Judgement } from "../contract/consistency.js";
import { type OptionValues, duration } from "../options.js";
import type { WhenBehind } from "./behind.js";

export const CLOCK_BOUND = duration(0, "by how much the clocks of two regions may differ");

/** A copy is fresh enough if it shows all that its writers had at a moment that is not too long ago by any clock. */
export class AgeJudge implements Judge {
  readonly patience: number;

  constructor(
    private readonly most: number,
    private readonly versions: number,
    private readonly behind: WhenBehind,
    readonly ago = 0,
  ) {
    this.patience = behind.patience;
  }

  read(copy: CopyView): Judgement {
    if (copy.leads) return "serve";
    const isFresh = copy.clock - copy.asOf <= this.most && copy.lacks <= this.versions && !copy.blank;
    return isFresh ? "serve" : this.behind.judge(copy);
  }
}

export const givenAge = (options: OptionValues): readonly string[] =>
  options["otherwise"] === "serve" ? [] : ["bounded-staleness"];
