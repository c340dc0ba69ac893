import { type Host, NOBODY, type RegionId } from "../../contract.js";
import { sizeOf } from "../../quorum.js";
import { type RaftLetter, VOTE, VOTED } from "./letter.js";
import type { Members } from "./members.js";
import type { RaftState } from "./state.js";

export const FOLLOWER = 0;
export const PRE_CANDIDATE = 1;
export const CANDIDATE = 2;
export const LEADER = 3;

export interface ElectionSettings {
  /** A follower that hears from no leader for so long, and a uniform share of the spread longer, stands for election. */
  readonly timeout: number;
  readonly spread: number;
  readonly preVote: boolean;
  /** Nobody votes for another leader while the present one may hold a lease. */
  readonly sticky: boolean;
}

/**
 * One node's part in electing a leader (Ongaro and Ousterhout 2014, section 5.2; pre-vote: Ongaro's thesis, 9.6). Its term
 * and its vote are taken to be on disk before it speaks, in no time: they are a few bytes, beside round trips between regions.
 */
export class Election {
  role = FOLLOWER;
  term = 0;
  private votedFor: RegionId = NOBODY;
  /** Since when it is patient, and when it last heard from a leader, by its own clock. */
  private patientSince = 0;
  private leaderHeardAt = Number.NEGATIVE_INFINITY;
  private timeout = 0;
  private since = 0;
  /** Bit r: region r has said yes. */
  private votes = 0;

  constructor(
    private readonly host: Host<RaftLetter>,
    private readonly settings: ElectionSettings,
    private readonly state: RaftState,
    private readonly members: Members,
    private readonly won: (since: number) => void,
    private readonly timerVerb: number,
  ) {}

  /** The leader has been heard: patience begins anew. */
  heard(): void {
    this.patientSince = this.host.now;
    this.leaderHeardAt = this.host.clock;
  }

  /** Waits for a leader, with a patience of its own. */
  follow(): void {
    this.role = FOLLOWER;
    this.patientSince = this.host.now;
    this.draw();
  }

  /** Stands no more; its patience goes on as it was. */
  yield(): void {
    if (this.role === LEADER) this.follow();
    else this.role = FOLLOWER;
  }

  /** Starts the one timer that runs for as long as the host lives. */
  start(): void {
    this.follow();
    if (this.members.stands) this.host.after(this.timeout, this.timerVerb, 0);
  }

  /** A newer term has been heard of. */
  enter(term: number): void {
    this.term = term;
    this.votedFor = NOBODY;
  }

  timer(): void {
    const left = this.patientSince + this.timeout - this.host.now;
    if (left > 0) {
      this.host.after(left, this.timerVerb, 0);
      return;
    }
    if (this.role !== LEADER && !this.state.isEmpty) {
      if (this.role === FOLLOWER) this.since = this.host.now;
      this.stand(this.settings.preVote);
    }
    this.patientSince = this.host.now;
    this.draw();
    this.host.after(this.timeout, this.timerVerb, 0);
  }

  /** A peer asks for this node's vote. */
  asked(letter: RaftLetter): void {
    const { pre, term, from } = letter;
    const answer = this.host.letter(VOTED, from);
    answer.pre = pre;
    answer.granted = pre ? this.wouldVote(letter) : this.mayVote(letter);
    answer.term = pre && answer.granted ? term : this.term;
    if (answer.granted && !pre) {
      this.votedFor = from;
      this.patientSince = this.host.now;
    }
    this.host.send(answer);
  }

  counted(letter: RaftLetter): void {
    const stands = letter.pre ? this.role === PRE_CANDIDATE : this.role === CANDIDATE;
    const asked = letter.pre ? this.term + 1 : this.term;
    if (!stands || !letter.granted || letter.term !== asked) return;
    this.votes |= 1 << letter.from;
    this.decide();
  }

  lead(): void {
    this.role = LEADER;
  }

  private stand(pre: boolean): void {
    this.role = pre ? PRE_CANDIDATE : CANDIDATE;
    if (!pre) {
      this.enter(this.term + 1);
      this.votedFor = this.host.id;
    }
    this.votes = 1 << this.host.id;
    const { voters } = this.members;
    const { end } = this.state;
    for (let at = 0; at < voters.length; at++) {
      const letter = this.host.letter(VOTE, voters[at]!);
      letter.term = pre ? this.term + 1 : this.term;
      letter.pre = pre;
      letter.position = end;
      letter.lastTerm = this.state.history.lastWithin(end);
      letter.restored = this.state.isRestored;
      this.host.send(letter);
    }
    this.decide();
  }

  private decide(): void {
    if (sizeOf(this.votes) < this.members.majority) return;
    if (this.role === PRE_CANDIDATE) this.stand(false);
    else this.won(this.since);
  }

  private mayVote(letter: RaftLetter): boolean {
    if (letter.term < this.term || (this.votedFor !== NOBODY && this.votedFor !== letter.from)) return false;
    if (this.settings.sticky && !this.isQuiet()) return false;
    return this.role === FOLLOWER && this.isComplete(letter);
  }

  /** Nobody who hears from a leader would have it replaced. */
  private wouldVote(letter: RaftLetter): boolean {
    return letter.term > this.term && this.role !== LEADER && this.isQuiet() && this.isComplete(letter);
  }

  private isQuiet(): boolean {
    return this.host.clock - this.leaderHeardAt >= this.settings.timeout;
  }

  private isComplete(letter: RaftLetter): boolean {
    if (this.state.isEmpty) return letter.restored;
    const { end, history } = this.state;
    const mine = history.lastWithin(end);
    return letter.lastTerm > mine || (letter.lastTerm === mine && letter.position >= end);
  }

  private draw(): void {
    this.timeout = this.settings.timeout + Math.floor(this.host.draw() * this.settings.spread);
  }
}
