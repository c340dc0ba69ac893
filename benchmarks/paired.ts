import type { Plan } from "../src/simulation/plan.js";
import { World } from "../src/simulation/world.js";

/** What one run took: processor seconds of the event loop alone, without making the world and without its outcome. */
interface Taken {
  readonly perEvent: number;
  readonly perRequest: number;
}

function taken(plan: Plan, seed: string): Taken {
  const world = new World(plan, seed);
  // What the last run has left is nobody's cost.
  globalThis.gc?.();
  const before = process.cpuUsage();
  world.run();
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  return { perEvent: seconds / world.engine.dispatched, perRequest: seconds / world.availability.ended };
}

/** The middle of the ratios, less one, and their quartiles. */
export interface Spread {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/**
 * How much more `other` takes than `plain`, of the same seed, right before or right after it, in turn: what troubles the
 * machine, and what the compiler has learnt by then, troubles both. Pairs whose ratios are compared and not times.
 */
export function paired(rounds: number, plain: Plan, other: Plan): { event: Spread; request: Spread } {
  const event: number[] = [];
  const request: number[] = [];
  for (const plan of [plain, other]) taken(plan, "warm-up");
  for (let round = 0; round < rounds; round++) {
    const seed = String(round);
    const first = round % 2 === 0 ? taken(plain, seed) : null;
    const second = taken(other, seed);
    const before = first ?? taken(plain, seed);
    event.push(second.perEvent / before.perEvent - 1);
    request.push(second.perRequest / before.perRequest - 1);
  }
  return { event: spreadOf(event), request: spreadOf(request) };
}

function spreadOf(ratios: readonly number[]): Spread {
  const sorted = ratios.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  return { low: at(0.25), middle: at(0.5), high: at(0.75) };
}

/** Whether a median is no further from nothing than the quartiles of doing nothing. */
export const isWithin = ({ middle }: Spread, noise: Spread): boolean =>
  Math.abs(middle) <= Math.max(Math.abs(noise.low), Math.abs(noise.high));

const signed = (ratio: number): string => `${ratio < 0 ? "−" : "+"}${Math.abs(ratio * 100).toFixed(0)} %`;

/** "+3 % (+1 % to +6 %)". */
export const shown = ({ low, middle, high }: Spread): string => `${signed(middle)} (${signed(low)} to ${signed(high)})`;
