import { NOBODY, type Router, type Routing, type TrafficView } from "../policies/contract.js";
import type { OptionValues } from "../policies/options.js";
import { Dice } from "./dice.js";
import { type Range, type Report, Tally } from "./report.js";
import { scenarioOf, tryOut } from "./trial.js";
import { LEASED, chosen, isBundled } from "./worlds.js";

export interface RoutingOptions extends Range {
  /** Settings as in a scenario file; and the same as the policy gets them, for the three regions of the suite. */
  readonly settings?: string;
  readonly values?: OptionValues;
}

const REGIONS = [0, 1, 2];
const VIEWS = 200;
const LAWS = {
  known: "answers a region of the view, or nobody",
  alive: "answers no region that looks dead, but the leader, while another looks healthy",
  somebody: "answers somebody while all look healthy",
  same: "same view, same answer",
} as const;

/**
 * Holds a routing against its contract: in views at random, whatever their order, and in worlds with one primary in which
 * anything may fail.
 */
export function checkRouting(policy: Routing, options: RoutingOptions = {}): Report {
  const tally = new Tally("routing", policy.name, "checkRouting", options);
  const values = { ...defaultsOf(policy), ...options.values };
  const own = { routing: isBundled("routing", policy) ? [] : [policy] };
  const architecture = `
    primary: us-east-1
    standbys: [eu-west-1, ap-southeast-1]
    standby_instances: full
    placement: everywhere
    replication: async
    conflict: none
    routing: ${chosen(policy.name, options.settings)}
    misdirected: forward
    failover: ${LEASED}
`;
  const weather = { disks: ["kept", "synced", "lost"], clocks: true, mistakes: true } as const;
  return tally.each((seed) => {
    for (const [law, complaint] of judged(policy, values, new Dice(`routing ${policy.name} views`, seed)))
      tally.judge(law, seed, complaint);
    const text = scenarioOf(`routing ${policy.name}`, seed, { architecture, weather, keys: 400 });
    tryOut(tally, seed, text, own, { checks: ["convergence", "exactly-once", "leader-per-term"], recovers: true });
  });
}

function judged(policy: Routing, values: OptionValues, dice: Dice): Map<string, string | null> {
  const complaints = new Map<string, string | null>(Object.values(LAWS).map((law) => [law, null]));
  const complain = (law: string, says: string): void => void complaints.set(law, complaints.get(law) ?? says);
  const [router, twin] = [policy.on(values), policy.on(values)] as [Router, Router];
  for (let count = 0; count < VIEWS; count++) {
    const { view, healthy } = viewOf(dice, policy.byRequest === true);
    const answer = router.contact(view);
    const seen = `leader ${view.leader}, healthy [${healthy}], share ${view.share}: it answered ${answer}`;
    if (answer !== NOBODY && !REGIONS.includes(answer)) complain(LAWS.known, seen);
    else if (answer !== NOBODY && answer !== view.leader && healthy.length > 0 && !healthy.includes(answer))
      complain(LAWS.alive, seen);
    if (answer === NOBODY && healthy.length === REGIONS.length) complain(LAWS.somebody, seen);
    const [again, other] = [router.contact(view), twin.contact(view)];
    if (again !== answer || other !== answer) complain(LAWS.same, `${seen}, then ${again}, and another one ${other}`);
  }
  return complaints;
}

function viewOf(dice: Dice, byRequest: boolean): { readonly view: TrafficView; readonly healthy: readonly number[] } {
  const healthy = REGIONS.filter(() => dice.uniform() < 0.6);
  const [far, map] = [0, 1].map(() => REGIONS.map(() => dice.between(1, 300_000))) as [number[], number[]];
  const tiers = REGIONS.map(() => dice.pick(["core", "regional", "edge"] as const));
  const request = { type: dice.pick(["real-time", "batch", "static"]), bytes: dice.pick([200, 50_000, 5_000_000]) };
  const view = {
    regions: REGIONS,
    leader: dice.pick([NOBODY, 0, 1, 2]),
    share: dice.uniform(),
    request: byRequest ? request : null,
    healthy: (region: number) => healthy.includes(region),
    roundTrip: (region: number) => far[region]!,
    distance: (region: number) => map[region]!,
    tier: (region: number) => tiers[region]!,
  };
  return { view, healthy };
}

export const defaultsOf = ({ options }: Pick<Routing, "options">): OptionValues =>
  Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default])) as OptionValues;
