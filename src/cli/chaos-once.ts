import { availableParallelism } from "node:os";
import { verdict } from "../console/chaos-test.js";
import { clock, moment } from "../console/layout.js";
import type { Session } from "../console/session.js";
import { seedsFrom } from "../sweep/cells.js";
import { sweep } from "../sweep/sweep.js";
import { parseCount } from "../units/parse.js";
import type { Micros } from "../units/time.js";
import { EXPECTATION_FAILED, Exit, FINE, INTERRUPTED, UNDECIDED, badInput } from "./exit.js";
import { folded } from "./folded.js";
import { interruptible } from "./interruption.js";
import { pricedSweep } from "./priced-sweep.js";

const MOST_SEEDS = 1000;
const EXITS = { kept: FINE, broken: EXPECTATION_FAILED, undecided: UNDECIDED } as const;

/**
 * The one fault on the run as it would be without any: the same seeds with it and without. Returns the exit code, which
 * is that of a check: 1 when the fault breaks what the scenario expects, 4 when more seeds are needed to tell.
 */
export async function chaosOnce(session: Session, line: string, at: Micros, seeds: string): Promise<number> {
  const planned = session.planned(line.replace(/\s--dry-run(=true)?(?=\s|$)/, ""), at);
  if (!planned.ok) {
    const { message, expected, hint } = planned.problem;
    throw badInput(`error: ${[message, expected, hint].filter((each) => each !== undefined).join("; ")}`);
  }
  const { order } = planned.action;
  if (order.kind !== "fault") throw new Error("internal error: a chaos test that is no fault");
  const count = parseCount(seeds);
  if (!count.ok || count.value < 1 || count.value > MOST_SEEDS)
    throw badInput(`--seeds is "${seeds.slice(0, 40)}"; expected a whole number from 1 to ${MOST_SEEDS}`);
  const { faults, actions = [] } = session.plan;
  const without = { ...planned.plan, faults: [], actions: [] };
  const plans = [{ ...without, actions: [planned.action] }, without];
  const all = seedsFrom(session.facts.seed, count.value);
  const interruption = interruptible("a part of a test has no verdict");
  const swept = await sweep({
    plans,
    seeds: all,
    workers: availableParallelism(),
    signal: interruption.signal,
  }).finally(interruption.end);
  if (!swept.complete) throw new Exit(INTERRUPTED);
  const { outcomes } = pricedSweep(swept, plans, session.scenario.prices);
  const { label, until } = order.fault;
  const lasts = until === Number.POSITIVE_INFINITY ? "to its end (--for=5m ends it earlier)" : `to ${clock(until)}`;
  const { lines, worst } = verdict(
    { plan: plans[0]!, fault: order.fault, scenario: session.scenario },
    outcomes.map(([withIt]) => withIt!),
    outcomes.map(([, bare]) => bare!),
  );
  const told = [
    `${label}, from ${moment(at, without.duration)} ${lasts}; ${without.architecture}, ${all.length === 1 ? `seed ${all[0]}` : `${all.length} seeds`}`,
    ...(faults.length + actions.length === 0
      ? []
      : [`(what else the scenario has happen is left out: ${faults.length} faults, ${actions.length} orders)`]),
    ...lines,
  ];
  process.stdout.write(`${folded(told.join("\n"))}\n`);
  return EXITS[worst];
}
