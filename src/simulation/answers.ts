import type { Refusal, RegionId } from "../policies/contract.js";
import { DELETE, READ } from "../record/record.js";
import type { Attempts } from "./attempts.js";
import { DATA_MISSING, FENCED, NOT_PRIMARY, NO_QUORUM, OK, REFUSED, RESIDENCY, TOO_STALE } from "./causes.js";
import type { Observer } from "./observer.js";
import type { Carried } from "./tokens.js";
import { DELETES, type Writes } from "./writes.js";

const NONE = -1;
const NOTHING = -1;

/** What is before the copies. */
export interface Before {
  served(attempt: number, write: number): void;
  wrote(attempt: number): void;
}

const CAUSES: Readonly<Record<Refusal, number>> = {
  "not-primary": NOT_PRIMARY,
  fenced: FENCED,
  "catching-up": REFUSED,
  "no-quorum": NO_QUORUM,
  "too-stale": TOO_STALE,
  "not-held": REFUSED,
  residency: RESIDENCY,
};

/** How the copies answer operations, with what their users are shown. */
export class Answers {
  /** Null where users ask the copies themselves. */
  edges: Before | null = null;

  constructor(
    private readonly attempts: Attempts,
    private readonly writes: Writes,
    private readonly observer: Observer,
    private readonly reply: (attempt: number, cause: number) => void,
    /** Null where sessions carry nothing. */
    private readonly carried: Carried | null,
  ) {}

  /** A write stands. */
  wrote(attempt: number): void {
    this.edges?.wrote(attempt);
    this.reply(attempt, OK);
  }

  /** A read is shown what `region` shows, or what others have shown it and it has `gathered`. */
  read(attempt: number, shown: number, region: RegionId, gathered: boolean): void {
    const { attempts, writes } = this;
    // What an operator has deleted looks like any deletion: one column decides for all others.
    if (shown !== NONE && writes.kind[shown] === DELETE && writes.meaning[shown] === DELETES) {
      this.reply(attempt, DATA_MISSING);
      return;
    }
    attempts.shown[attempt] = this.visible(shown);
    this.carried?.shown(attempt, shown);
    this.observer.readServed(region, attempts.key[attempt]!, shown, attempts.issuedAt[attempt]!, attempt, gathered);
    this.edges?.served(attempt, shown);
    this.reply(attempt, OK);
  }

  refuse(attempt: number, why: Refusal): void {
    this.reply(attempt, CAUSES[why]);
  }

  isRead(attempt: number): boolean {
    return this.attempts.kind[attempt] === READ;
  }

  keyOf(attempt: number): number {
    return this.attempts.key[attempt]!;
  }

  /** Which of all writes a reader is shown; nothing where a tombstone stands. */
  visible(write: number): number {
    const { writes } = this;
    return write === NONE || writes.kind[write] === DELETE ? NOTHING : writes.serial[write]!;
  }
}
