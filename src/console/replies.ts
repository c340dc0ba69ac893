import { isVain, refusalIn } from "../operate/told.js";
import { NOBODY } from "../policies/contract.js";
import type { Order, Reply } from "../simulation/order-plan.js";
import type { Plan } from "../simulation/plan.js";
import { clock, count } from "./layout.js";

/** What the control plane answers to an order; null where it takes it. */
export function refusalOf(plan: Plan, reply: Reply): string | null {
  if (reply.refused === null) return null;
  const { message, hint } = refusalIn(plan, reply.refused, reply);
  return `${isVain(reply.refused) ? "nothing is done" : "refused"}: ${message}; ${hint}`;
}

/** What will come of an order that was taken: letters that may be late or lost. */
export function taken(plan: Plan, order: Order, reply: Reply): string {
  const name = (region: number): string => (region === NOBODY ? "nobody" : plan.regions[region]!.name);
  const { failover, policies } = plan;
  switch (order.kind) {
    case "promote":
      if (!order.force)
        return `ordered: ${name(reply.leader)} is to stop writing, and ${name(reply.region)} to lead once it has everything (\`until promotion\`)`;
      return forced(name(reply.leader), name(reply.region), reply.behind, failover.fencing);
    case "failover":
      return forced(name(reply.leader), name(reply.region), reply.behind, failover.fencing);
    case "fault": {
      const { label, until } = order.fault;
      return `${label} begins now and ${until === Number.POSITIVE_INFINITY ? "does not end" : `ends at ${clock(until)}`}`;
    }
    case "add":
      return added(plan, order.region);
    case "reset":
      return `ordered: ${name(order.region)} is to give up its copy and take a whole one (\`replication status\`)`;
    default:
      return `ordered: ${name(order.region)} is to ${order.kind} its part of replication ${policies.replication.name} (\`replication status\`)`;
  }
}

/** What is to become of a region that is added, and what nobody does by himself. */
function added({ regions, policies, health }: Plan, region: number): string {
  const { name, joins, instances } = regions[region]!;
  const fleet = count(instances, "instance", "instances");
  const way =
    joins === "edge"
      ? "users are led there once it is believed healthy"
      : "then a whole copy is sent there, and once that is level users are led there and it may lead";
  const everywhere = joins !== "edge" && policies.primary === NOBODY ? "; it takes writes, as every copy does" : "";
  const from = regions[health.controller]!.name;
  return `ordered from ${from}: ${fleet} of ${name} ${instances === 1 ? "is" : "are"} launched, ${way}${everywhere} (\`region list\`, \`until belief\`)`;
}

const forced = (leader: string, heir: string, behind: number, fencing: string): string =>
  `ordered: ${leader} is fenced (${fencing}), and ${heir} promoted, which is ${count(behind, "write", "writes")} behind as last reported (\`until promotion\`)`;
