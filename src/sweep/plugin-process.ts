import { standApart } from "../plugins/apart.js";
import type { Plan } from "../simulation/plan.js";
import type { Cell } from "./cells.js";
import { type Guarded, GuardedThread } from "./guarded-thread.js";

/**
 * The program of a process that runs cells with policies of a user's own, one after the other, for the process that has
 * started it: what ends this one ends one run.
 */
export type Wanted = { readonly plans: readonly Plan[] } | { readonly cell: Cell; readonly notes: string | null };

/** How a run has ended; `broken` is a defect of ours. */
export type Told = Guarded | { readonly broken: string };

standApart();
let thread: GuardedThread;
process.on("message", async (wanted: Wanted) => {
  if ("plans" in wanted) thread = new GuardedThread(wanted.plans);
  else process.send!(await told(wanted.cell, wanted.notes));
});

async function told(cell: Cell, notes: string | null): Promise<Told> {
  try {
    return await thread.run(cell, notes);
  } catch (error) {
    return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
