import { type Host, NOBODY, type Operation, type RegionId, type Replica } from "../../contract.js";
import { ACKNOWLEDGE, APPEND, HELLO, LogShipper, OPEN } from "../shipping.js";
import { TermHistory } from "../term-history.js";
import { Election, type ElectionSettings, type Electorate, FOLLOWER, LEADER } from "./election.js";
import { COPY, type RaftLetter, STALE, VOTE, VOTED } from "./letter.js";
import { Proposals } from "./proposals.js";
import { ReadRounds } from "./read-rounds.js";

const BEAT = 0;
const ELECTION = 1;

export interface RaftSettings extends ElectionSettings {
  readonly heartbeat: number;
  readonly retention: number;
  /** How long a leader answers reads after a majority has heard from it; 0 where each read asks one. */
  readonly lease: number;
}

/**
 * Consensus on one log (Ongaro and Ousterhout 2014). A leader that a majority has elected orders all writes; a write is
 * committed, shown and answered once a majority has it on disk. The paper's first entry of a term that carries nothing is
 * the beginning of that term in the history of terms here: whoever has joined the leader in its term has it.
 */
export class RaftReplica implements Replica<RaftLetter>, Electorate {
  readonly majority: number;
  isEmpty = false;
  isRestored = false;
  private readonly shipper: LogShipper<RaftLetter>;
  private readonly history = new TermHistory();
  private readonly election: Election;
  private readonly proposals: Proposals;
  private readonly reads: ReadRounds;
  private commit = 0;
  /** The term in whose leader's log this one is a prefix; 0 for none. */
  private joined = 0;
  private round = 0;
  private confirmed = 0;
  /** When each peer was last heard from, for a leader that must not lead alone. */
  private readonly heardAt: number[] = [];
  /** Leaderships here: beats of an earlier one mean nothing. */
  private reigns = 0;
  /** Invitations sent to each peer. */
  private readonly questions: number[] = [];
  private begun = 0;

  constructor(
    private readonly host: Host<RaftLetter>,
    private readonly settings: RaftSettings,
  ) {
    this.majority = ((host.peers.length + 1) >> 1) + 1;
    this.shipper = new LogShipper(host, this.dress);
    this.election = new Election(host, settings, this.history, this, ELECTION);
    this.proposals = new Proposals(host);
    const isLevel = (): boolean => this.commit >= this.history.startOfLast;
    this.reads = new ReadRounds(host, this.majority, () => this.shipper.tell(), isLevel, settings.lease);
  }

  request(operation: Operation): void {
    const { host } = this;
    if (!operation.write && !operation.confirmed) {
      if (this.isEmpty) host.refuse(operation, "catching-up");
      else host.finish(operation);
      return;
    }
    const why = this.election.role === LEADER ? host.mayWrite() : "not-primary";
    if (why !== null) {
      host.refuse(operation, why);
      return;
    }
    if (!operation.write) {
      this.reads.ask(operation.id);
      return;
    }
    // A client that hears nothing tries again: what it asked for may be in the log already.
    if (!host.repeats(operation)) host.propose(operation);
    this.proposals.push(host.log.end, operation.id);
    this.shipper.release();
    this.advance();
  }

  receive(letter: RaftLetter): void {
    const { election } = this;
    // Of a term that has not begun.
    const isSupposed = letter.pre && (letter.verb === VOTE || (letter.verb === VOTED && letter.granted));
    if (letter.term > election.term && !isSupposed)
      this.step(letter.term, letter.verb === OPEN || letter.verb === APPEND ? letter.from : NOBODY);
    switch (letter.verb) {
      case OPEN:
        if (this.follows(letter)) this.join(letter);
        break;
      case APPEND:
        if (this.follows(letter)) this.append(letter);
        break;
      case HELLO:
        if (election.role === LEADER && letter.term === election.term) this.welcome(letter);
        break;
      case ACKNOWLEDGE:
        if (election.role === LEADER && letter.term === election.term) this.acknowledged(letter);
        break;
      case VOTE:
        election.asked(letter);
        break;
      case VOTED:
        election.counted(letter);
        break;
      case STALE:
        if (letter.term === election.term && letter.leader !== NOBODY) this.host.believe(letter.leader, letter.term);
        break;
    }
  }

  timer(verb: number, what: number): void {
    if (verb === ELECTION) this.election.timer();
    else if (what === this.reigns && this.election.role === LEADER) this.beat();
  }

  disconnected(peer: RegionId): void {
    this.shipper.disconnect(peer);
  }

  led(): void {}

  /** What is on disk counts: for a leader's own vote, and for what a follower has told. */
  persisted(): void {
    if (this.election.role === LEADER) this.advance();
    else if (this.joined === this.election.term && this.confirmed < this.host.log.durable) this.acknowledge();
  }

  wants(letter: RaftLetter): boolean {
    return letter.position > this.commit || this.isEmpty;
  }

  installed(letter: RaftLetter): void {
    this.host.log.resetTo(letter.position);
    this.history.copyFrom(letter.history);
    this.commit = letter.position;
    this.isEmpty = false;
    // The leader goes on from here once it is told.
    this.joined = 0;
    this.ask();
  }

  restart(disk: "kept" | "synced" | "lost" | "restored"): void {
    const { host, election } = this;
    this.proposals.forget();
    this.reads.forget();
    this.shipper.forget();
    this.joined = 0;
    this.isRestored = disk === "restored";
    if (disk === "lost" || disk === "restored") {
      host.log.resetTo(0);
      this.history.clear();
      this.commit = 0;
      this.isEmpty = disk === "lost";
    }
    this.history.truncate(host.log.end);
    this.commit = Math.min(this.commit, host.log.end);
    const { leader, term } = host.leadership;
    election.start();
    // So that the connections are there when votes are asked for.
    for (const peer of host.peers) this.greet(peer);
    // At the start of the run one node leads by appointment.
    if (this.begun++ === 0 && leader === host.id) {
      election.enter(term);
      this.reign();
    } else if (leader === host.id) host.believe(NOBODY, term);
  }

  position(): number {
    return this.isEmpty ? 0 : this.host.log.end;
  }

  logTerm(): number {
    return this.isEmpty ? 0 : this.history.lastWithin(this.host.log.end);
  }

  won(since: number): void {
    this.reign();
    this.host.elected(this.election.term, since);
  }

  private reign(): void {
    const { host, election, history } = this;
    this.isRestored = false;
    election.lead();
    history.truncate(host.log.end);
    history.begin(election.term, host.log.end);
    this.shipper.forget();
    this.joined = election.term;
    for (const peer of host.peers) {
      this.heardAt[peer] = host.now;
      this.open(peer);
    }
    this.advance();
    host.after(this.settings.heartbeat, BEAT, ++this.reigns);
  }

  /** A newer term has begun somewhere, or a leader without a majority gives up. */
  private step(term: number, leader: RegionId): void {
    const { election, host } = this;
    const led = election.role === LEADER;
    if (term > election.term) election.enter(term);
    if (led) {
      this.proposals.giveUp();
      this.reads.giveUp();
      this.shipper.forget();
      this.joined = 0;
    }
    if (leader === NOBODY) election.yield();
    else election.follow();
    host.believe(leader, term);
  }

  /** Whether a letter comes from the leader of this node's term; tells an earlier one that it is none any more. */
  private follows(letter: RaftLetter): boolean {
    const { election, host } = this;
    if (letter.term < election.term) {
      const answer = host.letter(STALE, letter.from);
      answer.term = election.term;
      answer.leader = host.leadership.term === election.term ? host.leadership.leader : NOBODY;
      host.send(answer);
      return false;
    }
    const { leader, term } = host.leadership;
    if (election.role !== FOLLOWER || leader !== letter.from || term !== letter.term) {
      election.follow();
      host.believe(letter.from, letter.term);
    }
    election.heard();
    return true;
  }

  /** Follower: gives up what the leader's log never had, and says from where on it lacks the rest. */
  private join(letter: RaftLetter): void {
    const { host, history } = this;
    const { log } = host;
    const common = this.isEmpty ? log.end : Math.min(letter.position, log.end, agreeing(history, letter.history));
    if (log.end > common) host.rewind(common);
    history.copyFrom(letter.history);
    this.joined = letter.term;
    this.confirmed = log.durable;
    this.answer(HELLO, letter.round, this.isEmpty ? -1 : log.end, letter.question);
    this.learn(letter.commit);
  }

  private append(letter: RaftLetter): void {
    const { host } = this;
    const { log } = host;
    if (this.joined !== letter.term || letter.position > log.end) {
      this.ask();
      return;
    }
    for (let index = log.end - letter.position; index < letter.writes.length; index++)
      host.hold(letter.writes.at(index));
    this.learn(letter.commit);
    log.trim(Math.min(letter.safe, this.commit));
    this.confirmed = log.durable;
    this.answer(ACKNOWLEDGE, letter.round, log.durable);
  }

  private learn(commit: number): void {
    const known = Math.min(commit, this.host.log.end);
    if (this.isEmpty) return;
    if (known <= this.commit) return;
    this.commit = known;
    this.host.show(known);
  }

  /** Leader: a follower has joined, and has the log up to there; or asks to be opened again. */
  private welcome(letter: RaftLetter): void {
    const { host, shipper } = this;
    this.heardAt[letter.from] = host.now;
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

  private acknowledged(letter: RaftLetter): void {
    this.heardAt[letter.from] = this.host.now;
    this.shipper.confirm(letter.from, letter.position);
    this.advance();
    this.reads.answered(letter.from, letter.round);
  }

  /** Leader: commits what a majority has, once it has the beginning of this term too. */
  private advance(): void {
    if (this.election.role !== LEADER) return;
    const { host, shipper, history, settings } = this;
    const { log, peers } = host;
    let committed = this.commit;
    for (let at = -1; at < peers.length; at++) {
      const position = at < 0 ? log.durable : shipper.acknowledgedBy(peers[at]!);
      if (position <= committed || position < history.startOfLast) continue;
      let holders = log.durable >= position ? 1 : 0;
      for (let other = 0; other < peers.length; other++)
        if (shipper.acknowledgedBy(peers[other]!) >= position) holders++;
      if (holders >= this.majority) committed = position;
    }
    if (committed > this.commit) {
      this.commit = committed;
      host.show(committed);
      this.proposals.committed(committed);
      this.reads.recheck();
    }
    log.trim(Math.min(committed, Math.max(shipper.safe(), log.end - settings.retention)));
  }

  private beat(): void {
    const { host, settings, shipper } = this;
    let heard = 1;
    for (const peer of host.peers) if (host.now - this.heardAt[peer]! <= settings.timeout + settings.spread) heard++;
    if (heard < this.majority) {
      this.step(this.election.term, NOBODY);
      return;
    }
    this.reads.beat();
    for (const peer of host.peers) if (!shipper.isConnected(peer)) this.open(peer);
    host.after(settings.heartbeat, BEAT, this.reigns);
  }

  /** Asserts this node's leadership, with the story of its log. */
  private open(peer: RegionId): void {
    this.shipper.disconnect(peer);
    const letter = this.host.letter(OPEN, peer);
    letter.question = this.questions[peer] = (this.questions[peer] ?? 0) + 1;
    letter.position = this.host.log.end;
    letter.history.copyFrom(this.history);
    this.dress(letter);
    this.host.send(letter);
  }

  private copy(to: RegionId): void {
    const letter = this.host.letter(COPY, to);
    letter.position = this.commit;
    letter.history.copyFrom(this.history);
    letter.history.truncate(this.commit);
    this.host.snapshot(letter);
  }

  /** Asks the leader to begin anew with this log. */
  private ask(): void {
    const { leader } = this.host.leadership;
    if (leader !== NOBODY && leader !== this.host.id) this.greet(leader);
  }

  private greet(peer: RegionId): void {
    const letter = this.host.letter(HELLO, peer);
    letter.term = this.election.term;
    letter.granted = false;
    this.host.send(letter);
  }

  private acknowledge(): void {
    this.confirmed = this.host.log.durable;
    this.answer(ACKNOWLEDGE, this.round, this.confirmed);
  }

  private answer(verb: number, round: number, position: number, question = 0): void {
    this.round = round;
    const letter = this.host.letter(verb, this.host.leadership.leader);
    letter.term = this.election.term;
    letter.round = round;
    letter.granted = true;
    letter.position = position;
    letter.durable = this.confirmed;
    letter.question = question;
    this.host.send(letter);
  }

  private readonly dress = (letter: RaftLetter): void => {
    letter.term = this.election.term;
    letter.commit = this.commit;
    letter.round = this.reads.current;
  };
}

/** Up to where two logs agree: to the end of the last term that both know, in whichever it ends first. */
function agreeing(one: TermHistory, other: TermHistory): number {
  const shared = one.lastShared(other);
  return Math.min(one.endOf(shared), other.endOf(shared));
}
