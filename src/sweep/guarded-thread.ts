import { Piscina } from "piscina";
import { Watchdog, Watched } from "../plugins/watchdog.js";
import type { Plan } from "../simulation/plan.js";
import type { Cell, CellResult } from "./cells.js";
import type { GuardedCell } from "./plugin-job.js";

/** Of the thread, beyond what the guard lets pass between two calls. */
const MOST_MEGABYTES = 2048;

/** A result, and whether it took the end of the thread to come to it. */
export interface Guarded {
  readonly result: CellResult;
  readonly ended: boolean;
}

/**
 * One thread of bounded memory that runs cells whose plans may have policies of a user's own, and that is ended when one of
 * them does not come to an end. A call into the engine that never looks up cannot be ended, and a large one may take all
 * memory at once: for these there is the process around it.
 */
export class GuardedThread {
  private readonly pool: Piscina;
  private readonly watchdog = new Watchdog();

  constructor(private readonly plans: readonly Plan[]) {
    this.pool = new Piscina({
      filename: new URL("plugin-job.js", import.meta.url).href,
      name: "runGuarded",
      minThreads: 1,
      maxThreads: 1,
      workerData: { plans },
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    });
  }

  /** Runs one cell; `notes` is a file in which each call is noted before it is made. */
  async run(cell: Cell, notes: string | null): Promise<Guarded> {
    const run = new Watched(this.plans[cell.plan]!.plugins);
    try {
      const text = await this.watchdog.watch(run, () =>
        this.pool.run({ cell, progress: run.progress.shared, notes } satisfies GuardedCell, {
          signal: run.stop.signal,
        }),
      );
      return { result: JSON.parse(text as string) as CellResult, ended: false };
    } catch (error) {
      const failure = failureOf(run, error);
      if (failure === null) throw error;
      return { result: { ok: false, error: failure.what, input: true, failure }, ended: true };
    }
  }
}

function failureOf(run: Watched, error: unknown): Watched["failure"] {
  if ((error as { readonly code?: unknown }).code === "ERR_WORKER_OUT_OF_MEMORY")
    return run.failureOf(`takes more than ${MOST_MEGABYTES} MB of memory`, "let go of what is no longer needed", null);
  return run.failure ?? (run.progress.isInside ? run.failureOf("ends its thread", "let the call return", null) : null);
}
