import { refusalIn } from "../operate/told.js";
import { NOBODY } from "../policies/contract.js";
import type { Plan } from "../simulation/plan.js";
import { neverPossible } from "../simulation/possible-orders.js";
import { compile } from "./compile.js";
import type { Scenario } from "./scenario.js";
import type { Source } from "./source.js";

/** Orders that an architecture can never carry out. What may be refused when it is given, the run has to say. */
export function checkOrders(scenario: Scenario, source: Source): void {
  const { plans } = compile(scenario);
  for (const plan of plans) {
    for (const { entry, order, label } of plan.actions ?? []) {
      const refused = neverPossible(plan, scenario.policies, order);
      if (refused === null) continue;
      const region = order.kind === "fault" ? NOBODY : "to" in order ? order.to : order.region;
      const { message, hint } = refusalIn(plan, refused, { region, leader: plan.policies.primary, behind: 0 });
      const others = plans
        .filter(
          (each) => each !== plan && (order.kind !== "add" || isGiven(each, entry)) && isFine(each, scenario, entry),
        )
        .map((each) => each.architecture);
      const way = others.length === 0 ? hint : `${hint}; or give it only \`in: [${others.join(", ")}]\``;
      source.errorWithin(`actions.${entry}.do`, label, 0, `in ${plan.architecture}, ${message}`, undefined, way);
    }
  }
}

/** A region that is added is none where it is not. */
const isGiven = (plan: Plan, entry: number): boolean => (plan.actions ?? []).some((each) => each.entry === entry);

const isFine = (plan: Plan, scenario: Scenario, entry: number): boolean =>
  (plan.actions ?? []).every(
    (each) => each.entry !== entry || neverPossible(plan, scenario.policies, each.order) === null,
  );
