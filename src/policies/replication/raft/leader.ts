import type { Host, Operation, RegionId } from "../../contract.js";
import { Proposals } from "../proposals.js";
import { LogShipper, OPEN } from "../shipping.js";
import { COPY, type RaftLetter } from "./letter.js";
import type { Members } from "./members.js";
import { ReadRounds } from "./read-rounds.js";
import type { RaftState } from "./state.js";

export interface LeaderSettings {
  readonly heartbeat: number;
  readonly retention: number;
  /** How long a leader answers reads after a majority has heard from it; 0 where each read asks one. */
  readonly lease: number;
  /** By its own clock, a leader that has not heard from a majority for so long gives up. */
  readonly patience: number;
}

/** What a node does while it leads: orders writes, ships them, commits what a majority has, and confirms reads. */
export class Leader {
  private readonly shipper: LogShipper<RaftLetter>;
  private readonly proposals: Proposals;
  private readonly reads: ReadRounds;
  /** When each peer was last heard from, by this node's clock. */
  private readonly heardAt: number[] = [];
  /** Invitations sent to each peer. */
  private readonly questions: number[] = [];
  /** Reigns here: beats of an earlier one mean nothing. */
  private reigns = 0;

  constructor(
    private readonly host: Host<RaftLetter>,
    private readonly settings: LeaderSettings,
    private readonly state: RaftState,
    private readonly members: Members,
    private readonly term: () => number,
    private readonly beatVerb: number,
  ) {
    this.shipper = new LogShipper(host, this.dress, undefined, members.peers, members.carries);
    this.proposals = new Proposals(host);
    const isLevel = (): boolean => state.commit >= state.history.startOfLast;
    this.reads = new ReadRounds(host, members, () => this.shipper.tell(), isLevel, settings.lease);
  }

  begin(): void {
    const { host, state } = this;
    state.isRestored = false;
    state.history.truncate(host.log.end);
    state.history.begin(this.term(), host.log.end);
    state.joined = this.term();
    this.shipper.forget();
    for (const peer of this.members.peers) {
      this.heardAt[peer] = host.clock;
      this.open(peer);
    }
    this.advance();
    host.after(this.settings.heartbeat, this.beatVerb, ++this.reigns);
  }

  /** What is under way may still come true, by the next leader's word. */
  end(): void {
    this.proposals.giveUp();
    this.reads.giveUp();
    this.shipper.forget();
    this.state.joined = 0;
  }

  /** The host has restarted: nobody waits for an answer of its any more. */
  forget(): void {
    this.proposals.forget();
    this.reads.forget();
    this.shipper.forget();
  }

  request(operation: Operation): void {
    if (!operation.write) {
      this.reads.ask(operation.id);
      return;
    }
    // A client that hears nothing tries again: what it asked for may be in the log already.
    if (!this.host.repeats(operation)) this.host.propose(operation);
    this.proposals.push(this.host.log.end, operation.id);
    this.shipper.release();
    this.advance();
  }

  disconnected(peer: RegionId): void {
    this.shipper.disconnect(peer);
  }

  /** A follower has joined, and has the log up to there; or asks to be opened again. */
  welcome(letter: RaftLetter): void {
    const { host, shipper } = this;
    this.heardAt[letter.from] = host.clock;
    if (!letter.granted) {
      if (shipper.isConnected(letter.from)) this.open(letter.from);
      return;
    }
    // Of many invitations that a cut has held only the answer to the last one counts.
    if (letter.question !== this.questions[letter.from]) return;
    if (letter.position < host.log.begin) this.copy(letter.from);
    else {
      shipper.connect(letter.from, letter.position, Math.min(letter.position, letter.durable));
      this.reads.answered(letter.from, letter.round);
      this.advance();
    }
  }

  acknowledged(letter: RaftLetter): void {
    this.heardAt[letter.from] = this.host.clock;
    this.shipper.confirm(letter.from, letter.position);
    this.advance();
    this.reads.answered(letter.from, letter.round);
  }

  /** Commits what a majority has on disk, once it has the beginning of this term too. */
  advance(): void {
    const { host, members, shipper, state } = this;
    const { log } = host;
    const { voters } = members;
    let committed = state.commit;
    for (let at = -1; at < voters.length; at++) {
      const position = at < 0 ? log.secured : shipper.acknowledgedBy(voters[at]!);
      if (position <= committed || position < state.history.startOfLast) continue;
      let holders = log.secured >= position ? 1 : 0;
      for (let other = 0; other < voters.length; other++)
        if (shipper.acknowledgedBy(voters[other]!) >= position) holders++;
      if (holders >= members.majority) committed = position;
    }
    if (committed > state.commit) {
      state.show(committed);
      this.proposals.committed(committed);
      this.reads.recheck();
    }
    log.trim(Math.min(committed, Math.max(shipper.safe(), log.end - this.settings.retention)));
  }

  /** Event: false when it must not lead any more. */
  beat(reign: number): boolean {
    if (reign !== this.reigns) return true;
    const { host, members, settings, shipper } = this;
    let heard = 1;
    for (const peer of members.voters) if (host.clock - this.heardAt[peer]! <= settings.patience) heard++;
    if (heard < members.majority) return false;
    this.reads.beat();
    for (const peer of members.peers) if (!shipper.isConnected(peer)) this.open(peer);
    host.after(settings.heartbeat, this.beatVerb, reign);
    return true;
  }

  /** Asserts this node's leadership, with the story of its log. */
  private open(peer: RegionId): void {
    this.shipper.disconnect(peer);
    const letter = this.host.letter(OPEN, peer);
    letter.question = this.questions[peer] = (this.questions[peer] ?? 0) + 1;
    letter.position = this.host.log.end;
    letter.history.copyFrom(this.state.history);
    this.dress(letter);
    this.host.send(letter);
  }

  private copy(to: RegionId): void {
    const letter = this.host.letter(COPY, to);
    letter.position = this.state.commit;
    letter.history.copyFrom(this.state.history);
    letter.history.truncate(this.state.commit);
    this.host.snapshot(letter);
  }

  private readonly dress = (letter: RaftLetter, _from = 0, count = 0): void => {
    letter.count = count;
    letter.term = this.term();
    letter.commit = this.state.commit;
    letter.round = this.reads.current;
    letter.asOf = this.reads.asOf;
  };
}
