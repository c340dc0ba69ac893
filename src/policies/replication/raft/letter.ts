import { NOBODY, type RegionId } from "../../contract.js";
import { LogLetter } from "../shipping.js";
import { TermHistory } from "../term-history.js";

/** Verbs beyond those of a log that is shipped (shipping.ts): elections, whole copies, and word of a newer term. */
export const VOTE = 4;
export const VOTED = 5;
export const COPY = 6;
export const STALE = 7;
export const RAFT_VERBS = ["open", "hello", "append", "acknowledge", "vote", "voted", "copy", "stale"] as const;

export class RaftLetter extends LogLetter {
  /** APPEND: entries that it stands for; one to a witness carries none of them. */
  count = 0;
  /** APPEND, OPEN: the log is committed up to here. */
  commit = 0;
  /** OPEN, APPEND, ACKNOWLEDGE, HELLO: number of the leader's latest round of letters. */
  round = 0;
  /** VOTE: the newest term in the sender's log. */
  lastTerm = 0;
  /** VOTE, VOTED: only asks who would vote; nobody's term changes. */
  pre = false;
  /** VOTE: the sender's copy comes from a backup, and no other copy knows more. */
  restored = false;
  /** VOTED: yes. HELLO: the log agrees with the leader's up to `position`. */
  granted = false;
  /** OPEN: its number; HELLO: of the one that it answers. */
  question = 0;
  /** HELLO, ACKNOWLEDGE: the sender's disk holds the log up to here. */
  durable = 0;
  /** STALE: who leads in the term that this letter tells of, if anybody is known to. */
  leader: RegionId = NOBODY;
  /** OPEN, COPY: the terms of the sender's log. */
  readonly history = new TermHistory();
}
