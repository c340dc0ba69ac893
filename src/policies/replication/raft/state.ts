import type { Host } from "../../contract.js";
import { TermHistory } from "../term-history.js";
import type { RaftLetter } from "./letter.js";

/** What one node's log is, whichever part it plays. A witness has no entries: only their terms, and where they end. */
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
  /** Of a witness: so many entries has its log. It is a few bytes, and taken to be on disk at once, as a vote is. */
  private counted = 0;

  constructor(private readonly host: Host<RaftLetter>) {}

  get end(): number {
    return this.host.holds ? this.host.log.end : this.counted;
  }

  /** What this node may vouch for. */
  get secured(): number {
    return this.host.holds ? this.host.log.secured : this.counted;
  }

  /** Agrees with a leader's log up to `common`; a witness needs nothing more to have all of it. */
  agree(letter: RaftLetter, common: number): void {
    if (this.host.holds) {
      if (this.end > common) this.host.rewind(common);
    } else {
      this.counted = letter.position;
      this.isEmpty = false;
    }
    this.history.copyFrom(letter.history);
    this.joined = letter.term;
  }

  /** Takes what a leader's letter adds. */
  append(letter: RaftLetter): void {
    const { host } = this;
    if (!host.holds) {
      this.counted = Math.max(this.counted, letter.position + letter.count);
      return;
    }
    for (let index = host.log.end - letter.position; index < letter.writes.length; index++)
      host.hold(letter.writes.at(index));
  }

  /** More is committed. */
  show(position: number): void {
    this.commit = position;
    if (this.host.holds) this.host.show(position);
  }

  /** Nothing is here any more. */
  clear(): void {
    this.host.log.resetTo(0);
    this.history.clear();
    this.counted = 0;
  }
}
