import { type Keyed, Streams } from "../engine/random.js";
import { drawTime } from "../units/time-law.js";
import type { FaultPlan, Plan } from "./plan.js";

/** A generator that strikes more often than this in one run is given up. */
export const MOST_STRIKES = 10_000;

const CHANCE = 0;
const BETWEEN = 1;
const LASTING = 2;

/**
 * The faults of one run, all scripted: what is random is decided by the seed. Each fault has a stream of its own, named
 * after it, so that another fault, or another architecture, shifts none of its strikes.
 */
export function drawFaults(plan: Plan, seed: string): FaultPlan[] {
  const streams = new Streams(seed);
  const seen = new Map<string, number>();
  return plan.faults.flatMap((fault) => {
    const { chance, random } = fault;
    if (chance === 1 && random === null) return [fault];
    const twin = (seen.get(fault.label) ?? 0) + 1;
    seen.set(fault.label, twin);
    const luck = streams.keyed(`fault/${fault.label}${twin === 1 ? "" : `#${twin}`}`);
    const strikes = random === null ? [fault] : renewals(fault, random, luck, plan.duration);
    return strikes
      .filter((_, number) => luck.uniform(number, CHANCE) < chance)
      .map((strike) => ({ ...strike, chance: 1, random: null }));
  });
}

/** Up, down, up, down: an alternating renewal process that begins up at the fault's `at`. */
function renewals(
  fault: FaultPlan,
  { between, lasting }: NonNullable<FaultPlan["random"]>,
  luck: Keyed,
  end: number,
): FaultPlan[] {
  const strikes: FaultPlan[] = [];
  let time = fault.at;
  for (let number = 0; ; number++) {
    time += drawTime(between, luck.uniform(number, BETWEEN));
    if (time >= Math.min(end, fault.until)) return strikes;
    if (strikes.length === MOST_STRIKES)
      throw new RangeError(
        `the random fault "${fault.label}" strikes more than ${MOST_STRIKES} times; let it strike less often`,
      );
    const until = time + drawTime(lasting, luck.uniform(number, LASTING));
    strikes.push({ ...fault, at: time, until });
    time = until;
  }
}
