import { choose } from "../policies/catalogue.js";
import { Contexts } from "./contexts.js";
import { tokensOf } from "./judging.js";
import { witnessesOf } from "./merging.js";
import { Stamps } from "./stamps.js";
import type { Carried, Tokens } from "./tokens.js";
import type { World } from "./world.js";

/** Each kind of what sessions carry, and all of it together; null for nothing. */
export interface AllCarried {
  readonly tokens: Tokens | null;
  readonly stamps: Stamps | null;
  readonly contexts: Contexts | null;
  readonly all: Carried | null;
}

export function carriedOf({ plan, catalogue, operations, writes, groups, merging }: World): AllCarried {
  const { places, policies } = plan;
  const { siblings } = merging;
  const tokens = tokensOf(plan, catalogue, operations, writes, groups);
  const stamped = (policies.conflicts ?? [policies.conflict]).some(
    ({ name, options }) => choose("conflict", name, catalogue).carriesStamps?.(options) === true,
  );
  const stamps = stamped ? new Stamps(places, operations, writes) : null;
  const told = siblings !== null && witnessesOf(plan, catalogue).some((witness) => witness !== "copy");
  const contexts = told ? new Contexts(places, operations, siblings) : null;
  const all = [tokens, stamps, contexts].filter((each) => each !== null);
  return { tokens, stamps, contexts, all: all.length > 1 ? new Together(all) : (all[0] ?? null) };
}

class Together implements Carried {
  constructor(private readonly all: readonly Carried[]) {}

  issued(operation: number): void {
    for (const each of this.all) each.issued(operation);
  }

  isOver(operation: number): boolean {
    return this.all.some((each) => each.isOver(operation));
  }

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
