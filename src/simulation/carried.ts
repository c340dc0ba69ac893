import { type Catalogue, choose } from "../policies/catalogue.js";
import type { Groups } from "./groups.js";
import { tokensOf } from "./judging.js";
import type { Operations } from "./operations.js";
import type { Plan } from "./plan.js";
import { Stamps } from "./stamps.js";
import type { Carried, Tokens } from "./tokens.js";
import type { Writes } from "./writes.js";

/** All that sessions carry, and the stamps among it; null for nothing. */
export function carriedOf(
  plan: Plan,
  catalogue: Catalogue,
  operations: Operations,
  writes: Writes,
  groups: Groups,
): { readonly tokens: Tokens | null; readonly carried: Carried | null; readonly stamps: Stamps | null } {
  const { places, policies } = plan;
  const tokens = tokensOf(plan, catalogue, operations, writes, groups);
  const carries = (policies.conflicts ?? [policies.conflict]).some(
    ({ name, options }) => choose("conflict", name, catalogue).carriesStamps?.(options) === true,
  );
  const stamps = carries ? new Stamps(places, operations, writes) : null;
  return {
    tokens,
    stamps,
    carried: tokens !== null && stamps !== null ? new Together(tokens, stamps) : (tokens ?? stamps),
  };
}

class Together implements Carried {
  constructor(
    private readonly tokens: Tokens,
    private readonly stamps: Stamps,
  ) {}

  attach(operation: number, attempt: number): void {
    this.tokens.attach(operation, attempt);
    this.stamps.attach(operation, attempt);
  }

  shown(attempt: number, write: number): void {
    this.tokens.shown(attempt, write);
    this.stamps.shown(attempt, write);
  }

  taken(operation: number, attempt: number, write: number): void {
    this.tokens.taken(operation, attempt, write);
    this.stamps.taken(operation, attempt, write);
  }

  refused(operation: number): boolean {
    return this.tokens.refused(operation);
  }
}
