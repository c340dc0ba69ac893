import type { Candidate } from "./candidates.js";
import { type Figures, type Simulated, dominates, missed } from "./figures.js";
import type { Requirements } from "./requirements.js";

/** Simulates candidates with seeds, the same for all of them: by candidate and then by seed. */
export type Simulate = (
  candidates: readonly Candidate[],
  seeds: readonly string[],
) => Promise<readonly (readonly Figures[])[]>;

export interface Round {
  readonly seeds: number;
  readonly candidates: number;
  /** That somebody surely beats in everything, and that surely break a requirement. */
  readonly beaten: number;
  readonly missing: number;
}

export interface Halved {
  readonly survivors: readonly Simulated[];
  readonly dropped: readonly Simulated[];
  readonly rounds: readonly Round[];
  /** Whether it ended because no more runs were allowed, and not because the last round was over. */
  readonly cut: boolean;
}

/** Seeds of each candidate after each round. */
const SEEDS = [3, 6, 12];

/**
 * Successive halving: each round doubles the seeds of those that are still in it. Dropped is only who is surely worse than
 * another one in everything, or surely breaks a requirement: an interval that overlaps the front keeps its candidate. So a
 * round may drop less than half, or nothing; then the runs end it. If all would break a requirement, all stay.
 */
export async function halve(
  candidates: readonly Candidate[],
  required: Requirements,
  mostRuns: number,
  simulate: Simulate,
): Promise<Halved> {
  let survivors: Simulated[] = candidates.map((candidate) => ({ candidate, seeds: [] }));
  const dropped: Simulated[] = [];
  const rounds: Round[] = [];
  let [done, runs] = [0, 0];
  for (const seeds of SEEDS) {
    const more = (seeds - done) * survivors.length;
    if (done > 0 && runs + more > mostRuns) return { survivors, dropped, rounds, cut: true };
    const names = Array.from({ length: seeds - done }, (_, index) => String(done + index + 1));
    const figures = await simulate(
      survivors.map(({ candidate }) => candidate),
      names,
    );
    survivors = survivors.map((each, at) => ({ ...each, seeds: [...each.seeds, ...figures[at]!] }));
    [done, runs] = [seeds, runs + more];
    const missing = new Set(survivors.filter((each) => missed(each, required, true).length > 0));
    const keeping = survivors.filter((each) => !missing.has(each));
    const judged = keeping.length === 0 ? survivors : keeping;
    const beaten = new Set(judged.filter((each) => judged.some((other) => other !== each && dominates(other, each))));
    const left = judged.filter((each) => !beaten.has(each));
    rounds.push({
      seeds,
      candidates: survivors.length,
      beaten: beaten.size,
      missing: keeping.length === 0 ? 0 : missing.size,
    });
    dropped.push(...survivors.filter((each) => !left.includes(each)));
    survivors = left;
    if (survivors.length === 1) break;
  }
  return { survivors, dropped, rounds, cut: false };
}
