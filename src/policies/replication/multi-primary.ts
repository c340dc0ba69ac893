import type { Host, Operation, RegionId, Replica, Replication } from "../contract.js";
import { type OptionValues, count, duration, numberOption } from "../options.js";
import { ACKNOWLEDGE, ACKNOWLEDGE_AFTER, APPEND, HELLO, LogLetter, LogShipper, OPEN } from "./shipping.js";

const BEAT = 0;

/**
 * Every replica accepts writes at once and ships its own log to all others, which merge. Nothing is coordinated, so
 * concurrent writes of one key are possible anywhere, and a conflict policy must say what survives.
 */
class MultiPrimaryReplica implements Replica<LogLetter> {
  private readonly shipper: LogShipper<LogLetter>;
  /** How far each origin's log has been merged here, and how far that was acknowledged. */
  private readonly received: number[] = [];
  private readonly confirmed: number[] = [];
  private readonly askedAt: number[] = [];
  private empty = false;

  constructor(
    private readonly host: Host<LogLetter>,
    private readonly heartbeat: number,
    private readonly retention: number,
  ) {
    this.shipper = new LogShipper(host);
    for (const peer of host.peers) {
      this.received[peer] = this.confirmed[peer] = 0;
      this.askedAt[peer] = Number.NEGATIVE_INFINITY;
    }
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
    this.host.accept(operation);
    this.host.commit(operation);
    this.shipper.release();
  }

  receive(letter: LogLetter): void {
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

  timer(): void {
    this.trim();
    this.shipper.beat();
    for (const peer of this.host.peers) {
      if (!this.shipper.isConnected(peer)) this.host.send(this.host.letter(OPEN, peer));
      if (this.confirmed[peer] !== this.received[peer]) this.acknowledge(peer);
    }
    this.host.after(this.heartbeat, BEAT, 0);
  }

  disconnected(peer: RegionId): void {
    this.shipper.disconnect(peer);
  }

  led(): void {}

  persisted(): void {}

  wants(letter: LogLetter): boolean {
    return this.empty || letter.position > this.received[letter.from]!;
  }

  installed(letter: LogLetter): void {
    this.received[letter.from] = letter.position;
    this.empty = false;
    for (const peer of this.host.peers) this.hello(peer);
  }

  restart(disk: "kept" | "synced" | "lost" | "restored"): void {
    this.shipper.disconnectAll();
    if (disk === "restored") this.empty = false;
    if (disk === "lost") {
      // Asking from position -1 brings a whole copy from whoever answers first.
      this.empty = true;
      for (const peer of this.host.peers) this.received[peer] = -1;
    } else if (disk !== "kept") {
      // What is gone of this node's own writes may live on in a peer: only a whole copy brings it back. Their positions
      // must not stand for other writes now.
      this.host.log.resetTo(this.host.log.highest);
      for (const peer of this.host.peers) this.received[peer] = -1;
    }
    this.timer();
    for (const peer of this.host.peers) this.hello(peer);
  }

  position(): number {
    return this.host.log.end;
  }

  logTerm(): number {
    return 0;
  }

  private merge(letter: LogLetter): void {
    const peer = letter.from;
    const next = this.received[peer]!;
    const { length } = letter.writes;
    if (letter.position > next || next < 0) {
      this.askAgain(peer);
      return;
    }
    for (let index = next - letter.position; index < length; index++) this.host.apply(letter.writes.at(index));
    this.received[peer] = Math.max(next, letter.position + length);
    if (this.received[peer]! - this.confirmed[peer]! >= ACKNOWLEDGE_AFTER) this.acknowledge(peer);
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

export const multiPrimary: Replication<LogLetter> = {
  name: "multi-primary",
  about: "Every region accepts writes at once and ships them to all others, which merge them by the conflict policy.",
  options: {
    heartbeat: duration(1_000_000, "between signs of life, and between acknowledgements at the latest", {
      least: 10_000,
    }),
    retention: count(1_000_000, "writes kept for a peer that is away; beyond them it needs a whole copy"),
  },
  gives: { writers: "every-replica" },
  needs: { conflict: true },
  verbs: ["open", "hello", "append", "acknowledge"],
  letter: () => new LogLetter(),
  on: (host: Host<LogLetter>, options: OptionValues) =>
    new MultiPrimaryReplica(host, numberOption(options, "heartbeat"), numberOption(options, "retention")),
};
