import { type Catalogue, choose } from "../policies/catalogue.js";
import { NOBODY } from "../policies/contract.js";
import type { Order, Refused } from "./order-plan.js";
import { type GroupPlan, placementIn } from "./placement-plan.js";
import type { Plan } from "./plan.js";

/** Why this architecture can never carry the order out, whenever it is given; null if it may. */
export function neverPossible(plan: Plan, catalogue: Catalogue, order: Order): Refused | null {
  if (order.kind === "fault") return null;
  if (order.kind === "add") return whyNotAdded(plan, catalogue, order.region);
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

/** Why the region cannot come in while it runs; null if it can. */
function whyNotAdded(plan: Plan, catalogue: Catalogue, region: number): Refused | null {
  const { failover, replication } = plan.policies;
  const { gives } = choose("replication", replication.name, catalogue);
  const as = plan.regions[region]!.joins;
  const isEdge = as === "edge";
  if (isEdge && (gives.coordinates === true || !plan.forwards)) return "no-edge";
  if (!isEdge && gives.admits !== true) return "fixed-members";
  if (!isEdge && plan.governance !== null) return "kept-by-law";
  if (plan.placement !== null) return "kept-apart";
  if (isEdge) return null;
  if (as === "primary" && gives.writers === "leader") return "takes-no-writes";
  const { lock } = choose("failover", failover.name, catalogue).on(failover.options);
  return lock === undefined ? null : "lock-keepers";
}
