import type { Candidate } from "../advise/recommend/candidates.js";
import type { Figures } from "../advise/recommend/figures.js";
import type { Ground } from "../advise/recommend/ground.js";
import type { Simulate } from "../advise/recommend/halving.js";
import { type Model, figuresOf, modelOf } from "../advise/recommend/models.js";
import type { Outcome } from "../simulation/outcome.js";
import { sweep } from "../sweep/sweep.js";
import { Exit, INTERRUPTED } from "./exit.js";

/** Tables of delays that all threads together hold at a time: each has those of every plan. */
const MOST_LAWS = 20_000;

export interface PoolOptions {
  readonly workers: number;
  readonly signal: AbortSignal;
  onProgress(done: number): void;
}

/** Runs both models of each candidate on the pool, with the same seeds. */
export function simulateOn({ workers, signal, onProgress }: PoolOptions): (ground: Ground) => Simulate {
  let finished = 0;
  return (ground) => async (candidates, seeds) => {
    const laws = 2 * ground.requirements.most * (ground.requirements.users.length + ground.requirements.most);
    const size = Math.max(4, Math.floor(MOST_LAWS / laws));
    const figures: Figures[][] = [];
    for (let from = 0; from < candidates.length; from += size) {
      const models = candidates.slice(from, from + size).map((candidate: Candidate) => modelOf(candidate, ground));
      const before = finished;
      const swept = await sweep({
        plans: models.flatMap(({ calm, outage }) => [calm, outage]),
        ...{ seeds, workers, signal },
        onProgress: (done) => {
          finished = before + done / 2;
          onProgress(finished);
        },
      });
      if (!swept.complete) throw new Exit(INTERRUPTED, "interrupted; nothing was written");
      figures.push(...models.map((model, at) => swept.outcomes.map((seed) => figuresIn(model, seed, at))));
    }
    return figures;
  };
}

const figuresIn = (model: Model, outcomes: readonly (Outcome | null)[], at: number): Figures =>
  figuresOf(model, outcomes[2 * at]!, outcomes[2 * at + 1]!);
