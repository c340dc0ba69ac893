import type { Operations } from "./operations.js";
import type { PlacePlan } from "./plan.js";
import { SessionNumbers } from "./session-numbers.js";
import type { Siblings } from "./siblings.js";
import type { Carried } from "./tokens.js";

const NOTHING: readonly number[] = [];
/** Of so many keys a session knows what it has read; of those that it has not read for longest it forgets that. */
const REMEMBERED = 256;

/**
 * What each session has last read of a key, as causal contexts: a number an actor. A read brings the context of what it was
 * shown, and the next write of that key by the session sends it along. Who has never read the key has seen nothing of it.
 */
export class Contexts implements Carried {
  private readonly sessions: SessionNumbers;
  /** By session and key, the one that was read last behind all others. */
  private readonly read: (Map<number, readonly number[]> | undefined)[] = [];
  /** By attempt: what it sends, and what its answer brings; null for nothing. */
  private readonly sent: (readonly number[])[] = [];
  private readonly brought: (readonly number[] | null)[] = [];

  constructor(
    places: readonly PlacePlan[],
    private readonly operations: Operations,
    private readonly siblings: Siblings,
  ) {
    this.sessions = new SessionNumbers(places, operations);
  }

  attach(operation: number, attempt: number): void {
    const contexts = this.read[this.sessions.of(operation)];
    this.sent[attempt] = contexts?.get(this.operations.key[operation]!) ?? NOTHING;
    this.brought[attempt] = null;
  }

  shown(attempt: number, version: number): void {
    this.brought[attempt] = this.siblings.contextOf(version);
  }

  taken(operation: number, attempt: number): void {
    const context = this.brought[attempt]!;
    if (context === null) return;
    const session = this.sessions.of(operation);
    const contexts = (this.read[session] ??= new Map());
    const key = this.operations.key[operation]!;
    contexts.delete(key);
    contexts.set(key, context);
    if (contexts.size > REMEMBERED) for (const oldest of contexts.keys()) return void contexts.delete(oldest);
  }

  issued(): void {}

  isOver(): boolean {
    return false;
  }

  refused(): boolean {
    return false;
  }

  sentBy(attempt: number): readonly number[] {
    return this.sent[attempt]!;
  }
}
