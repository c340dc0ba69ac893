import { parse } from "yaml";
import { type Prices, priceOf } from "../cost/prices.js";
import type { Plan } from "../simulation/plan.js";

/** A change to an architecture that may make it cheaper, to be tried; or why there is none of its kind. */
export type Suggestion =
  | { readonly kind: string; readonly name: string; readonly change: string; readonly architecture: Settings }
  | { readonly kind: string; readonly why: string };

/** An architecture as a file gives it, once its YAML is read. */
type Settings = Readonly<Record<string, unknown>>;
type File = Readonly<Record<string, unknown>> & {
  readonly architectures: Readonly<Record<string, Settings>>;
  readonly actions?: readonly Order[];
};
type Order = Settings & { readonly in?: string | readonly string[] };

/** What compression makes of replicated data is the user's to measure: as in the scenario that comes along. */
const COMPRESSION = 4;
const LADDER = [
  "single-region",
  "backup-and-restore",
  "pilot-light",
  "warm-standby",
  "active-passive",
  "active-active",
];
/** What holds for an architecture of any pattern. */
const KEPT = [
  "health",
  "client",
  "overload",
  "storage",
  "transfer",
  "dns",
  "boot",
  "cold_cache",
  "governance",
  "capacity",
];

/** Changes of every kind for the architecture of this plan, each as it would stand in the file. */
export function suggestionsFor(text: string, plan: Plan, prices: Prices): Suggestion[] {
  const { architectures } = parse(text, { maxAliasCount: -1 }) as File;
  const own = architectures[plan.architecture] ?? {};
  return [
    selective(own, plan, prices),
    compressed(own, plan),
    ...cheaperPrimaries(own, plan, prices),
    smallerStandby(own, plan),
    ...otherPatterns(own, plan),
  ];
}

/** What an operator orders in an architecture, in the order of the file. */
const ordersIn = ({ actions = [] }: File, base: string): Order[] =>
  actions.filter(({ in: only }) => only === undefined || [only].flat().includes(base));

export const orderCount = (text: string, base: string): number =>
  ordersIn(parse(text, { maxAliasCount: -1 }) as File, base).length;

/**
 * The scenario with these architectures only, and nothing promised of them; JSON is YAML. What an operator orders in the
 * first is ordered in the others too where `takes` says so, by the order's number among those.
 */
export function withArchitectures(
  text: string,
  base: string,
  others: Readonly<Record<string, Settings>>,
  takes: (order: number) => boolean,
): string {
  const file = parse(text, { maxAliasCount: -1 }) as File;
  const { expect: _, architectures, ...rest } = file;
  const actions = ordersIn(file, base).map(({ in: only, ...order }, number) =>
    takes(number) ? order : { ...order, in: base },
  );
  return JSON.stringify({ ...rest, actions, architectures: { [base]: architectures[base] ?? {}, ...others } }, null, 1);
}

const holdersOf = (plan: Plan): number[] => plan.regions.flatMap(({ replica }, id) => (replica ? [id] : []));

function selective(own: Settings, plan: Plan, prices: Prices): Suggestion {
  const kind = "selective replication";
  const holders = holdersOf(plan);
  const { classes } = plan.data;
  if (holders.length < 3)
    return { kind, why: `there are ${holders.length} copies, and fewer than two survive nothing` };
  if (classes.length < 2)
    return { kind, why: "all data are of one class (data.classes), so all of them have the same copies" };
  if (plan.placement !== null) return { kind, why: "its classes have copies of their own already" };
  const written = classes.map(({ share, reads, valueBytes }) => share * (1 - (reads ?? 0.5)) * valueBytes);
  const heaviest = classes[written.indexOf(Math.max(...written))]!;
  const byPrice = holders.toSorted((a, b) => sending(plan, prices, a) - sending(plan, prices, b) || a - b);
  const first = plan.policies.primary >= 0 ? plan.policies.primary : byPrice[0]!;
  const kept = [first, byPrice.find((id) => id !== first)!].map((id) => plan.regions[id]!.name);
  const placement = { ...(own["placement"] as Settings | undefined), for: { [heaviest.name]: kept } };
  return {
    ...{ kind, name: `two copies of ${heaviest.name}` },
    change: `placement: {for: {${heaviest.name}: [${kept.join(", ")}]}}`,
    architecture: { ...own, placement, misdirected: "forward" },
  };
}

function compressed(own: Settings, plan: Plan): Suggestion {
  const kind = "compression";
  if (holdersOf(plan).length < 2) return { kind, why: "there is one copy, and nothing travels between copies" };
  if ((plan.transfer?.ratio ?? 1) > 1) return { kind, why: "what travels between copies is compressed already" };
  const transfer = { ...(own["transfer"] as Settings | undefined), compression: COMPRESSION };
  return {
    kind,
    name: `compression by ${COMPRESSION}, a ratio to be measured on your data`,
    change: `transfer: {compression: ${COMPRESSION}}`,
    architecture: { ...own, transfer },
  };
}

function cheaperPrimaries(own: Settings, plan: Plan, prices: Prices): Suggestion[] {
  const kind = "a cheaper primary";
  const { primary } = plan.policies;
  if (primary < 0) return [{ kind, why: "every region accepts writes" }];
  if (plan.placement !== null) return [{ kind, why: "its groups of data have primaries of their own" }];
  const now = sending(plan, prices, primary);
  const cheaper = plan.regions.flatMap((_, id) => (id !== primary && sending(plan, prices, id) < now ? [id] : []));
  if (cheaper.length === 0)
    return [{ kind, why: `no region sends to the others for less than ${plan.regions[primary]!.name}` }];
  const name = (id: number): string => plan.regions[id]!.name;
  return cheaper.map((id) => {
    // A standby changes places with the primary; a region without a copy takes its place.
    const now = plan.policies.standbys;
    const standbys = now.map((each) => name(each === id ? primary : each));
    const { standby: _, standbys: __, ...rest } = own as Settings & { standby?: unknown; standbys?: unknown };
    const settings = standbys.length === 1 ? { standby: standbys[0] } : { standbys };
    return {
      ...{ kind, name: `${name(id)} leads`, change: `primary: ${name(id)}` },
      architecture: { ...rest, primary: name(id), ...settings },
    };
  });
}

/** Dollars that a region pays to send a GB to each of the others, or to all users where it has no price: never cheaper then. */
function sending(plan: Plan, prices: Prices, from: number): number {
  const { name } = plan.regions[from]!;
  return plan.regions.reduce((sum, { name: to }, id) => {
    if (id === from) return sum;
    return sum + (priceOf(prices, "transfer out", name, to)?.value ?? Number.POSITIVE_INFINITY);
  }, 0);
}

function smallerStandby(own: Settings, plan: Plan): Suggestion {
  const kind = "a smaller standby";
  const { primary, standbys } = plan.policies;
  if (primary < 0) return { kind, why: "no region stands by" };
  const largest = Math.max(0, ...standbys.map((id) => plan.regions[id]!.instances));
  if (largest <= 1) return { kind, why: "the standbys have one instance at most" };
  const isFull = standbys.some((id) => plan.regions[id]!.instances >= plan.regions[id]!.fullInstances);
  const size = isFull ? "30%" : 1;
  return {
    ...{ kind, name: isFull ? "a standby of 30 %" : "a standby of one instance" },
    change: `standby_instances: ${size}`,
    architecture: { ...own, standby_instances: size },
  };
}

function otherPatterns(own: Settings, plan: Plan): Suggestion[] {
  const { primary, standbys } = plan.policies;
  const holders = holdersOf(plan);
  const first = primary >= 0 ? primary : (holders[0] ?? 0);
  const second = standbys.find((id) => id !== first) ?? plan.regions.findIndex((_, id) => id !== first);
  const kept = Object.fromEntries(Object.entries(own).filter(([key]) => KEPT.includes(key)));
  return LADDER.filter((pattern) => pattern !== String(own["pattern"] ?? "").replaceAll("_", "-")).map((pattern) => {
    const [home, standby] = [plan.regions[first]!.name, plan.regions[second]?.name];
    const roles =
      pattern === "active-active" ? {} : pattern === "single-region" ? { primary: home } : { primary: home, standby };
    const words = ["pattern", ...Object.keys(roles)].map((key) => `${key}: ${{ pattern, ...roles }[key as "pattern"]}`);
    return {
      kind: "another pattern",
      name: pattern,
      change: words.join(", "),
      architecture: { ...kept, pattern, ...roles },
    };
  });
}
