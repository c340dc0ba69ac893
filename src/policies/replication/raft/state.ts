import { TermHistory } from "../term-history.js";

/** What one node's log is, whichever part it plays. */
export class RaftState {
  readonly history = new TermHistory();
  /** The log is committed up to here, as far as this node knows. */
  commit = 0;
  /** The term in whose leader's log this one is a prefix; 0 for none. */
  joined = 0;
  /** Its disk was lost, and no whole copy has come yet: its vote could elect a leader without what was committed. */
  isEmpty = false;
  /** It comes from a backup, and no other copy knows more. */
  isRestored = false;
}
