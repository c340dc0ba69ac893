import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import { compiled } from "../plugins/compiled.js";
import { Watchdog, Watched } from "../plugins/watchdog.js";
import type { Plan } from "../simulation/plan.js";
import type { Cell, CellResult } from "./cells.js";

/** Of one thread, beyond what the guard lets pass between two calls. */
const MOST_MEGABYTES = 2048;

/**
 * Runs cells whose plans may have policies of a user's own, on threads of bounded memory that are ended when a policy does
 * not come to an end: whatever it does ends its own run only.
 */
export async function onGuardedPool(
  cells: readonly Cell[],
  plans: readonly Plan[],
  workers: number,
  signal: AbortSignal | undefined,
  take: (index: number, result: CellResult) => void,
): Promise<void> {
  const threads = workers === 0 ? Math.min(cells.length, availableParallelism()) : workers;
  const pool = new Piscina({
    filename: compiled("sweep", "plugin-job", import.meta.url),
    name: "runGuarded",
    minThreads: 1,
    maxThreads: threads,
    workerData: { plans },
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  });
  const watchdog = new Watchdog();
  const stop = (): void => void pool.destroy();
  signal?.addEventListener("abort", stop);
  const one = async (cell: Cell): Promise<CellResult> => {
    const run = new Watched(plans[cell.plan]!.plugins);
    try {
      return await watchdog.watch(run, async () => {
        const task = { cell, progress: run.progress.shared };
        return JSON.parse((await pool.run(task, { signal: run.stop.signal })) as string) as CellResult;
      });
    } catch (error) {
      const isMemory = (error as { readonly code?: unknown }).code === "ERR_WORKER_OUT_OF_MEMORY";
      const isInside = run.progress.isInside && !signal?.aborted;
      const failure = isMemory
        ? run.failureOf(`takes more than ${MOST_MEGABYTES} MB of memory`, "let go of what is no longer needed", null)
        : (run.failure ?? (isInside ? run.failureOf("ends its thread", "let the call return", null) : null));
      if (failure === null) throw error;
      return { ok: false, error: failure.what, input: true, failure };
    }
  };
  try {
    await Promise.all(cells.map(async (cell, index) => take(index, await one(cell))));
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    watchdog.end();
    signal?.removeEventListener("abort", stop);
    await pool.destroy();
  }
}
