import type { Meters } from "../simulation/outcome.js";
import type { Plan, RegionPlan } from "../simulation/plan.js";
import { HOUR, SECOND } from "../units/time.js";
import { backupsOf } from "./backups.js";
import { CURRENCY, MONTH_HOURS, kindOf, perUnit } from "./items.js";
import { monthOf } from "./month.js";
import type { Price } from "./price-book.js";
import { type Prices, hasItem, instanceIn, priceOf, storageIn } from "./prices.js";

export const SERVICES = [
  "compute",
  "storage",
  "backup",
  "backup transfer",
  "transfer",
  "cross-zone",
  "egress",
  "replicated writes",
  "health checks",
  "dns",
  "anycast",
] as const;
export type Service = (typeof SERVICES)[number];

export interface BillLine {
  readonly service: Service;
  /** As the price book calls it. */
  readonly item: string;
  /** Where it is charged; "global" for what has no place. */
  readonly region: string;
  /** The other end of a transfer. */
  readonly to: string | null;
  /** In a month. */
  readonly quantity: number;
  readonly unit: string;
  /** Null where no book has one: then there is no amount either. */
  readonly price: number | null;
  readonly priceUnit: string;
  readonly amount: number | null;
  readonly source: string;
  readonly date: string;
  readonly status: string;
}

/** Where what has no place of its own is charged. */
export const GLOBAL = "global";
/** A probe more often than this is charged as a fast one. */
const FAST = 10 * SECOND;

/** Every position of a month's bill; nothing that was not taken. */
export function linesOf(plan: Plan, meters: Meters, prices: Prices): BillLine[] {
  const { regions } = plan;
  const month = monthOf(meters);
  const names = regions.map(({ name }) => name);
  const lines: BillLine[] = [];
  const add = (
    service: Service,
    item: string,
    region: string,
    to: string | null,
    counted: number,
    price: Price | undefined,
  ): void => {
    if (counted > 0) lines.push(lineOf(service, item, region, to, counted, price));
  };

  for (const [id, name] of names.entries())
    for (const { item, count, price } of instanceIn(prices, name).parts)
      add("compute", item, name, null, month.instanceHours[id]! * (plan.scaled ?? 1) * count, price);

  for (const [id, name] of names.entries()) {
    const item = `storage ${storageIn(prices, name)}`;
    add("storage", item, name, null, month.storedBytes[id]!, priceOf(prices, item, name));
  }

  for (const { region, from, stored, copied } of backupsOf(plan, month)) {
    const at = names[region]!;
    add("backup", "backup", at, null, stored, priceOf(prices, "backup", at));
    if (from !== region) sent("backup transfer", names[from]!, at, copied * (MONTH_HOURS * HOUR));
  }

  for (const [from, sender] of names.entries())
    for (const [to, receiver] of names.entries())
      sent("transfer", sender, receiver, month.transferBytes[from * names.length + to]!);

  for (const [id, region] of regions.entries()) {
    const crossing = 2 * elsewhere(region) * month.userBytes[id]!;
    add("cross-zone", "zone transfer", region.name, null, crossing, priceOf(prices, "zone transfer", region.name));
  }
  for (const [id, name] of names.entries())
    add("egress", "egress", name, null, month.userBytes[id]!, priceOf(prices, "egress", name));

  for (const [id, name] of names.entries()) {
    const item = `replicated write ${storageIn(prices, name)}`;
    // Some classes of storage charge for what comes from other regions; with the others their instances do the work.
    if (!hasItem(prices, item)) continue;
    add("replicated writes", item, name, null, month.replicatedWrites[id]!, priceOf(prices, item, name));
  }

  const { health, dns, places } = plan;
  for (const [id, { name, replica, joins }] of regions.entries()) {
    const isThere = joins === undefined || month.instanceHours[id]! > 0;
    if (!replica || !isThere || health.vantages.length === 0) continue;
    for (const item of health.interval <= FAST ? ["health check", "health check fast"] : ["health check"])
      add("health checks", item, name, null, 1, priceOf(prices, item, name));
  }
  const controller = names[health.controller]!;
  if (dns.anycast !== null)
    add("anycast", "anycast", GLOBAL, null, MONTH_HOURS, priceOf(prices, "anycast", controller));
  else {
    const queries = (places.length * dns.resolvers * dns.names * MONTH_HOURS * HOUR) / Math.max(SECOND, dns.ttl);
    add("dns", "dns query", GLOBAL, null, queries, priceOf(prices, "dns query", controller));
  }
  return lines;

  /** Both ends, where the receiving one is charged too. Between providers bytes travel as to any user. */
  function sent(service: "transfer" | "backup transfer", from: string, to: string, bytes: number): void {
    const [a, b] = [prices.regions[from]?.provider, prices.regions[to]?.provider];
    if (a != null && b != null && a !== b) {
      add(service, "egress", from, to, bytes, priceOf(prices, "egress", from));
      return;
    }
    add(service, "transfer out", from, to, bytes, priceOf(prices, "transfer out", from, to));
    const received = priceOf(prices, "transfer in", to, from);
    if (received !== undefined && received.value > 0) add(service, "transfer in", to, from, bytes, received);
  }
}

function lineOf(
  service: Service,
  item: string,
  region: string,
  to: string | null,
  counted: number,
  price: Price | undefined,
): BillLine {
  const priceUnit = price?.unit ?? kindOf(item)!.units[0]!;
  const quantity = counted / perUnit(priceUnit);
  return {
    ...{ service, item, region, to, quantity, unit: priceUnit.slice(CURRENCY.length + 1), priceUnit },
    price: price?.value ?? null,
    amount: price === undefined ? null : quantity * price.value,
    ...{ source: price?.source ?? "", date: price?.date ?? "", status: price?.status ?? "missing" },
  };
}

/** Share of a region's instances that stand in another zone than its copy; none where the copy spans zones. */
export function elsewhere({ copyZone, zones, instances }: RegionPlan): number {
  if (copyZone < 0 || instances === 0) return 0;
  let beside = 0;
  for (let instance = 0; instance < instances; instance++) if (instance % zones === copyZone) beside++;
  return 1 - beside / instances;
}
