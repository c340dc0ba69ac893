import type { Host, Operation, Refusal, RegionId, Replica } from "../contract.js";
import { LagBound } from "./lag-bound.js";
import { ACKNOWLEDGE, ACKNOWLEDGE_AFTER, APPEND, HELLO, LogLetter, LogShipper, OPEN } from "./shipping.js";
import { TermHistory } from "./term-history.js";

const SYNC = 4;
const STALE = 5;
const BEAT = 0;
const FLUSH = 1;

export class AsyncLetter extends LogLetter {
  /** HELLO: its number; SYNC: of the hello that it answers. */
  question = 0;
  /** STALE: who leads in the term that this letter tells of. */
  leader: RegionId = 0;
  /** HELLO, SYNC: the terms of the sender's log. */
  readonly history = new TermHistory();
}

/**
 * One primary orders and acknowledges writes by itself and ships its log; standbys follow, later. Whoever is promoted
 * begins a new term at the end of its own log, and a node that comes back with entries of an older term that the new
 * leader never had goes back to the point where the two logs part.
 */
export class AsyncReplica implements Replica<AsyncLetter> {
  protected readonly shipper: LogShipper<AsyncLetter>;
  private readonly history = new TermHistory();
  /** Whether this log is known to be a prefix of the leader's. */
  private inSync = false;
  protected confirmed = 0;
  private empty = false;
  /** How often this log has lost what it held: an end of it, or all. */
  private losses = 0;
  /** Hellos sent, and the first one whose answer speaks of this log as it stands: earlier ones saw it before it was replaced. */
  private asked = 0;
  private heededFrom = 1;
  private askedAt = Number.NEGATIVE_INFINITY;
  private flushing = false;
  /** Null where no standby is too far behind. */
  private readonly bound: LagBound | null;

  constructor(
    protected readonly host: Host<AsyncLetter>,
    protected readonly heartbeat: number,
    private readonly retention: number,
    private readonly batch: number,
    most = Number.POSITIVE_INFINITY,
    refuses = false,
  ) {
    // A leader that may not write may have a successor that does.
    this.shipper = new LogShipper(host, undefined, () => host.mayWrite() === null);
    this.bound = most === Number.POSITIVE_INFINITY ? null : new LagBound(host, this.shipper, most, refuses);
  }

  protected get leads(): boolean {
    return this.host.leadership.leader === this.host.id;
  }

  request(operation: Operation): void {
    const why = this.refusal(operation);
    if (why !== null) {
      this.host.refuse(operation, why);
      return;
    }
    if (!operation.write) {
      this.host.finish(operation);
      return;
    }
    this.take(operation);
    if (this.batch === 0) this.shipper.release();
    else if (!this.flushing) {
      this.flushing = true;
      this.host.after(this.batch, FLUSH, 0);
    }
  }

  receive(letter: AsyncLetter): void {
    switch (letter.verb) {
      case OPEN:
        this.host.heard(letter.from, letter.term);
        if (this.host.leadership.leader !== letter.from || this.leads) break;
        // The leader may have lost its tail: whether the two logs agree has to be found out again.
        this.inSync = false;
        this.askAgain();
        break;
      case HELLO:
        // A leader without data has nothing to compare: its followers keep theirs, until it has asked them.
        if (this.leads && !this.empty) this.welcome(letter);
        else if (letter.position < 0 && !this.empty) this.snapshot(letter.from);
        break;
      case SYNC:
        if (this.host.leadership.leader === letter.from) this.join(letter);
        break;
      case APPEND:
        this.append(letter);
        break;
      case ACKNOWLEDGE:
        this.shipper.confirm(letter.from, letter.position);
        this.confirmedBy(letter.from);
        this.trim();
        break;
      case STALE:
        this.host.heard(letter.leader, letter.term);
        break;
    }
  }

  timer(verb: number): void {
    if (verb === FLUSH) {
      this.flushing = false;
      if (this.leads) this.shipper.release();
      return;
    }
    if (this.leads && this.empty) {
      // The leader itself has lost its disk: any other copy is better than none.
      for (const peer of this.host.peers) this.hello(peer);
    } else if (this.leads) {
      this.trim();
      this.shipper.beat();
      for (const peer of this.host.peers) if (!this.shipper.isConnected(peer)) this.open(peer);
    } else if (this.inSync && this.confirmed !== this.host.log.end) {
      this.acknowledge();
    }
    this.host.after(this.heartbeat, BEAT, 0);
  }

  disconnected(peer: RegionId): void {
    this.shipper.disconnect(peer);
  }

  led(): void {
    this.shipper.disconnectAll();
    this.inSync = false;
    this.heededFrom = this.asked + 1;
    if (this.leads && !this.empty) {
      // What standbys told it when it led before means nothing to what it writes from now on.
      if (this.bound !== null) this.shipper.forget();
      this.history.truncate(this.host.log.end);
      this.history.begin(this.host.leadership.term, this.host.log.end, this.losses);
      for (const peer of this.host.peers) this.open(peer);
    } else if (!this.leads) {
      this.bound?.giveUp();
      this.hello();
    }
  }

  joins(peer: RegionId): void {
    this.shipper.add(peer);
  }

  persisted(): void {
    if (this.leads) this.bound?.settle();
  }

  /** Leader: a user's write. Acknowledged as soon as this node's own storage has it. */
  protected take(operation: Operation): void {
    this.host.accept(operation);
    if (this.bound === null) this.host.commit(operation);
    else this.bound.take(operation);
  }

  /** Leader: a follower has told how far it is. */
  protected confirmedBy(_peer: RegionId): void {
    this.bound?.settle();
  }

  /** Follower: more of the leader's log is here. */
  protected followed(): void {
    const unsaid = this.host.log.end - this.confirmed;
    // Where writes wait for it, it says so at once.
    if (unsaid >= ACKNOWLEDGE_AFTER || (this.bound !== null && unsaid > 0)) this.acknowledge();
  }

  /** A leader takes the first copy that comes and goes on from there; what others had beyond it is not its story. */
  wants(letter: AsyncLetter): boolean {
    const { log } = this.host;
    if (this.empty) return true;
    if (this.leads || letter.position <= log.end) return false;
    // A copy only adds: what this node holds and the sender never had, as of a leader before it, would stay.
    if (this.history.sharedUntil(letter.history) < log.end) this.host.discard();
    return true;
  }

  installed(letter: AsyncLetter): void {
    this.host.log.resetTo(letter.position);
    this.history.copyFrom(letter.history);
    this.empty = false;
    this.confirmed = letter.position;
    this.led();
  }

  restart(disk: "kept" | "synced" | "lost" | "restored"): void {
    this.flushing = false;
    this.bound?.forget();
    if (disk === "restored") this.empty = false;
    if (disk === "synced" || disk === "restored") {
      this.history.truncate(this.host.log.end);
      this.confirmed = Math.min(this.confirmed, this.host.log.end);
    }
    if (disk !== "kept") this.losses++;
    if (disk === "lost") {
      this.empty = true;
      this.host.log.resetTo(0);
      this.history.clear();
    }
    this.led();
    this.host.after(this.heartbeat, BEAT, 0);
  }

  position(): number {
    return this.empty ? 0 : this.host.log.end;
  }

  logTerm(): number {
    return this.empty ? 0 : this.history.lastWithin(this.host.log.end);
  }

  private refusal(operation: Operation): Refusal | null {
    if (this.empty) return "catching-up";
    if (!operation.write) return null;
    if (!this.leads) return "not-primary";
    return this.host.mayWrite() ?? (this.bound?.admits === false ? "no-quorum" : null);
  }

  /** Leader: a follower says where it stands; tells it where the two logs part, and ships from there. */
  private welcome(letter: AsyncLetter): void {
    const { log } = this.host;
    const common = Math.min(letter.position, log.end, this.history.sharedUntil(letter.history));
    const answer = this.host.letter(SYNC, letter.from);
    answer.term = this.host.leadership.term;
    answer.question = letter.question;
    answer.position = common;
    answer.history.copyFrom(this.history);
    this.host.send(answer);
    // Below what is retained only a whole copy helps.
    if (common < log.begin) this.snapshot(letter.from);
    else this.shipper.connect(letter.from, common);
  }

  /** A whole copy, with the terms that wrote it. */
  private snapshot(to: RegionId): void {
    const letter = this.host.letter(SYNC, to);
    // What is not shown yet is not in it, and comes with the log.
    letter.position = this.host.shownEnd;
    letter.history.copyFrom(this.history);
    this.host.snapshot(letter);
  }

  /** Follower: gives up what the leader never had. */
  private join(letter: AsyncLetter): void {
    if (letter.question < this.heededFrom) return;
    // An answer to an earlier hello of the same term: this log is known to agree, and has grown since.
    if (this.inSync && letter.position <= this.host.log.end) return;
    if (!this.empty && this.host.log.end > letter.position) {
      this.host.rewind(letter.position);
      // It cannot go back that far: only a whole copy brings the two together.
      if (this.host.log.end > letter.position) {
        this.host.discard();
        this.empty = true;
        this.heededFrom = this.asked + 1;
        this.hello();
        return;
      }
    }
    this.history.copyFrom(letter.history);
    this.inSync = this.host.log.end === letter.position;
    this.confirmed = Math.min(this.confirmed, this.host.log.end);
  }

  private append(letter: AsyncLetter): void {
    const { leadership, log } = this.host;
    if (letter.term < leadership.term) {
      const answer = this.host.letter(STALE, letter.from);
      answer.term = leadership.term;
      answer.leader = leadership.leader;
      this.host.send(answer);
      return;
    }
    if (letter.from !== leadership.leader || this.leads) {
      this.host.heard(letter.from, letter.term);
      return;
    }
    if (!this.inSync || letter.position > log.end) {
      this.askAgain();
      return;
    }
    for (let index = log.end - letter.position; index < letter.writes.length; index++)
      this.host.follow(letter.writes.at(index));
    log.trim(Math.min(letter.safe, log.end));
    this.followed();
    // After what has come is shown, or waits for those who apply it.
    this.host.heardFrom(letter.from, letter.asOf, letter.end - log.end);
  }

  /** Lets go of what every peer has, and of what is kept for longer than is kept for anyone. */
  private trim(): void {
    this.host.log.trim(Math.max(this.shipper.safe(), this.host.log.end - this.retention));
  }

  private open(peer: RegionId): void {
    const letter = this.host.letter(OPEN, peer);
    letter.term = this.host.leadership.term;
    this.host.send(letter);
  }

  /** Once a heartbeat: each answer brings everything from there on, and a heal brings many invitations at once. */
  private askAgain(): void {
    if (this.host.now - this.askedAt >= this.heartbeat) this.hello();
  }

  /** Says where this log stands; -1 asks for a whole copy. */
  private hello(to = this.host.leadership.leader): void {
    const letter = this.host.letter(HELLO, to);
    letter.question = ++this.asked;
    this.askedAt = this.host.now;
    letter.history.copyFrom(this.history);
    letter.position = this.empty ? -1 : this.host.log.end;
    this.host.send(letter);
  }

  protected acknowledge(position = this.host.log.end): void {
    const letter = this.host.letter(ACKNOWLEDGE, this.host.leadership.leader);
    letter.position = this.confirmed = position;
    this.host.send(letter);
  }
}
