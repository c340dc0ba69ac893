import { BOUNDS, type Bound, type Clause, broken } from "./bounds.js";
import { type Candidate, candidates } from "./candidates.js";
import { controlFor } from "./control.js";
import type { Costing } from "./costing.js";
import { type Estimate, estimate } from "./estimate.js";
import { FORMS, familyOf } from "./forms.js";
import type { Ground } from "./ground.js";

export interface Kept {
  readonly candidate: Candidate;
  readonly typical: Estimate;
}

/** How a pattern fared against the bounds. */
export interface FamilyScreening {
  readonly candidates: number;
  readonly pruned: Readonly<Record<Bound, number>>;
}

export interface Screening {
  readonly total: number;
  /** By the first bound that a candidate breaks. */
  readonly pruned: Readonly<Record<Bound, number>>;
  readonly families: ReadonlyMap<string, FamilyScreening>;
  readonly kept: readonly Kept[];
  /** What candidates break, each set of clauses once. */
  readonly signatures: readonly (readonly Clause[])[];
  readonly floors: Floors;
}

/** The least of any candidate that is looked at: latencies of all users and by place, dollars, microseconds. */
export interface Floors {
  p95: number;
  readonly p95s: number[];
  cost: number;
  rto: number;
}

export const noFloors = (places: number): Floors => ({
  p95: Number.POSITIVE_INFINITY,
  p95s: new Array<number>(places).fill(Number.POSITIVE_INFINITY),
  cost: Number.POSITIVE_INFINITY,
  rto: Number.POSITIVE_INFINITY,
});

export function lower(floors: Floors, { p95, p95s, cost, rto }: Estimate): void {
  floors.p95 = Math.min(floors.p95, p95);
  floors.cost = Math.min(floors.cost, cost ?? Number.POSITIVE_INFINITY);
  floors.rto = Math.min(floors.rto, rto);
  for (const [place, latency] of p95s.entries()) floors.p95s[place] = Math.min(floors.p95s[place]!, latency);
}

const none = (): Record<Bound, number> =>
  Object.fromEntries(BOUNDS.map((bound) => [bound, 0])) as Record<Bound, number>;

/** Holds every candidate against the bounds: what the best of luck cannot save is pruned. */
export function screen(ground: Ground, costing: Costing): Screening {
  const { requirements } = ground;
  const control = controlFor(requirements.rto);
  const isOwned = requirements.classes.some(({ owned }) => owned);
  const pruned = none();
  const families = new Map(FORMS.map((form) => [familyOf(form), { candidates: 0, pruned: none() }]));
  const kept: Kept[] = [];
  const signatures = new Map<string, readonly Clause[]>();
  const floors = noFloors(requirements.users.length);
  let total = 0;
  for (const candidate of candidates(ground.size, requirements.most, isOwned)) {
    total++;
    const least = estimate(candidate, ground, control, costing, "least");
    lower(floors, least);
    const clauses = broken(candidate, least, requirements);
    const family = families.get(familyOf(candidate.form))!;
    family.candidates++;
    const signature = clauses.map(({ all }) => all.join("+")).join(",");
    if (!signatures.has(signature)) signatures.set(signature, clauses);
    if (clauses.length === 0) {
      kept.push({ candidate, typical: estimate(candidate, ground, control, costing, "typical") });
      continue;
    }
    const first = BOUNDS.find((bound) => clauses.some((clause) => clause.bound === bound))!;
    pruned[first]++;
    family.pruned[first]++;
  }
  return { total, pruned, families, kept, signatures: [...signatures.values()], floors };
}
