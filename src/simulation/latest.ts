import type { Catalogue } from "../policies/catalogue.js";
import { DELETE } from "../record/record.js";
import { keepsAnswers } from "./caches.js";
import { longestAgo } from "./judging.js";
import { Observer } from "./observer.js";
import type { Plan } from "./plan.js";
import type { Writes } from "./writes.js";

const NEVER = Number.NEGATIVE_INFINITY;

/**
 * Of each key the two acknowledged writes that were accepted last: what an answer is held against that was not read from a
 * copy as it is now, but from a model, a cache or what it showed before, as old as they like. With more writes than two between a
 * read's issue and its answer some stale ones pass for good.
 */
export class Latest extends Observer {
  /** When they were accepted and acknowledged, the later one first: four numbers a key. */
  private readonly moments: Float64Array;
  /** Which of the two are deletions: the later one's bit, and two for the other. */
  private readonly deletions: Uint8Array;
  /** Answers that missed something. */
  stale = 0;

  constructor(
    keys: number,
    private readonly writes: Writes,
    private readonly clock: { readonly now: number },
  ) {
    super();
    this.moments = new Float64Array(4 * keys).fill(NEVER);
    this.deletions = new Uint8Array(keys);
  }

  override writeAcknowledged(write: number): void {
    const { moments, deletions } = this;
    const key = this.writes.key[write]!;
    const at = 4 * key;
    const bit = this.writes.kind[write] === DELETE ? 1 : 0;
    const accepted = this.writes.acceptedAt[write]!;
    if (accepted > moments[at]!) {
      moments[at + 2] = moments[at]!;
      moments[at + 3] = moments[at + 1]!;
      moments[at] = accepted;
      moments[at + 1] = this.clock.now;
      deletions[key] = ((deletions[key]! << 1) & 2) | bit;
    } else if (accepted > moments[at + 2]!) {
      moments[at + 2] = accepted;
      moments[at + 3] = this.clock.now;
      deletions[key] = (deletions[key]! & 1) | (bit << 1);
    }
  }

  /**
   * Whether a write of the key was acknowledged before the read was issued, and is later than what was shown; or than the
   * newest deletion where nothing was.
   */
  missed(key: number, shownAt: number, issuedAt: number, isNothing: boolean): boolean {
    const { moments } = this;
    const at = 4 * key;
    const known = isNothing ? this.deletions[key]! : 0;
    const missed =
      ((known & 1) === 0 && moments[at]! > shownAt && moments[at + 1]! <= issuedAt) ||
      (known === 0 && moments[at + 2]! > shownAt && moments[at + 3]! <= issuedAt);
    if (missed) this.stale++;
    return missed;
  }
}

/** Null where no answer is older than what some copy shows. */
export const latestOf = (
  plan: Plan,
  catalogue: Catalogue,
  ...parts: ConstructorParameters<typeof Latest>
): Latest | null =>
  plan.storage.projects || keepsAnswers(plan) || longestAgo(plan, catalogue) > 0 ? new Latest(...parts) : null;
