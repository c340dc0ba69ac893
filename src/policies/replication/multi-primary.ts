import type { Host, Operation, RegionId, Replica, Replication } from "../contract.js";
import { type OptionValues, choice, count, duration, numberOption } from "../options.js";
import { CausalLetter, Causes, WaitingLetters } from "./causal-delivery.js";
import { CommitWait } from "./commit-wait.js";
import { ACKNOWLEDGE, ACKNOWLEDGE_AFTER, APPEND, HELLO, LogShipper, OPEN } from "./shipping.js";

const BEAT = 0;
const COMMIT = 1;
const FLUSH = 2;

/**
 * Every replica accepts writes at once and ships its own log to all others, which merge. Nothing is coordinated, so
 * concurrent writes of one key are possible anywhere, and a conflict policy must say what survives. Each log comes in its
 * order; where delivery is causal, a write also waits for all that its origin had when it was accepted.
 */
class MultiPrimaryReplica implements Replica<CausalLetter> {
  private readonly shipper: LogShipper<CausalLetter>;
  /** How far each origin's log has been merged here, and how far that was acknowledged. */
  private readonly received: number[] = [];
  private readonly confirmed: number[] = [];
  private readonly askedAt: number[] = [];
  private empty = false;
  private flushing = false;
  /** Null where writes are merged as they come. */
  private readonly causes: Causes | null;
  private readonly waiting: WaitingLetters | null;
  /** Null where a write is answered as soon as it is accepted. */
  private readonly commits: CommitWait | null;

  constructor(
    private readonly host: Host<CausalLetter>,
    private readonly heartbeat: number,
    private readonly retention: number,
    /** How long a write may wait for its causes. */
    private readonly hold: number,
    /** How long writes are collected before they are shipped. */
    private readonly batch: number,
    /** By how much a clock may be off, as is believed; 0 where no write waits for that. */
    clockBound: number,
  ) {
    this.commits = clockBound === 0 ? null : new CommitWait(host, clockBound, COMMIT);
    const { marks } = host;
    const isCausal = hold !== Number.POSITIVE_INFINITY && marks !== null;
    this.causes = isCausal ? new Causes(host, marks) : null;
    this.waiting = isCausal
      ? new WaitingLetters(host, marks, this.take, (peer) => this.received[peer]!, this.merged)
      : null;
    this.shipper = new LogShipper(host, this.causes?.annotate);
    for (const peer of host.peers) this.expect(peer);
  }

  joins(peer: RegionId): void {
    this.expect(peer);
    this.shipper.add(peer);
    this.waiting?.add(peer);
  }

  private expect(peer: RegionId): void {
    this.received[peer] = this.confirmed[peer] = 0;
    this.askedAt[peer] = Number.NEGATIVE_INFINITY;
  }

  request(operation: Operation): void {
    if (this.empty) {
      this.host.refuse(operation, "catching-up");
      return;
    }
    if (!operation.write) {
      this.host.finish(operation);
      return;
    }
    this.causes?.note();
    this.host.accept(operation);
    if (this.commits === null) this.host.commit(operation);
    else this.commits.take(operation);
    if (this.batch === 0) this.shipper.release();
    else if (!this.flushing) {
      this.flushing = true;
      this.host.after(this.batch, FLUSH, 0);
    }
  }

  receive(letter: CausalLetter): void {
    const peer = letter.from;
    switch (letter.verb) {
      case OPEN:
        this.askAgain(peer);
        break;
      case HELLO:
        // What the peer asks for may be gone here, because this log was trimmed or its disk lost: then a whole copy.
        if (this.empty) break;
        if (letter.position < this.host.log.begin) this.snapshot(peer);
        else this.shipper.connect(peer, letter.position);
        break;
      case APPEND:
        this.merge(letter);
        break;
      case ACKNOWLEDGE:
        this.shipper.confirm(peer, letter.position);
        this.trim();
        break;
    }
  }

  timer(verb: number): void {
    if (verb === BEAT) this.beat();
    else if (verb === COMMIT) this.commits?.over();
    else {
      this.flushing = false;
      this.shipper.release();
    }
  }

  private beat(): void {
    this.trim();
    this.shipper.beat();
    for (const peer of this.host.peers) {
      if (!this.shipper.isConnected(peer)) this.host.send(this.host.letter(OPEN, peer));
      if (this.confirmed[peer] !== this.received[peer]) this.acknowledge(peer);
      if (this.waiting?.isStuck(peer, this.hold)) this.askForAll(peer);
    }
    this.host.after(this.heartbeat, BEAT, 0);
  }

  disconnected(peer: RegionId): void {
    this.shipper.disconnect(peer);
  }

  led(): void {}

  persisted(): void {
    this.commits?.settle();
  }

  wants(letter: CausalLetter): boolean {
    return this.empty || letter.position > this.received[letter.from]!;
  }

  installed(letter: CausalLetter): void {
    this.received[letter.from] = letter.position;
    this.empty = false;
    this.shipper.release();
    this.waiting?.retry();
    for (const peer of this.host.peers) this.hello(peer);
  }

  /** It lives on in one peer, which ships only what it has made itself: from here the others get it. */
  regained(): boolean {
    this.causes?.note();
    return true;
  }

  restart(disk: "kept" | "synced" | "lost" | "restored"): void {
    this.shipper.disconnectAll();
    this.waiting?.clear();
    this.commits?.forget();
    if (disk === "restored") this.empty = false;
    if (disk === "lost") this.empty = true;
    if (disk !== "kept") {
      // What is gone of this node's own writes may live on in a peer: only a whole copy brings it back, from whoever
      // answers first. Their positions must not stand for other writes now: peers would take those for what they have.
      this.host.log.resetTo(this.host.log.highest);
      for (const peer of this.host.peers) this.received[peer] = -1;
    }
    this.flushing = false;
    this.beat();
    for (const peer of this.host.peers) this.hello(peer);
  }

  position(): number {
    return this.host.log.end;
  }

  logTerm(): number {
    return 0;
  }

  private merge(letter: CausalLetter): void {
    const peer = letter.from;
    const next = this.received[peer]!;
    if (letter.position > (this.waiting?.reach(peer) ?? next) || next < 0) {
      this.askAgain(peer);
      return;
    }
    if (this.waiting !== null) {
      this.waiting.receive(letter);
      return;
    }
    const { length } = letter.writes;
    for (let index = next - letter.position; index < length; index++) this.host.apply(letter.writes.at(index));
    this.received[peer] = Math.max(next, letter.position + length);
    this.merged(letter);
  }

  private readonly take = (letter: CausalLetter, index: number): void => {
    this.host.apply(letter.writes.at(index));
    this.received[letter.from] = letter.position + index + 1;
  };

  /** All of a letter is here. */
  private readonly merged = (letter: CausalLetter): void => {
    const peer = letter.from;
    const received = this.received[peer]!;
    this.host.heardFrom(peer, letter.asOf, letter.end > received ? letter.end - received : 0);
    if (received - this.confirmed[peer]! >= ACKNOWLEDGE_AFTER) this.acknowledge(peer);
  };

  /** What its writes wait for may never come, but whoever sent them has it: a whole copy of him brings both. */
  private askForAll(peer: RegionId): void {
    this.waiting!.giveUp(peer);
    this.askedAt[peer] = this.host.now;
    const letter = this.host.letter(HELLO, peer);
    letter.position = -1;
    this.host.send(letter);
  }

  /** Lets go of what every peer has, and of what is kept for longer than is kept for anyone. */
  private trim(): void {
    this.host.log.trim(Math.max(this.shipper.safe(), this.host.log.end - this.retention));
  }

  private snapshot(to: RegionId): void {
    const letter = this.host.letter(APPEND, to);
    letter.position = this.host.log.end;
    this.host.snapshot(letter);
  }

  /** Once a heartbeat: each answer brings everything from there on, and a heal brings many invitations at once. */
  private askAgain(peer: RegionId): void {
    if (this.host.now - this.askedAt[peer]! >= this.heartbeat) this.hello(peer);
  }

  private hello(peer: RegionId): void {
    this.askedAt[peer] = this.host.now;
    const letter = this.host.letter(HELLO, peer);
    letter.position = this.received[peer]!;
    this.host.send(letter);
  }

  private acknowledge(peer: RegionId): void {
    const letter = this.host.letter(ACKNOWLEDGE, peer);
    letter.position = this.confirmed[peer] = this.received[peer]!;
    this.host.send(letter);
  }
}

export const multiPrimary: Replication<CausalLetter> = {
  name: "multi-primary",
  about: "Every region accepts writes at once and ships them to all others, which merge them by the conflict policy.",
  costs: "Writes of two regions that had not seen each other meet, and the conflict policy may throw one away.",
  follows: "Gray and others, The Dangers of Replication and a Solution (1996), lazy group",
  options: {
    heartbeat: duration(1_000_000, "between signs of life, and between acknowledgements at the latest", {
      least: 10_000,
    }),
    batch: duration(0, "how long writes are collected before they are shipped; 0 ships each at once"),
    retention: count(1_000_000, "writes kept for a peer that is away; beyond them it needs a whole copy"),
    delivery: choice(
      ["as-it-comes", "causal"],
      "whether a write that comes from elsewhere waits for all that its origin had when it was accepted",
    ),
    hold: duration(60_000_000, "how long it waits before a whole copy is asked for in its place", { above: 0 }),
    commit_wait: duration(
      0,
      "the bound on the error of every clock: a write is answered when its timestamp is past on all of them, twice the bound later; 0: at once",
    ),
  },
  gives: { writers: "every-replica", inOrder: true, tellsAge: true, keepsSiblings: true, admits: true },
  needs: { conflict: true },
  verbs: ["open", "hello", "append", "acknowledge"],
  letter: () => new CausalLetter(),
  isCausal: ({ delivery }) => delivery === "causal",
  on: (host: Host<CausalLetter>, options: OptionValues) =>
    new MultiPrimaryReplica(
      host,
      numberOption(options, "heartbeat"),
      numberOption(options, "retention"),
      options["delivery"] === "causal" ? numberOption(options, "hold") : Number.POSITIVE_INFINITY,
      (options["batch"] as number | undefined) ?? 0,
      (options["commit_wait"] as number | undefined) ?? 0,
    ),
};
