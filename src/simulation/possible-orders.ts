import { type Catalogue, choose } from "../policies/catalogue.js";
import { NOBODY } from "../policies/contract.js";
import type { Order, Refused } from "./order-plan.js";
import { type GroupPlan, placementIn } from "./placement-plan.js";
import type { Plan } from "./plan.js";

/** Why this architecture can never carry the order out, whenever it is given; null if it may. */
export function neverPossible(plan: Plan, catalogue: Catalogue, order: Order): Refused | null {
  if (order.kind === "fault") return null;
  const { groups } = placementIn(plan);
  const named = order.kind === "promote" || order.kind === "failover" ? order.to : order.region;
  const held = groups.filter(({ holders }) => named === NOBODY || holders.includes(named));
  if (held.length === 0) return "no-copy";
  const { name, options } = plan.policies.failover;
  if (order.kind === "promote" || order.kind === "failover") {
    if (choose("failover", name, catalogue).on(options).follows === true) return "follows";
    return held.every(({ primary }) => primary === NOBODY) ? "no-leader" : null;
  }
  return withoutReplication(plan, catalogue, held, order.kind);
}

function withoutReplication(
  plan: Plan,
  catalogue: Catalogue,
  held: readonly GroupPlan[],
  kind: "pause" | "resume" | "reset",
): Refused | null {
  if (held.every(({ holders }) => holders.length < 2)) return "only-copy";
  const { gives } = choose("replication", plan.policies.replication.name, catalogue);
  return kind !== "reset" && gives.confirms === true ? "asks-others" : null;
}
