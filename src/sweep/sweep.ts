import { createHash } from "node:crypto";
import { Piscina } from "piscina";
import type { PolicyFailure } from "../plugins/policy-error.js";
import type { Outcome } from "../simulation/outcome.js";
import type { Plan } from "../simulation/plan.js";
import { resultOf } from "./cell-result.js";
import { type Cell, type CellResult, cellsOf } from "./cells.js";
import { runGuardedCells } from "./guarded-runs.js";
import type { Kept, Watching } from "./watched-run.js";

export interface SweepOptions {
  readonly plans: readonly Plan[];
  readonly seeds: readonly string[];
  /** Worker threads; 0 runs in this thread. */
  readonly workers: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** By plan: what is to be kept of each of its runs beside their outcomes. */
  readonly watching?: readonly (Watching | null)[];
}

export interface Sweep {
  /** Of every finished seed, by seed and then by plan; null where a policy of the user's own has ended the run. */
  readonly outcomes: readonly (readonly (Outcome | null)[])[];
  /** The runs that a policy of the user's own has ended, in the order of work. */
  readonly failed: readonly FailedRun[];
  readonly seeds: readonly string[];
  readonly complete: boolean;
  /** Of each run in the order of work; null where nothing was to be kept, or the run was not finished. */
  readonly kept: readonly (Kept | null)[];
}

export interface FailedRun {
  readonly architecture: string;
  readonly seed: string;
  readonly failure: PolicyFailure;
}

export class CellError extends Error {
  override readonly name = "CellError";
}

/**
 * Runs every plan with every seed on a pool of threads. Results come in the order of plans and seeds, whatever the
 * order in which they were ready. When the signal aborts, only seeds that every plan has finished are kept.
 */
export async function sweep(options: SweepOptions): Promise<Sweep> {
  const { plans, seeds, workers, signal } = options;
  const cells = cellsOf(plans, seeds, options.watching ?? []);
  const kept = new Array<Kept | null>(cells.length).fill(null);
  const results = new Array<Outcome | null>(cells.length).fill(null);
  const failures = new Array<PolicyFailure | null>(cells.length).fill(null);
  let done = 0;
  const take = (index: number, result: CellResult): void => {
    if (!result.ok && result.failure !== undefined) {
      failures[index] = result.failure;
      options.onProgress?.(++done, cells.length);
      return;
    }
    if (!result.ok) {
      const { plan, seed } = cells[index]!;
      const message = `architecture ${plans[plan]!.architecture}, seed ${seed}: ${result.error}`;
      throw result.input ? new RangeError(message) : new CellError(message);
    }
    results[index] = result.outcome;
    kept[index] = result.kept;
    options.onProgress?.(++done, cells.length);
  };
  if (plans.some(({ plugins }) => plugins.length > 0)) {
    await runGuardedCells(cells, plans, workers, signal, take);
  } else if (workers === 0) {
    for (const [index, cell] of cells.entries()) {
      if (signal?.aborted) break;
      take(index, resultOf(plans[cell.plan]!, cell));
      // Lets a signal in between two runs.
      await new Promise((resume) => setImmediate(resume));
    }
  } else {
    await onPool(cells, plans, Math.min(workers, cells.length), signal, take);
  }
  const finished = seeds.flatMap((seed, index) => {
    const from = index * plans.length;
    const outcomes = results.slice(from, from + plans.length);
    const isFinished = outcomes.every((outcome, plan) => outcome !== null || failures[from + plan] !== null);
    return isFinished ? [{ seed, outcomes }] : [];
  });
  return {
    outcomes: finished.map(({ outcomes }) => outcomes),
    seeds: finished.map(({ seed }) => seed),
    complete: finished.length === seeds.length,
    kept,
    failed: failures.flatMap((failure, index) => {
      const { plan, seed } = cells[index]!;
      return failure === null ? [] : [{ architecture: plans[plan]!.architecture, seed, failure }];
    }),
  };
}

async function onPool(
  cells: readonly Cell[],
  plans: readonly Plan[],
  workers: number,
  signal: AbortSignal | undefined,
  take: (index: number, result: CellResult) => void,
): Promise<void> {
  const pool = new Piscina({
    filename: new URL("job.js", import.meta.url).href,
    name: "runCell",
    minThreads: workers,
    maxThreads: workers,
    workerData: { plans },
  });
  const stop = (): void => void pool.destroy();
  signal?.addEventListener("abort", stop);
  try {
    await Promise.all(
      cells.map(async (cell, index) => {
        take(index, JSON.parse((await pool.run(cell)) as string) as CellResult);
      }),
    );
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
    await pool.destroy();
  }
}

/** One digest for many runs: of events and metrics, by architecture and seed in sorted order. */
export function digestOf(outcomes: readonly Outcome[]): string {
  const lines = outcomes.map(
    ({ architecture, seed, digests }) => `${architecture} ${seed} ${digests.events} ${digests.metrics}`,
  );
  return createHash("sha256").update(lines.toSorted().join("\n")).digest("hex").slice(0, 32);
}
