import type { Requirement } from "./bounds.js";
import { type Conflict, conflicts } from "./conflict.js";
import { costingOf } from "./costing.js";
import { type Simulated, dominatesByMean, excess, meanOf, missed } from "./figures.js";
import { familyOf } from "./forms.js";
import { Ground } from "./ground.js";
import { type Halved, type Simulate, halve } from "./halving.js";
import type { Requirements } from "./requirements.js";
import { type Screening, screen } from "./screening.js";
import { type Selection, select } from "./selection.js";

export interface Recommendation {
  readonly requirements: Requirements;
  readonly ground: Ground;
  readonly screening: Screening;
  /** Empty where some candidate breaks no bound. */
  readonly conflicts: readonly Conflict[];
  readonly selection: Selection;
  readonly halved: Halved;
  /** Of those that keep every requirement: what no other is as good as, the cheapest first. */
  readonly front: readonly Simulated[];
  readonly pick: Simulated | null;
  /** Of every pattern the best that was simulated, with what it misses. */
  readonly best: ReadonlyMap<string, { readonly simulated: Simulated; readonly missed: readonly Requirement[] }>;
}

export interface Limits {
  /** Candidates that are simulated, and runs of all together; each candidate and seed is one. */
  readonly candidates: number;
  readonly runs: number;
}

export const LIMITS: Limits = { candidates: 64, runs: 480 };

/** From requirements to a front and a pick: bounds first, then runs on common random numbers. */
export async function recommend(
  requirements: Requirements,
  simulate: (ground: Ground) => Simulate,
  limits: Limits = LIMITS,
): Promise<Recommendation> {
  const ground = new Ground(requirements);
  const costing = costingOf(requirements.candidates);
  const screening = screen(ground, costing);
  const found = conflicts(screening, ground, costing);
  const selection = select(screening.kept, requirements, limits.candidates);
  const chosen = selection.chosen.map(({ candidate }) => candidate);
  const halved: Halved =
    chosen.length === 0
      ? { survivors: [], dropped: [], rounds: [], cut: false }
      : await halve(chosen, requirements, limits.runs, simulate(ground));
  const keeping = halved.survivors.filter((each) => missed(each, requirements, false).length === 0).toSorted(inOrder);
  const front = keeping.filter((each) => !keeping.some((other) => other !== each && dominatesByMean(other, each)));
  const all = [...halved.survivors, ...halved.dropped];
  const best = new Map<string, { simulated: Simulated; missed: readonly Requirement[] }>();
  const misses = (each: Simulated): number => missed(each, requirements, false).length;
  // Of those that keep everything the cheapest, of the others the one that is nearest to it.
  const byWorth = (a: Simulated, b: Simulated): number =>
    misses(a) - misses(b) || (misses(a) === 0 ? 0 : excess(a, requirements) - excess(b, requirements)) || inOrder(a, b);
  for (const simulated of all.toSorted(byWorth)) {
    const family = familyOf(simulated.candidate.form);
    if (!best.has(family)) best.set(family, { simulated, missed: missed(simulated, requirements, false) });
  }
  return { requirements, ground, screening, conflicts: found, selection, halved, front, pick: front[0] ?? null, best };
}

/** The cheapest first; where nothing has a price, or the same one, the quickest. */
function inOrder(a: Simulated, b: Simulated): number {
  const by = (objective: "cost" | "p95"): number => (meanOf(a, objective) ?? 0) - (meanOf(b, objective) ?? 0);
  return by("cost") || by("p95");
}
