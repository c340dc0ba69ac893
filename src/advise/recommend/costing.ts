import { MONTH_HOURS, perUnit } from "../../cost/items.js";
import type { Price } from "../../cost/price-book.js";
import { type Prices, instanceIn, priceOf, storageIn } from "../../cost/prices.js";
import type { Meters } from "../../simulation/outcome.js";
import type { RegionFacts } from "../../topology/places.js";
import { SWING, WORKERS } from "./fleet.js";

/**
 * What things cost, dollars; null where no price is known. Storage and backups by byte and month, a worker's share of an instance by
 * month, bytes from region to region and to users.
 */
export interface Costing {
  storage(region: number): number | null;
  backup(region: number): number | null;
  worker(region: number): number | null;
  transfer(from: number, to: number): number | null;
  egress(region: number): number | null;
}

/** The list prices of the candidates' provider. */
export function pricesOf(candidates: readonly RegionFacts[]): Prices {
  const usual = { instance: null, instancePrice: null, egressPrice: null, storage: null };
  const regions = candidates.map(({ name, provider, continent }) => [name, { name, provider, continent, ...usual }]);
  return { own: null, regions: Object.fromEntries(regions) };
}

/** Looked up once for each region and pair: a screening asks for them a hundred thousand times. */
export function costingOf(candidates: readonly RegionFacts[]): Costing {
  const prices = pricesOf(candidates);
  const by = (price: Price | undefined): number | null =>
    price === undefined ? null : price.value / perUnit(price.unit);
  const names = candidates.map(({ name }) => name);
  const storage = names.map((name) => by(priceOf(prices, `storage ${storageIn(prices, name)}`, name)));
  const backup = names.map((name) => by(priceOf(prices, "backup", name)));
  const egress = names.map((name) => by(priceOf(prices, "egress", name)));
  const workers = names.map((name) => {
    const { parts } = instanceIn(prices, name);
    if (parts.some(({ price }) => price === undefined)) return null;
    return (parts.reduce((sum, { count, price }) => sum + count * price!.value, 0) * MONTH_HOURS) / WORKERS;
  });
  // Both ends, where the receiving one is charged too.
  const received = names.map((from) => names.map((to) => by(priceOf(prices, "transfer in", to, from)) ?? 0));
  const transfer = names.map((from, id) =>
    names.map((to, other) => {
      const sent = by(priceOf(prices, "transfer out", from, to));
      return sent === null ? null : sent + received[id]![other]!;
    }),
  );
  return {
    storage: (region) => storage[region]!,
    backup: (region) => backup[region]!,
    worker: (region) => workers[region]!,
    egress: (region) => egress[region]!,
    transfer: (from, to) => transfer[from]![to]!,
  };
}

/**
 * What a model to scale has metered, as the whole would have: at the mean of a day and not at its peak. `factor` is that of
 * the model. Bytes at rest are those of the data, whatever the scale.
 */
export function wholeMeters(meters: Meters, factor: number): Meters {
  const up = (values: readonly number[], by: number): number[] => values.map((value) => value * by);
  const traffic = 1 / (factor * SWING);
  return {
    ...meters,
    instanceHours: up(meters.instanceHours, 1 / (factor * WORKERS)),
    transferBytes: up(meters.transferBytes, traffic),
    userBytes: up(meters.userBytes, traffic),
    replicatedWrites: up(meters.replicatedWrites, traffic),
    writes: meters.writes * traffic,
  };
}
