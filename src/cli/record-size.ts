import { OPERATION, VERSION } from "../record/record.js";
import { rowBytes } from "../record/table.js";
import { meanRate } from "../simulation/mean-rate.js";
import type { Plan } from "../simulation/plan.js";
import { SECOND } from "../units/time.js";

/**
 * Bytes that the record of a run takes in memory, about: an operation for each that users start, a row for each write in
 * each region that has a copy. Surges and users who think come on top; rows of roles are few.
 */
export function recordBytes(plan: Plan): number {
  const copies = plan.regions.filter(({ replica }) => replica).length;
  const rate = plan.places.reduce((sum, place) => sum + place.rate, 0);
  const writes =
    rate === 0 ? 1 : plan.places.reduce((sum, place) => sum + place.rate * (1 - place.readShare), 0) / rate;
  const operations = plan.trace === null ? (meanRate(plan) * plan.duration) / SECOND : plan.trace.times.length;
  return operations * (rowBytes(OPERATION) + writes * copies * rowBytes(VERSION));
}
