import { type Host, NOBODY, type Operation, type RegionId, type Replica } from "../../contract.js";
import { ACKNOWLEDGE, APPEND, HELLO, OPEN } from "../shipping.js";
import { Election, type ElectionSettings, FOLLOWER, LEADER } from "./election.js";
import { Follower } from "./follower.js";
import { Leader, type LeaderSettings } from "./leader.js";
import { type RaftLetter, STALE, VOTE, VOTED } from "./letter.js";
import { Members, type Parts } from "./members.js";
import { RaftState } from "./state.js";

const BEAT = 0;
const ELECTION = 1;

/**
 * Consensus on one log (Ongaro and Ousterhout 2014). A leader that a majority has elected orders all writes; a write is
 * committed, shown and answered once a majority has it on disk. The paper's first entry of a term that carries nothing is
 * the beginning of that term in the history of terms here: whoever has joined the leader in its term has it.
 */
export class RaftReplica implements Replica<RaftLetter> {
  private readonly state: RaftState;
  private readonly members: Members;
  private readonly election: Election;
  private readonly leader: Leader;
  private readonly follower: Follower;
  private begun = 0;

  constructor(
    private readonly host: Host<RaftLetter>,
    settings: ElectionSettings & LeaderSettings & Parts,
  ) {
    this.state = new RaftState(host);
    this.members = new Members(host, settings);
    const { members } = this;
    const term = (): number => this.election.term;
    this.election = new Election(host, settings, this.state, members, (since) => this.won(since), ELECTION);
    this.leader = new Leader(host, settings, this.state, members, term, BEAT);
    this.follower = new Follower(host, this.state, term);
  }

  private get leads(): boolean {
    return this.election.role === LEADER;
  }

  request(operation: Operation): void {
    const { host } = this;
    const isOrdinary = !operation.write && !operation.confirmed;
    let why = this.leads ? host.mayWrite() : "not-primary";
    if (isOrdinary) why = this.state.isEmpty ? "catching-up" : null;
    if (why !== null) host.refuse(operation, why);
    else if (isOrdinary) host.finish(operation);
    else this.leader.request(operation);
  }

  receive(letter: RaftLetter): void {
    const { election, leader, follower } = this;
    // Of a term that has not begun.
    const isSupposed = letter.pre && (letter.verb === VOTE || (letter.verb === VOTED && letter.granted));
    if (letter.term > election.term && !isSupposed)
      this.step(letter.term, letter.verb === OPEN || letter.verb === APPEND ? letter.from : NOBODY);
    const isOfTerm = letter.term === election.term;
    switch (letter.verb) {
      case OPEN:
        if (this.follows(letter)) follower.join(letter);
        break;
      case APPEND:
        if (this.follows(letter)) follower.append(letter);
        break;
      case HELLO:
        if (this.leads && isOfTerm) leader.welcome(letter);
        break;
      case ACKNOWLEDGE:
        if (this.leads && isOfTerm) leader.acknowledged(letter);
        break;
      case VOTE:
        election.asked(letter);
        break;
      case VOTED:
        election.counted(letter);
        break;
      case STALE:
        if (isOfTerm && letter.leader !== NOBODY) this.host.believe(letter.leader, letter.term);
        break;
    }
  }

  timer(verb: number, what: number): void {
    if (verb === ELECTION) this.election.timer();
    else if (this.leads && !this.leader.beat(what)) this.step(this.election.term, NOBODY);
  }

  disconnected(peer: RegionId): void {
    this.leader.disconnected(peer);
  }

  led(): void {}

  /** What is on disk counts: for a leader's own vote, and for what a follower has told. */
  persisted(): void {
    if (this.leads) this.leader.advance();
    else this.follower.persisted();
  }

  wants(letter: RaftLetter): boolean {
    return letter.position > this.state.commit || this.state.isEmpty;
  }

  installed(letter: RaftLetter): void {
    const { state } = this;
    this.host.log.resetTo(letter.position);
    state.history.copyFrom(letter.history);
    state.commit = letter.position;
    state.isEmpty = false;
    // The leader goes on from here once it is told.
    state.joined = 0;
    this.follower.ask();
  }

  restart(disk: "kept" | "synced" | "lost" | "restored"): void {
    const { host, election, state } = this;
    this.leader.forget();
    state.joined = 0;
    state.isRestored = disk === "restored";
    if (disk === "lost" || disk === "restored") {
      state.clear();
      state.isEmpty = disk === "lost";
    }
    state.history.truncate(state.end);
    state.commit = Math.min(state.commit, state.end);
    const { leader, term } = host.leadership;
    election.start();
    // So that the connections are there when votes are asked for.
    for (const peer of this.members.peers) this.follower.greet(peer);
    // At the start of the run one node leads by appointment.
    if (this.begun++ === 0 && leader === host.id) {
      election.enter(term);
      this.reign();
    } else if (leader === host.id) host.believe(NOBODY, term);
  }

  position(): number {
    return this.state.isEmpty ? 0 : this.state.end;
  }

  logTerm(): number {
    return this.state.isEmpty ? 0 : this.state.history.lastWithin(this.state.end);
  }

  private won(since: number): void {
    this.reign();
    this.host.elected(this.election.term, since);
  }

  private reign(): void {
    this.election.lead();
    this.leader.begin();
  }

  /** A newer term has begun somewhere, or a leader without a majority gives up. */
  private step(term: number, leader: RegionId): void {
    const { election, host } = this;
    const led = this.leads;
    if (term > election.term) election.enter(term);
    if (led) this.leader.end();
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
}
