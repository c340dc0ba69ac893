import type { Plan } from "../../simulation/plan.js";
import { SECOND } from "../../units/time.js";

const HOURS = 24;

/** The busiest hour of a day over all places: requests per second, and its hour in UTC. */
export function dailyPeak({ places }: Plan): { readonly rate: number; readonly hour: number } {
  let best = { rate: 0, hour: 0 };
  for (let hour = 0; hour < HOURS; hour++) {
    const rate = places.reduce((total, place) => total + place.rate * place.hourly[hour]!, 0);
    if (rate > best.rate) best = { rate, hour };
  }
  return best;
}

/** Requests per second that a region serves with so many instances, by the mean work of a request. */
export function capacityOf(plan: Plan, region: number, instances: number): number {
  const { workersPerInstance, serviceTime } = plan.regions[region]!;
  return (instances * workersPerInstance * SECOND) / (serviceTime * meanWork(plan));
}

/** How long a request keeps a worker, in service times: over types of requests, and over reads and writes. */
function meanWork({ requests, places, readWork }: Plan): number {
  const rate = places.reduce((total, place) => total + place.rate, 0);
  const reads = rate === 0 ? 0 : places.reduce((total, place) => total + place.rate * place.readShare, 0) / rate;
  const work = requests.reduce((total, type) => total + type.share * type.work, 0);
  return work * (reads * readWork + 1 - reads);
}

/** Writes per second over a day's mean, and their bytes. */
export function writeLoad({ places, data: { classes } }: Plan): { readonly rate: number; readonly bytes: number } {
  const shares = classes.reduce((total, { share }) => total + share, 0);
  let [rate, bytes] = [0, 0];
  for (const place of places)
    for (const each of classes) {
      const writes = (place.rate * each.share * (1 - (each.reads ?? place.readShare))) / shares;
      rate += writes;
      bytes += writes * each.valueBytes;
    }
  return { rate, bytes };
}
