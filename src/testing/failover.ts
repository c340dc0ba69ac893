import { type Failover, type FailoverJudge, type FailoverView, NOBODY } from "../policies/contract.js";
import type { OptionValues } from "../policies/options.js";
import { Dice } from "./dice.js";
import { type Range, type Report, Tally } from "./report.js";
import { defaultsOf } from "./routing.js";
import { scenarioOf, tryOut } from "./trial.js";
import { chosen, elected, isBundled, onePrimary } from "./worlds.js";

export interface FailoverOptions extends Range {
  /** Settings as in a scenario file; and the same as the policy gets them, for the three regions of the suite. */
  readonly settings?: string;
  readonly values?: OptionValues;
}

const LOOKS = 200;
const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;
const LAWS = {
  candidate: "promotes a standby, keeps the leader, or has nobody",
  alive: "promotes no region that looks unhealthy",
  calm: "leaves a leader alone that looks healthy",
  same: "same view, same answer",
} as const;

/**
 * Holds a failover against its contract: in views at random as time goes on, and in worlds in which anything may fail,
 * under each fencing that is certain: one leader a term, one primary at a time, and the copies agree in the end.
 */
export function checkFailover(policy: Failover, options: FailoverOptions = {}): Report {
  const tally = new Tally("failover", policy.name, "checkFailover", options);
  const values = { ...defaultsOf(policy), ...options.values };
  const own = { failover: isBundled("failover", policy) ? [] : [policy] };
  const { follows = false, lock } = policy.on(values);
  // Where the copies elect: there is nothing to fence. A lock is a lease, whoever keeps it.
  const elects = follows && lock === undefined;
  const use = (fencing: string): string =>
    `{${[`use: ${policy.name}`, ...(options.settings ? [options.settings] : []), fencing].join(", ")}}`;
  const weather = { disks: ["kept", "synced", "lost"], clocks: true, mistakes: true } as const;
  return tally.each((seed) => {
    if (!follows)
      for (const [law, complaint] of judged(policy, values, new Dice(`failover ${policy.name} views`, seed)))
        tally.judge(law, seed, complaint);
    // Clocks that are off break leases, as they do: only where they are right is a lease certain.
    const lease = follows || seed % 2 === 0;
    const fencing =
      lock !== undefined
        ? "lease: 5s, promotion: 2s"
        : lease
          ? "fencing: lease, lease: 5s, promotion: 2s, verify: 1s"
          : "fencing: stonith, on_unknown: wait, fence_timeout: 5s, promotion: 2s, verify: 1s";
    const architecture = elects
      ? elected("raft", "local").replace("failover: consensus", `failover: ${chosen(policy.name, options.settings)}`)
      : onePrimary("async", "local", use(fencing));
    const world = { architecture, weather: lease ? { ...weather, clocks: false } : weather, keys: 400 };
    const checks = ["convergence", "exactly-once", "leader-per-term", ...(elects ? [] : ["one-primary"])];
    tryOut(tally, seed, scenarioOf(`failover ${policy.name}`, seed, world), own, { checks });
  });
}

function judged(policy: Failover, values: OptionValues, dice: Dice): Map<string, string | null> {
  const complaints = new Map<string, string | null>(Object.values(LAWS).map((law) => [law, null]));
  const complain = (law: string, says: string): void => void complaints.set(law, complaints.get(law) ?? says);
  const [judge, twin] = [policy.on(values), policy.on(values)] as [FailoverJudge, FailoverJudge];
  const since = [0, 0, 0].map(() => Number.POSITIVE_INFINITY);
  let [now, leader] = [0, 0];
  for (let look = 0; look < LOOKS; look++) {
    now += dice.between(1, 300) * SECOND;
    for (const region of [0, 1, 2])
      if (dice.uniform() < 0.3) since[region] = dice.uniform() < 0.5 ? now : Number.POSITIVE_INFINITY;
    const view = viewOf(dice, now, leader, [...since]);
    const answer = judge.leader(view);
    const unwell = [0, 1, 2].filter((region) => !view.healthy(region));
    const seen = `at ${now / SECOND} s, leader ${leader}, unhealthy [${unwell}]: it answered ${answer}`;
    if (answer !== leader && answer !== NOBODY && !view.standbys.includes(answer)) complain(LAWS.candidate, seen);
    else if (answer !== leader && answer !== NOBODY && !view.healthy(answer)) complain(LAWS.alive, seen);
    if (answer !== leader && view.healthy(leader)) complain(LAWS.calm, seen);
    const planned = judge.planned?.(view) ?? leader;
    if (![0, 1, 2].includes(planned)) complain(LAWS.candidate, `${seen}, and plans for ${planned}`);
    if (judge.leader(view) !== answer || twin.leader(view) !== answer) complain(LAWS.same, seen);
    if (answer !== NOBODY) leader = answer;
  }
  return complaints;
}

function viewOf(dice: Dice, now: number, leader: number, since: readonly number[]): FailoverView {
  const positions = [0, 1, 2].map(() => dice.between(-1, 1000));
  const lags = [0, 1, 2].map(() => dice.below(60) * SECOND);
  const terms = [0, 1, 2].map(() => dice.between(1, 3));
  return {
    now,
    timeOfDay: now % DAY,
    leader,
    standbys: [0, 1, 2].filter((region) => region !== leader),
    healthy: (region) => since[region] === Number.POSITIVE_INFINITY,
    unhealthySince: (region) => since[region]!,
    position: (region) => positions[region]!,
    logTerm: (region) => terms[region]!,
    behindFor: (region) => lags[region]!,
  };
}
