import type { Metered, Meters } from "../simulation/outcome.js";
import { HOUR, MINUTE } from "../units/time.js";
import { MONTH_HOURS } from "./items.js";

const MONTH = MONTH_HOURS * HOUR;
/** A shorter time before the first fault or order says too little of how it is when all is well. */
const LEAST_CALM = MINUTE;

/**
 * What a month takes: the simulated time once, with its faults and an operator's orders, and for the rest of it the time
 * before the first of them. A run without any, one that begins with them and one of a month or more stand for all of it.
 */
export function monthOf(meters: Meters): Metered {
  const calm = calmOf(meters);
  if (calm === null) return sum(meters, MONTH / meters.duration, null, 0);
  return sum(meters, 1, calm, (MONTH - meters.duration) / calm.duration);
}

/** By what the rest of the month goes; null where all of it goes by the whole run. */
export function calmOf({ calm, duration }: Meters): Metered | null {
  return calm === null || calm.duration < LEAST_CALM || duration >= MONTH ? null : calm;
}

function sum(one: Metered, times: number, other: Metered | null, otherTimes: number): Metered {
  const counted = (what: "instanceHours" | "transferBytes" | "userBytes" | "replicatedWrites"): number[] =>
    one[what].map((value, at) => value * times + (other === null ? 0 : other[what][at]! * otherTimes));
  return {
    duration: MONTH,
    instanceHours: counted("instanceHours"),
    transferBytes: counted("transferBytes"),
    userBytes: counted("userBytes"),
    replicatedWrites: counted("replicatedWrites"),
    writes: one.writes * times + (other?.writes ?? 0) * otherTimes,
    // An average over the time and no count.
    storedBytes: one.storedBytes.map((bytes, at) =>
      other === null
        ? bytes
        : (bytes * one.duration * times + other.storedBytes[at]! * other.duration * otherTimes) / MONTH,
    ),
  };
}
