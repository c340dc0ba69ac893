import { priced } from "../cost/priced.js";
import type { Prices } from "../cost/prices.js";
import type { Plan } from "../simulation/plan.js";
import type { Sweep } from "../sweep/sweep.js";

/** A sweep with what each of its runs costs a month. Prices touch no run: the digests stay those of what happened. */
export const pricedSweep = (swept: Sweep, plans: readonly Plan[], prices: Prices): Sweep => ({
  ...swept,
  outcomes: swept.outcomes.map((seed) =>
    seed.map((outcome, index) => (outcome === null ? null : priced(outcome, plans[index]!, prices))),
  ),
});
