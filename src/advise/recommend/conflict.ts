import { fibreFloor } from "../../topology/geography.js";
import { formatRounded } from "../../units/time.js";
import { type Clause, type Requirement, requirementsMade } from "./bounds.js";
import type { Ground } from "./ground.js";
import type { Screening } from "./screening.js";

/** Requirements that no candidate keeps together, and of which none can be left out of the set. */
export interface Conflict {
  readonly requirements: readonly Requirement[];
  readonly why: readonly string[];
}

/**
 * The least conflicts there are: each requirement that nobody can keep, and of the others what nobody can keep together:
 * each pair, else one set out of which nothing can be left. Empty where some candidate breaks nothing.
 */
export function conflicts(screening: Screening, ground: Ground): Conflict[] {
  const { signatures } = screening;
  const made = requirementsMade(ground.requirements);
  const single = made.filter((each) => !isFeasible([each], signatures));
  const rest = made.filter((each) => !single.includes(each));
  return [...single.map((each) => [each]), ...together(rest, signatures)].map((requirements) => ({
    requirements,
    why: requirements.map((each) => why(each, screening, ground)),
  }));
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

/** What stands in the way of one requirement, with figures. */
function why(requirement: Requirement, { floors }: Screening, ground: Ground): string {
  const required = ground.requirements;
  const [kind, of] = requirement.split(" of ") as [string, string?];
  const choice = `any ${required.most} of ${ground.size} regions of ${required.provider}`;
  switch (kind) {
    case "latency": {
      if (of === undefined)
        return `p95 of ${formatRounded(required.p95!)} for all users: ${choice} need ${formatRounded(floors.p95)} at least, with nothing waiting anywhere`;
      return latencyOf(
        required.users.findIndex(({ place }) => place.name === of),
        floors.p95s,
        ground,
        choice,
      );
    }
    case "rto":
      return `an RTO of ${formatRounded(required.rto!)}: to notice an outage, to fail over and to let cached answers of DNS expire takes ${Number.isFinite(floors.rto) ? formatRounded(floors.rto) : "two regions"} at least`;
    case "rpo":
      return required.rpo === 0
        ? "an RPO of 0: a write has to be confirmed by a second region before it is answered"
        : `an RPO of ${formatRounded(required.rpo!)}: a second region has to have each write by then`;
    case "budget":
      return `${Math.round(required.budget!)} USD a month: the cheapest candidate takes ${Math.ceil(floors.cost)} USD for storage, machines and the transfer of every write alone`;
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

/** Physics first: light in fibre, along the great circle to the nearest candidate. */
function latencyOf(index: number, least: readonly number[], ground: Ground, choice: string): string {
  const { users, candidates } = ground.requirements;
  const { place, p95 } = users[index]!;
  const nearest = ground.nearest(index, [...candidates.keys()]);
  const light = fibreFloor(ground.km(index, nearest)) * 1000;
  const asked = `p95 of ${formatRounded(p95!)} for ${place.name}`;
  if (p95! < light)
    return `${asked} is below light in fibre: ${formatRounded(Math.round(light / 1000) * 1000)} to ${candidates[nearest]!.name}, the nearest candidate`;
  return `${asked}: ${choice} need ${formatRounded(least[index]!)} at least, last mile included, with nothing waiting anywhere`;
}
