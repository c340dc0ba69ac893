import { workerData } from "piscina";
import type { Plan } from "../simulation/plan.js";
import { resultOf } from "./cell-result.js";
import type { Cell } from "./cells.js";

/** The plans reach a worker once; every task is a cell, every answer a text: that crosses threads fastest. */
const plans = (workerData as { readonly plans: readonly Plan[] }).plans;

export function runCell(cell: Cell): string {
  return JSON.stringify(resultOf(plans[cell.plan]!, cell));
}
