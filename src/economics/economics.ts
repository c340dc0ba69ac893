import type { Step } from "./engagement.js";

/** What a place's users bring in where every request is answered at once, US dollars. */
export interface Revenue {
  readonly unit: "per_user" | "per_request" | "per_hour";
  readonly value: number;
  /** Of `per_user`. */
  readonly users: number;
}

/** A month whose availability is below this credits so much of the fee. */
export interface Credit {
  readonly below: number;
  readonly credit: number;
}

export interface Agreement {
  /** US dollars a month; null for all revenue. */
  readonly fee: number | null;
  /** From the mildest breach to the worst. */
  readonly credits: readonly Credit[];
}

/** What a system earns, and what its failures cost: a scenario's section `economics`. */
export interface Economics {
  /** By place id. */
  readonly places: readonly Revenue[];
  readonly engagement: readonly Step[];
  /** US dollars for each acknowledged write that is lost; for each that a conflict discards. */
  readonly lostWrite: number;
  readonly overwrittenWrite: number;
  readonly sla: Agreement | null;
  /** The architecture that others are held against. */
  readonly baseline: string;
  /** How often a year the scenario's faults come; null where nobody says. */
  readonly outagesPerYear: number | null;
}

/** Of the fee that a month of this availability credits. */
export function creditAt(sla: Agreement | null, availability: number): number {
  const broken = sla?.credits.filter(({ below }) => availability < below) ?? [];
  return Math.max(0, ...broken.map(({ credit }) => credit));
}
