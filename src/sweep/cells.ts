import type { PolicyFailure } from "../plugins/policy-error.js";
import type { Outcome } from "../simulation/outcome.js";
import type { Plan } from "../simulation/plan.js";
import type { Kept, Watching } from "./watched-run.js";

/** One run of a sweep: a plan with a seed. */
export interface Cell {
  readonly plan: number;
  readonly seed: string;
  readonly watching: Watching | null;
}

/**
 * What a worker sends back. Errors come as values: thrown across threads they lose what they carry. `input` tells those
 * that whoever asked can mend; `failure` those that a policy of the user's own has caused, which end only their run.
 */
export type CellResult =
  | { readonly ok: true; readonly outcome: Outcome; readonly kept: Kept | null }
  | { readonly ok: false; readonly error: string; readonly input: boolean; readonly failure?: PolicyFailure };

/** Cells in the order of work: all architectures of one seed before the next, so that finished seeds are paired. */
export function cellsOf(
  plans: readonly Plan[],
  seeds: readonly string[],
  watching: readonly (Watching | null)[],
): Cell[] {
  return seeds.flatMap((seed) => plans.map((_, plan) => ({ plan, seed, watching: watching[plan] ?? null })));
}

/** "7" with a count of 3 stands for the seeds 7, 8 and 9; a word for word-1, word-2, …. */
export function seedsFrom(first: string, count: number): string[] {
  const whole = /^\d{1,15}$/.test(first);
  return Array.from({ length: count }, (_, index) => {
    if (whole) return String(Number(first) + index);
    return count === 1 ? first : `${first}-${index + 1}`;
  });
}
