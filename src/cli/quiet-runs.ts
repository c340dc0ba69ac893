import type { Outcome } from "../simulation/outcome.js";
import type { Plan } from "../simulation/plan.js";
import type { Sweep } from "../sweep/sweep.js";

/** Each plan without faults and orders: by its runs an outage is weighed, since both have the same luck. */
export const quietly = (plans: readonly Plan[]): Plan[] =>
  plans.map(({ actions: _, ...plan }): Plan => ({ ...plan, faults: [] }));

/** Whether anything in them is not quiet already. */
export const areStruck = (plans: readonly Plan[]): boolean =>
  plans.some(({ faults, actions = [] }) => faults.length + actions.length > 0);

/** Of a sweep over plans and then their quiet twins: that of the plans alone, and by seed what the twins left. */
export function parted(
  swept: Sweep,
  plans: readonly Plan[],
): { readonly main: Sweep; readonly quiet: Sweep["outcomes"] } {
  const outcomes = swept.outcomes.map((seed) => seed.slice(0, plans.length));
  const places = new Map(plans.map(({ architecture }, at) => [architecture, at]));
  const fails = new Map(
    swept.failed.flatMap((run) => {
      const seed = outcomes[swept.seeds.indexOf(run.seed)];
      return seed === undefined || seed[places.get(run.architecture)!] === null
        ? [[JSON.stringify([run.architecture, run.seed]), run]]
        : [];
    }),
  );
  return {
    main: { ...swept, outcomes, failed: [...fails.values()] },
    quiet: swept.outcomes.map((seed) => seed.slice(plans.length)),
  };
}

/** Of one plan over the seeds; null where a policy of the user's own has ended one of the runs. */
export function wholeOf(outcomes: Sweep["outcomes"], plan: number): readonly Outcome[] | null {
  const found = outcomes.flatMap((seed) => seed[plan] ?? []);
  return found.length === outcomes.length ? found : null;
}
