import { fibreFloor } from "../../topology/geography.js";
import { formatRounded } from "../../units/time.js";
import { type Clause, type Requirement, broken, requirementsMade } from "./bounds.js";
import { candidates } from "./candidates.js";
import { controlFor } from "./control.js";
import type { Costing } from "./costing.js";
import { estimate } from "./estimate.js";
import type { Ground } from "./ground.js";
import { type Floors, type Screening, lower, noFloors } from "./screening.js";

/** Requirements that no candidate keeps together, and of which none can be left out of the set. */
export interface Conflict {
  readonly requirements: readonly Requirement[];
  readonly why: readonly string[];
}

/**
 * The least conflicts there are: each requirement that nobody can keep, and of the others what nobody can keep together:
 * each pair, else one set out of which nothing can be left. Empty where some candidate breaks nothing.
 */
export function conflicts(screening: Screening, ground: Ground, costing: Costing): Conflict[] {
  const { signatures } = screening;
  const made = requirementsMade(ground.requirements);
  const single = made.filter((each) => !isFeasible([each], signatures));
  const rest = made.filter((each) => !single.includes(each));
  const shared = together(rest, signatures);
  const floors = shared.length === 0 ? [] : floorsOf(shared, ground, costing);
  return [
    ...single.map((each) => ({ requirements: [each], why: [why(each, [], screening.floors, ground)] })),
    ...shared.map((requirements, at) => ({
      requirements,
      why: requirements.map((each) =>
        why(
          each,
          requirements.filter((other) => other !== each),
          floors[at]!.get(each)!,
          ground,
        ),
      ),
    })),
  ];
}

/** By set and requirement: what candidates come to that keep all others of the set. */
function floorsOf(sets: readonly (readonly Requirement[])[], ground: Ground, costing: Costing): Map<string, Floors>[] {
  const { requirements } = ground;
  const control = controlFor(requirements.rto);
  const floors = sets.map((set) => new Map(set.map((each) => [each, noFloors(requirements.users.length)])));
  const isOwned = requirements.classes.some(({ owned }) => owned);
  for (const candidate of candidates(ground.size, requirements.most, isOwned)) {
    const least = estimate(candidate, ground, control, costing, "least");
    const clauses = broken(candidate, least, requirements);
    for (const [at, set] of sets.entries())
      for (const [each, floor] of floors[at]!) {
        const others = set.filter((other) => other !== each);
        if (clauses.every(({ all }) => !all.every((name) => others.includes(name)))) lower(floor, least);
      }
  }
  return floors;
}

function together(made: readonly Requirement[], signatures: Screening["signatures"]): Requirement[][] {
  if (isFeasible(made, signatures)) return [];
  const pairs = made.flatMap((one, index) => made.slice(index + 1).map((other) => [one, other]));
  const double = pairs.filter((pair) => !isFeasible(pair, signatures));
  return double.length > 0 ? double : [made.reduce((set, each) => without(set, each, signatures), [...made])];
}

function without(set: readonly Requirement[], each: Requirement, signatures: Screening["signatures"]): Requirement[] {
  const rest = set.filter((other) => other !== each);
  return isFeasible(rest, signatures) ? [...set] : rest;
}

/** Whether some candidate keeps these requirements together. */
const isFeasible = (set: readonly Requirement[], signatures: readonly (readonly Clause[])[]): boolean =>
  signatures.some((clauses) => clauses.every(({ all }) => !all.every((each) => set.includes(each))));

/** What stands in the way of one requirement where the others are kept, with figures: those of candidates that keep them. */
function why(requirement: Requirement, others: readonly Requirement[], floors: Floors, ground: Ground): string {
  const required = ground.requirements;
  const [kind, of] = requirement.split(" of ") as [string, string?];
  const choice =
    others.length === 0
      ? `any ${required.most} of ${ground.size} regions of ${required.provider}`
      : "candidates that keep the rest";
  switch (kind) {
    case "latency": {
      if (of === undefined)
        return `p95 of ${formatRounded(required.p95!)} for all users: ${choice} need ${formatRounded(floors.p95)} at least, with nothing waiting anywhere`;
      const place = required.users.findIndex((user) => user.place.name === of);
      return latencyOf(place, floors.p95s, regionsLeft(others, ground), ground, choice);
    }
    case "rto":
      return Number.isFinite(floors.rto)
        ? `an RTO of ${formatRounded(required.rto!)}: to notice an outage, to fail over and to let cached answers of DNS expire takes ${formatRounded(floors.rto)} at least`
        : `an RTO of ${formatRounded(required.rto!)}: nobody takes over from a region that is the only one`;
    case "rpo":
      return required.rpo === 0
        ? "an RPO of 0: a write has to be confirmed by a second region before it is answered"
        : `an RPO of ${formatRounded(required.rpo!)}: a second region has to have each write by then`;
    case "budget":
      return `${Math.round(required.budget!)} USD a month: the cheapest ${others.length === 0 ? "candidate" : "that keeps the rest"} takes ${Math.ceil(floors.cost)} USD for storage, machines and the transfer of every write alone`;
    case "residency": {
      const need = required.classes.find(({ name }) => name === of)!;
      const allowed = (need.allowed ?? []).map((id) => required.candidates[id]!.name);
      const only = allowed.length === 1 ? ": a class allowed in one region cannot survive it" : "";
      return `${of} may rest in ${allowed.join(", ") || "no candidate"} only${only}`;
    }
    default: {
      const { level } = required.classes.find(({ name }) => name === of)!;
      return level === "strong"
        ? `strong reads of ${of}: each has to ask its leader or a majority of the copies`
        : `reads of ${of} that show what their session has written and seen`;
    }
  }
}

/** Where data may be that these requirements are about; all candidates where none is about that. */
function regionsLeft(requirements: readonly Requirement[], { requirements: { classes }, size }: Ground): number[] {
  const laws = classes.filter(({ name }) => requirements.includes(`residency of ${name}`));
  return Array.from({ length: size }, (_, region) => region).filter((region) =>
    laws.every(({ allowed }) => allowed === null || allowed.includes(region)),
  );
}

/** Physics first: light in fibre, along the great circle to the nearest of these regions. */
function latencyOf(
  index: number,
  least: readonly number[],
  regions: readonly number[],
  ground: Ground,
  choice: string,
): string {
  const { users, candidates } = ground.requirements;
  const { place, p95 } = users[index]!;
  const asked = `p95 of ${formatRounded(p95!)} for ${place.name}`;
  const nearest = regions.length === 0 ? -1 : ground.nearest(index, regions);
  const light = nearest < 0 ? 0 : fibreFloor(ground.km(index, nearest)) * 1000;
  if (p95! < light)
    return `${asked} is below light in fibre: ${formatRounded(Math.round(light / 1000) * 1000)} to ${candidates[nearest]!.name}, the nearest ${regions.length < candidates.length ? "that may hold it" : "candidate"}`;
  return `${asked}: ${choice} need ${formatRounded(least[index]!)} at least, last mile included, with nothing waiting anywhere`;
}
