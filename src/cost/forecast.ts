import type { Plan } from "../simulation/plan.js";
import type { Bill } from "./bill.js";
import type { BillLine, Service } from "./lines.js";

/** A month to come, extrapolated from the bill of what was simulated. */
export interface ForecastMonth {
  /** 0 is now. */
  readonly month: number;
  /** By how much users and data have grown. */
  readonly factor: number;
  readonly total: number;
  readonly lines: readonly BillLine[];
  /** Planned instances by region, of those that have any. */
  readonly instances: Readonly<Record<string, number>>;
}

/** Users and data do not grow beyond so many times. */
export const MOST_GROWTH = 1_000_000;

/** Take as much whatever the number of users: regions are probed, and resolvers ask, by the clock. */
const FIXED: readonly Service[] = ["health checks", "dns", "anycast"];

/** By how much a thing has grown after so many months; Infinity or more than MOST_GROWTH where nobody can believe it. */
export function grown(growth: number, months: number): number {
  let factor = 1;
  for (let month = 0; month < months; month++) factor *= 1 + growth;
  return factor;
}

/**
 * Storage and traffic grow with the factor. A planned fleet grows by whole instances, so that no instance has more to do
 * than now; one that follows its load grows with it; a standby that carries no load keeps its share of the fleet.
 */
export function forecast(plan: Plan, bill: Bill, growth: number, months: number): ForecastMonth[] {
  const paid = new Set(bill.lines.flatMap(({ service, region }) => (service === "compute" ? [region] : [])));
  return Array.from({ length: months + 1 }, (_, month) => {
    const factor = grown(growth, month);
    const fleets = new Map(plan.regions.map((region, id) => [region.name, fleetOf(plan, id, factor)]));
    const lines = bill.lines.map((line) => {
      const fleet = fleets.get(line.region);
      const times = line.service === "compute" ? (fleet?.times ?? factor) : FIXED.includes(line.service) ? 1 : factor;
      return { ...line, quantity: line.quantity * times, amount: line.amount === null ? null : line.amount * times };
    });
    const instances = [...fleets].flatMap(([name, { instances }]) =>
      paid.has(name) && instances > 0 ? [[name, instances] as const] : [],
    );
    return {
      ...{ month, factor, lines, instances: Object.fromEntries(instances) },
      total: lines.reduce((sum, { amount }) => sum + (amount ?? 0), 0),
    };
  });
}

function fleetOf(plan: Plan, id: number, factor: number): { readonly times: number; readonly instances: number } {
  const { instances, fullInstances } = plan.regions[id]!;
  const { primary, scaling } = plan.policies;
  if (instances === 0) return { times: factor, instances: 0 };
  if (scaling.name !== "fixed") return { times: factor, instances: instances * factor };
  const stands = primary >= 0 && id !== primary && instances < fullInstances;
  // Without the last bits of the product a fleet that need not grow would.
  const needed = stands
    ? Math.max(1, Math.round(instances * factor))
    : Math.max(1, Math.ceil(instances * factor - 1e-9));
  return { times: needed / instances, instances: needed };
}
