import { workerData } from "piscina";
import type { Plan } from "../simulation/plan.js";
import { run } from "../simulation/run.js";
import type { Cell, CellResult } from "./cells.js";

/** The plans reach a worker once; every task is a cell, every answer a text: that crosses threads fastest. */
const plans = (workerData as { readonly plans: readonly Plan[] }).plans;

export function runCell(cell: Cell): string {
  return JSON.stringify(attempt(plans[cell.plan]!, cell.seed));
}

function attempt(plan: Plan, seed: string): CellResult {
  try {
    return { ok: true, outcome: run(plan, seed) };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}
