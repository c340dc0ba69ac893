import { catalogue } from "../policies/catalogue.js";
import type { Plan } from "../simulation/plan.js";
import { run } from "../simulation/run.js";
import type { Watcher } from "../simulation/watcher.js";
import type { Cell, CellResult } from "./cells.js";
import { watchedRun } from "./watched-run.js";

/** Runs one cell; whatever it throws becomes a value. */
export function resultOf(plan: Plan, { seed, watching }: Cell, policies = catalogue, beside?: Watcher): CellResult {
  const others = beside === undefined ? [] : [beside];
  try {
    if (watching === null) return { ok: true, outcome: run(plan, seed, others, policies), kept: null };
    return { ok: true, ...watchedRun(plan, seed, watching, policies, others) };
  } catch (error) {
    return {
      ok: false,
      error: error instanceof Error ? error.message : String(error),
      input: error instanceof RangeError,
    };
  }
}
