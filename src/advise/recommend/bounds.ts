import type { Candidate } from "./candidates.js";
import type { Estimate } from "./estimate.js";
import { LEVELS } from "./format.js";
import type { Requirements } from "./requirements.js";
import { placesOf, strongest } from "./serving.js";

/** The kinds of bounds, in the order in which a candidate is counted as pruned by the first that it breaks. */
export const BOUNDS = ["residency", "consistency", "rpo", "rto", "latency", "budget"] as const;
export type Bound = (typeof BOUNDS)[number];

/** A requirement by name: "rto", "latency", "latency of Tokyo", "residency of profiles". */
export type Requirement = string;

/** Requirements that a candidate cannot keep together: it would do if any one of them were given up. */
export interface Clause {
  readonly bound: Bound;
  readonly all: readonly Requirement[];
}

/** Every requirement that is made. */
export function requirementsMade({ users, p95, rto, rpo, classes, budget }: Requirements): Requirement[] {
  return [
    ...classes.flatMap(({ name, allowed }) => (allowed === null ? [] : [`residency of ${name}`])),
    ...classes.flatMap(({ name, level }) => (level === "eventual" ? [] : [`consistency of ${name}`])),
    ...(rpo === null ? [] : ["rpo"]),
    ...(rto === null ? [] : ["rto"]),
    ...(p95 === null ? [] : ["latency"]),
    ...users.flatMap((user) => (user.p95 === null ? [] : [`latency of ${user.place.name}`])),
    ...(budget === null ? [] : ["budget"]),
  ];
}

/** What a candidate breaks, by what it comes to. */
export function broken(
  candidate: Candidate,
  { p95, p95s, rto, rpo, cost }: Estimate,
  required: Requirements,
): Clause[] {
  const clauses: Clause[] = [];
  const add = (bound: Bound, ...all: Requirement[]): void => void clauses.push({ bound, all });
  for (const need of required.classes) residency(candidate, need, required, add);
  const { levels } = candidate.form;
  const offered = levels.reduce(strongest);
  for (const { name, level } of required.classes) {
    if (LEVELS.indexOf(level) > LEVELS.indexOf(offered)) add("consistency", `consistency of ${name}`);
  }
  if (required.rpo !== null && rpo > required.rpo) add("rpo", "rpo");
  if (required.rto !== null && rto > required.rto) add("rto", "rto");
  if (required.p95 !== null && p95 > required.p95) add("latency", "latency");
  required.users.forEach(({ place, p95: most }, index) => {
    if (most !== null && p95s[index]! > most) add("latency", `latency of ${place.name}`);
  });
  if (required.budget !== null && cost !== null && cost > required.budget) add("budget", "budget");
  return clauses;
}

type Add = (bound: Bound, ...all: Requirement[]) => void;

/** All patterns but one keep every class in all of their regions. */
function residency(
  candidate: Candidate,
  need: Requirements["classes"][number],
  required: Requirements,
  add: Add,
): void {
  if (need.allowed === null) return;
  const name = `residency of ${need.name}`;
  const places = placesOf(candidate, need);
  if (candidate.form.name !== "geo-partitioned") {
    if (places.length < candidate.regions.length) add("residency", name);
    return;
  }
  if (places.length === 0) add("residency", name);
  // A class that has one region cannot survive it, nor come back before it does.
  else if (places.length === 1 && required.rto !== null) add("residency", name, "rto");
}
