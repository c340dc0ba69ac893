import { type Catalogue, choose } from "../policies/catalogue.js";
import { Contexts } from "./contexts.js";
import type { Groups } from "./groups.js";
import { tokensOf } from "./judging.js";
import { type Merging, witnessesOf } from "./merging.js";
import type { Operations } from "./operations.js";
import type { Plan } from "./plan.js";
import { Stamps } from "./stamps.js";
import type { Carried, Tokens } from "./tokens.js";
import type { Writes } from "./writes.js";

interface AllCarried {
  readonly tokens: Tokens | null;
  readonly stamps: Stamps | null;
  readonly contexts: Contexts | null;
  readonly carried: Carried | null;
}

/** All that sessions carry, and each of its kinds; null for nothing. */
export function carriedOf(
  plan: Plan,
  catalogue: Catalogue,
  operations: Operations,
  writes: Writes,
  groups: Groups,
  { siblings }: Merging,
): AllCarried {
  const { places, policies } = plan;
  const tokens = tokensOf(plan, catalogue, operations, writes, groups);
  const stamped = (policies.conflicts ?? [policies.conflict]).some(
    ({ name, options }) => choose("conflict", name, catalogue).carriesStamps?.(options) === true,
  );
  const stamps = stamped ? new Stamps(places, operations, writes) : null;
  const told = siblings !== null && witnessesOf(plan, catalogue).some((witness) => witness !== "copy");
  const contexts = told ? new Contexts(places, operations, siblings) : null;
  const all = [tokens, stamps, contexts].filter((each) => each !== null);
  return { tokens, stamps, contexts, carried: all.length > 1 ? new Together(all) : (all[0] ?? null) };
}

class Together implements Carried {
  constructor(private readonly all: readonly Carried[]) {}

  attach(operation: number, attempt: number): void {
    for (const each of this.all) each.attach(operation, attempt);
  }

  shown(attempt: number, write: number): void {
    for (const each of this.all) each.shown(attempt, write);
  }

  taken(operation: number, attempt: number, write: number): void {
    for (const each of this.all) each.taken(operation, attempt, write);
  }

  refused(operation: number): boolean {
    let ends = false;
    for (const each of this.all) ends = each.refused(operation) || ends;
    return ends;
  }
}
