import type { Bounds } from "../policies/options.js";
import { DAY, HOUR, MILLISECOND, MINUTE, SECOND } from "../units/time.js";
import { SCENARIO } from "./format.js";
import type { Settings } from "./settings.js";
import { shapeAt } from "./shape.js";
import type { Source } from "./source.js";

type Table = Readonly<Record<string, Bounds>>;

const KBPS = 125;
const MOST_INSTANCES: Bounds = { least: 1, most: 100_000 };
const LAST_OPERATIONS = "the run goes on until the last operations have had their time";
const PERIODIC = "periodic work at a shorter interval would fill the run";

const CLIENT_BOUNDS: Table = {
  "client.timeout": { above: 0 },
  "client.retries.attempts": { least: 1, most: 100 },
  "client.hedge.after": { above: 0 },
  "client.circuit_breaker.failures": { above: 0 },
  "client.circuit_breaker.of": { least: 1, most: 10_000 },
  "client.circuit_breaker.open_for": { above: 0 },
  "client.handshakes": { most: 20 },
};

/** For `data` itself and for every class in it. */
const ofEachClass = (table: Table): Table =>
  Object.fromEntries(
    Object.entries(table).flatMap(([path, bounds]) => [
      [`data.${path}`, bounds],
      [`data.classes.*.${path}`, bounds],
    ]),
  );

/**
 * What values must keep to so that a run stays within memory, time and the numbers of the engine; by path of the expanded
 * settings, a * for any name. Of a range, the least bounds its first value and the most its last.
 */
export const SHARED_BOUNDS: Table = {
  "topology.bandwidth": { least: KBPS },
  "topology.window": { above: 0 },
  "topology.dwell": { above: 0 },
  "topology.loss": { most: 0.99 },
  "topology.retransmit": { least: MILLISECOND },
  "topology.regions.*.instances": MOST_INSTANCES,
  "topology.regions.*.workers": MOST_INSTANCES,
  "topology.regions.*.service_time": { above: 0, most: HOUR },
  "topology.regions.*.queue": { most: 10_000_000 },
  "access.last_mile": { most: MINUTE },
  "access.last_mile_p99": { most: 10 * MINUTE },
  "access.stretch": { least: 1, most: 100, hint: "below 1 is faster than light in fibre" },
  "users.*.requests": { least: 1 / 86_400, most: 10_000_000 },
  "users.*.think": { least: 10 * MILLISECOND, hint: "a shorter one would fill the run" },
  "users.*.sessions": { least: 1, most: 1_000_000 },
  "client.deadline": { above: 0, most: DAY, hint: LAST_OPERATIONS },
  ...CLIENT_BOUNDS,
  "requests.*.work": { above: 0, most: 10_000 },
  "requests.*.deadline": { above: 0, most: DAY, hint: LAST_OPERATIONS },
  "requests.*.timeout": { above: 0 },
  "requests.*.request": { most: 100_000_000 },
  "requests.*.answer": { most: 100_000_000 },
  ...ofEachClass({
    keys: { least: 1, most: 20_000_000 },
    "popularity.zipf": { least: 0, most: 5 },
    value: { most: 4_000_000 },
    scan: { least: 1, most: 10_000 },
  }),
  "data.request": { most: 4_000_000 },
  "data.shards": { least: 1, most: 4096 },
};

export const ARCHITECTURE_BOUNDS: Table = {
  standby_instances: { above: 0, hint: "a standby without an instance cannot follow" },
  "capacity.*.instances": { most: 100_000 },
  "capacity.*.full_instances": MOST_INSTANCES,
  "capacity.*.boot.median": { above: 0 },
  "boot.median": { above: 0 },
  "failover.lease": { least: 100 * MILLISECOND, hint: PERIODIC },
  "health.interval": { least: 100 * MILLISECOND, hint: PERIODIC },
  "health.timeout": { least: MILLISECOND },
  "health.threshold": { least: 1, most: 1000 },
  "health.recovery": { least: 1, most: 1000 },
  ...CLIENT_BOUNDS,
  "overload.shed_after": { above: 0 },
  "storage.apply.rate": { least: 1 / 60, most: 1_000_000, hint: "leave it out where applying takes no time" },
  read_work: { above: 0, most: 1000 },
  "storage.apply.workers": { least: 1, most: 1024 },
  "cold_cache.slowdown": { least: 1, most: 1000 },
  "transfer.compression": { least: 1, most: 1000 },
  "transfer.compression_rate": { least: KBPS },
  "cold_cache.warm_up": { above: 0 },
  "backups.interval": { least: MINUTE },
  "backups.point_in_time": { least: SECOND },
  "backups.restore": { least: KBPS },
  "backups.replay": { above: 0 },
  "dns.resolvers": { least: 1, most: 10_000 },
  "alerts.monthly_transfer": { above: 0, hint: "of nothing no share is used; leave it out where nobody watches" },
};

/** What a value had to be and is not. */
export function brokenBound(
  value: number | readonly [number, number],
  { least, most, above, below, not }: Bounds,
  show: (value: number) => string,
): string | null {
  const [first, last] = typeof value === "number" ? [value, value] : value;
  if (least !== undefined && first < least) return `${show(least)} or more`;
  if (most !== undefined && last > most) return `${show(most)} or less`;
  if (above !== undefined && first <= above) return `more than ${show(above)}`;
  if (below !== undefined && last >= below) return `less than ${show(below)}`;
  return not !== undefined && first === not ? `anything but ${show(not)}` : null;
}

/** Reports each setting of the file that breaks its bound. What a pattern or a default says keeps them all. */
export function checkBounds(settings: Settings, table: Table, shapePrefix: string, filePrefix: string, source: Source) {
  const rows = Object.entries(table).map(([path, bounds]) => [path.split("."), bounds] as const);
  for (const [path, { value, origin }] of settings.all) {
    if (origin.kind !== "file" || typeof value === "string" || typeof value === "boolean") continue;
    const steps = path.split(".");
    const bounds = rows.find(
      ([row]) => row.length === steps.length && row.every((each, index) => each === "*" || each === steps[index]),
    )?.[1];
    if (bounds === undefined || value === Number.POSITIVE_INFINITY) continue;
    const shape = shapeAt(SCENARIO, `${shapePrefix}${path}`);
    const show = (amount: number): string =>
      shape?.show?.(Array.isArray(value) ? [amount, amount] : amount) ?? `${amount}`;
    const bound = brokenBound(value as number | readonly [number, number], bounds, (amount) =>
      show(amount).replace(/\.\..*/, ""),
    );
    if (bound === null) continue;
    const is = shape?.show?.(value) ?? String(value);
    source.errorAt(`${filePrefix}${origin.name}`, `${called(steps)} is ${is}`, bound, bounds.hint);
  }
}

/** "workers of us-east-1", "client.deadline". */
function called(steps: readonly string[]): string {
  const [first, second, ...rest] = steps;
  const [name, key] = first === "topology" && second === "regions" ? [rest[0], rest.slice(1)] : [second, rest];
  const isNamed = first === "users" || first === "capacity" || second === "regions";
  return isNamed ? `${key!.join(".")} of ${name!.replaceAll("·", ".")}` : steps.join(".");
}
