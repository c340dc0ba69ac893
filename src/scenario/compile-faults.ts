import type { FaultKind, FaultPlan } from "../simulation/plan.js";
import type { RawFault, RawScenario, Where } from "./format.js";

/** Names in a fault that stand for a region or a place, with their path below it. */
export function namesIn(fault: RawFault): [string, string, "region" | "site"][] {
  const found: [string, string, "region" | "site"][] = [];
  if (fault.region_outage !== undefined) found.push(["region_outage", fault.region_outage, "region"]);
  if (fault.clock_skew !== undefined) found.push(["clock_skew", fault.clock_skew, "region"]);
  for (const kind of ["partition", "degraded_latency", "loss", "bandwidth"] as const) {
    const where = fault[kind];
    if (where === undefined) continue;
    where.pair?.forEach((name, index) => name !== undefined && found.push([`${kind}.pair.${index}`, name, "site"]));
    for (const key of ["between", "groups"] as const) {
      where[key]?.forEach((side, i) =>
        side?.forEach((name, j) => name !== undefined && found.push([`${kind}.${key}.${i}.${j}`, name, "site"])),
      );
    }
    if (where.one_way?.from !== undefined) found.push([`${kind}.one_way.from`, where.one_way.from, "site"]);
    if (where.one_way?.to !== undefined) found.push([`${kind}.one_way.to`, where.one_way.to, "site"]);
    if (where.isolate !== undefined) found.push([`${kind}.isolate`, where.isolate, "site"]);
  }
  return found;
}

/** One plan for every strike; links as from * sites + to. */
export function compileFaults(raw: RawScenario, sites: readonly string[], duration: number): FaultPlan[] {
  return (raw.faults ?? []).flatMap((fault) => (fault === undefined ? [] : strikes(fault, sites, duration)));
}

function strikes(fault: RawFault, sites: readonly string[], duration: number): FaultPlan[] {
  const [kind, where] = whatAndWhere(fault);
  const region = sites.indexOf(fault.region_outage ?? fault.clock_skew ?? "");
  const plan: Omit<FaultPlan, "at" | "until"> = {
    kind,
    label: labelOf(fault, kind),
    region,
    links: where === undefined ? [] : linksOf(where, sites),
    disksKept: fault.disks !== "lost",
    factor: fault.factor ?? 1,
    extra: fault.add ?? 0,
    probability: fault.probability ?? 0,
    bandwidth: fault.limit ?? Number.POSITIVE_INFINITY,
    skew: fault.by ?? 0,
  };
  const times = fault.repeat?.times ?? 1;
  const every = fault.repeat?.every ?? 0;
  return Array.from({ length: times }, (_, strike) => {
    const at = (fault.at ?? 0) + strike * every;
    return { ...plan, at, until: fault.for === undefined ? Number.POSITIVE_INFINITY : at + fault.for };
  }).filter((strike) => strike.at < duration);
}

function whatAndWhere(fault: RawFault): [FaultKind, Where | undefined] {
  if (fault.region_outage !== undefined) return ["region-outage", undefined];
  if (fault.clock_skew !== undefined) return ["clock-skew", undefined];
  if (fault.partition !== undefined) return ["partition", fault.partition];
  if (fault.degraded_latency !== undefined) return ["degraded-latency", fault.degraded_latency];
  if (fault.loss !== undefined) return ["loss", fault.loss];
  return ["bandwidth", fault.bandwidth];
}

function labelOf(fault: RawFault, kind: FaultKind): string {
  const names = [...new Set(namesIn(fault).map(([, name]) => name))];
  return `${kind} ${names.join(", ")}`;
}

function linksOf(where: Where, sites: readonly string[]): number[] {
  const links = new Set<number>();
  const id = (name: string | undefined): number => sites.indexOf(name ?? "");
  const both = (a: number, b: number): void => {
    links.add(a * sites.length + b);
    links.add(b * sites.length + a);
  };
  if (where.pair !== undefined) both(id(where.pair[0]), id(where.pair[1]));
  if (where.one_way !== undefined) links.add(id(where.one_way.from) * sites.length + id(where.one_way.to));
  if (where.isolate !== undefined) {
    const alone = id(where.isolate);
    for (let other = 0; other < sites.length; other++) if (other !== alone) both(alone, other);
  }
  for (const a of where.between?.[0] ?? []) for (const b of where.between?.[1] ?? []) both(id(a), id(b));
  const groups = (where.groups ?? []).map((group) => (group ?? []).map(id));
  const members = [...new Set(groups.flat())];
  for (const a of members) {
    for (const b of members) {
      if (a !== b && !groups.some((group) => group.includes(a) && group.includes(b))) both(a, b);
    }
  }
  return [...links].toSorted((a, b) => a - b);
}
