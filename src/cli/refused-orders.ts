import { clock } from "../console/layout.js";
import { refusalIn, refusedWord } from "../operate/told.js";
import type { Outcome } from "../simulation/outcome.js";
import type { Plan } from "../simulation/plan.js";

/**
 * Orders of the scenario that came to nothing, by architecture, for the notes of a result: what is refused is no error, and
 * must not be overlooked. Outcomes by seed and plan; null where there is none.
 */
export function refusedOrders(plans: readonly Plan[], outcomes: readonly (readonly (Outcome | null)[])[]): string[] {
  return plans.flatMap((plan, index) => {
    const runs = outcomes.flatMap((seed) => seed[index] ?? []);
    return (plan.actions ?? []).flatMap(({ label, at }, action) => {
      const replies = runs.flatMap(({ orders }) => orders?.[action]?.reply ?? []);
      const refused = replies.filter((reply) => reply.refused !== null);
      const first = refused[0];
      if (first === undefined) return [];
      const { message, hint } = refusalIn(plan, first.refused!, first);
      const often = runs.length === 1 ? "" : ` in ${refused.length} of ${runs.length} seeds`;
      return [
        `in ${plan.architecture} the order "${label}" at ${clock(at)} is ${refusedWord(first.refused!)}${often}: ${message}; ${hint}`,
      ];
    });
  });
}
