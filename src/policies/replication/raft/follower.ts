import { type Host, NOBODY, type RegionId } from "../../contract.js";
import { ACKNOWLEDGE, HELLO } from "../shipping.js";
import type { RaftLetter } from "./letter.js";
import type { RaftState } from "./state.js";

/** What a node does for a leader: takes its log, tells what it has on disk, and shows what is committed. */
export class Follower {
  /** Of the latest letter of the leader. */
  private round = 0;
  private confirmed = 0;

  constructor(
    private readonly host: Host<RaftLetter>,
    private readonly state: RaftState,
    private readonly term: () => number,
  ) {}

  /** Gives up what the leader's log never had, and says from where on it lacks the rest. */
  join(letter: RaftLetter): void {
    const { state } = this;
    const common = state.isEmpty
      ? state.end
      : Math.min(letter.position, state.end, state.history.sharedUntil(letter.history));
    state.agree(letter, common);
    this.confirmed = state.secured;
    this.answer(HELLO, letter.round, state.isEmpty ? -1 : state.end, letter.question);
    this.learn(letter.commit);
  }

  append(letter: RaftLetter): void {
    const { host, state } = this;
    if (state.joined !== letter.term || letter.position > state.end) {
      this.ask();
      return;
    }
    state.append(letter);
    this.learn(letter.commit);
    const lacking = letter.commit - state.end;
    if (lacking <= 0) host.heardFrom(letter.from, letter.asOf, 0);
    else host.heardFrom(letter.from, Number.NEGATIVE_INFINITY, lacking);
    host.log.trim(Math.min(letter.safe, state.commit));
    this.confirmed = state.secured;
    this.answer(ACKNOWLEDGE, letter.round, this.confirmed);
  }

  /** The disk has more than the leader was told. */
  persisted(): void {
    const { secured } = this.state;
    if (this.state.joined !== this.term() || this.confirmed >= secured) return;
    this.confirmed = secured;
    this.answer(ACKNOWLEDGE, this.round, secured);
  }

  /** Asks the leader to begin anew with this log. */
  ask(): void {
    const { leader } = this.host.leadership;
    if (leader !== NOBODY && leader !== this.host.id) this.greet(leader);
  }

  /** Opens the connection to a peer, whatever it is. */
  greet(peer: RegionId): void {
    const letter = this.host.letter(HELLO, peer);
    letter.term = this.term();
    letter.granted = false;
    this.host.send(letter);
  }

  private learn(commit: number): void {
    const { state } = this;
    const known = Math.min(commit, state.end);
    if (!state.isEmpty && known > state.commit) state.show(known);
  }

  private answer(verb: number, round: number, position: number, question = 0): void {
    this.round = round;
    const letter = this.host.letter(verb, this.host.leadership.leader);
    letter.term = this.term();
    letter.round = round;
    letter.granted = true;
    letter.position = position;
    letter.durable = this.confirmed;
    letter.question = question;
    this.host.send(letter);
  }
}
