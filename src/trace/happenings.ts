import type { Micros } from "../units/time.js";

/** Kinds of what a trace can tell. */
export const TRACE_KINDS = [
  "operations",
  "writes",
  "letters",
  "probes",
  "health",
  "roles",
  "orders",
  "faults",
] as const;
export type TraceKind = (typeof TRACE_KINDS)[number];
/** Probes and what is heard of health by them are many and say the same. */
export const USUAL_KINDS: readonly TraceKind[] = TRACE_KINDS.filter((kind) => kind !== "probes");

/** What the policies of a kind do, what they go by, and what befell them. */
export const POLICY_HAPPENINGS: Readonly<Record<string, readonly TraceKind[]>> = {
  replication: ["writes", "letters"],
  conflict: ["writes"],
  consistency: ["operations"],
  routing: ["faults", "health", "operations"],
  failover: ["faults", "health", "orders", "roles"],
};

/** Which happenings are told. Null is no restriction. */
export interface TraceFilter {
  readonly kinds: readonly TraceKind[];
  /** A region has a part in it, or it is a fault; what has no region is left out. */
  readonly region: string | null;
  /** Of letters, those that carry a write of the key; roles and faults have none and are told all the same. */
  readonly key: number | null;
  readonly from: Micros;
  readonly to: Micros;
}

export const EVERYTHING: TraceFilter = {
  kinds: USUAL_KINDS,
  region: null,
  key: null,
  from: 0,
  to: Number.POSITIVE_INFINITY,
};

const NONE = -1;

/** Decides about each happening. Regions by their ids in the plan; -1 stands for none. */
export class TraceSieve {
  private readonly region: number;

  /** Throws a RangeError for a region that the run does not have. */
  constructor(
    private readonly filter: TraceFilter,
    regions: readonly string[],
  ) {
    const { region } = filter;
    this.region = region === null ? NONE : regions.indexOf(region);
    if (region !== null && this.region === NONE)
      throw new RangeError(`--trace-region: there is no region "${region}"; expected one of ${regions.join(", ")}`);
  }

  passes(kind: TraceKind, now: Micros, region: number, other = NONE): boolean {
    const { kinds, from, to } = this.filter;
    if (now < from || now > to || !kinds.includes(kind)) return false;
    return (
      this.region === NONE || kind === "faults" || kind === "orders" || region === this.region || other === this.region
    );
  }

  passesKey(key: number): boolean {
    return this.filter.key === null || this.filter.key === key;
  }

  get byKey(): boolean {
    return this.filter.key !== null;
  }
}
