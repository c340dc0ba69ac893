import { availableParallelism } from "node:os";
import type { Plan } from "../simulation/plan.js";
import type { Cell, CellResult } from "./cells.js";
import { PluginProcess } from "./plugin-processes.js";

/**
 * Runs cells whose plans may have policies of a user's own, in processes of their own: whatever a policy does, to its
 * thread or to the whole engine under it, ends its own run only.
 */
export async function runGuardedCells(
  cells: readonly Cell[],
  plans: readonly Plan[],
  workers: number,
  signal: AbortSignal | undefined,
  take: (index: number, result: CellResult) => void,
): Promise<void> {
  const most = workers === 0 ? availableParallelism() : workers;
  const processes = Array.from({ length: Math.min(cells.length, most) }, () => new PluginProcess(plans));
  const stop = (): void => {
    for (const each of processes) each.end();
  };
  signal?.addEventListener("abort", stop);
  let next = 0;
  const work = async (process: PluginProcess): Promise<void> => {
    while (next < cells.length && !signal?.aborted) {
      const index = next++;
      const result = await process.run(cells[index]!);
      if (result !== null) take(index, result);
    }
  };
  try {
    await Promise.all(processes.map(work));
  } finally {
    signal?.removeEventListener("abort", stop);
    stop();
  }
}
