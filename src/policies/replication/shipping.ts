import { type Host, Letter, type RegionId } from "../contract.js";

/** Verbs of a log that is shipped: the sender opens, the receiver says where it stands, the sender appends from there. */
export const OPEN = 0;
export const HELLO = 1;
export const APPEND = 2;
export const ACKNOWLEDGE = 3;

/** Writes in one letter, and writes that may be on their way to one peer without an acknowledgement. */
const BATCH = 256;
const WINDOW = 4096;
const NEVER = Number.NEGATIVE_INFINITY;
/** A receiver acknowledges after so many writes at the latest, else at its next heartbeat. */
export const ACKNOWLEDGE_AFTER = 64;

export class LogLetter extends Letter {
  /** APPEND: position of its first write. HELLO, ACKNOWLEDGE: position up to which the receiver has the log. */
  position = 0;
  /** APPEND: every replica has the log up to here. */
  safe = 0;
  /** APPEND: where the sender's log ends. */
  end = 0;
  /** APPEND: by the sender's clock, whoever has the log up to the end of this letter has all that it held then. */
  asOf = NEVER;
}

/** One node's log on its way to its peers: who has asked for it, what was sent, what has arrived. */
export class LogShipper<L extends LogLetter> {
  private readonly connected: boolean[] = [];
  private readonly sent: number[] = [];
  private readonly acknowledged: number[] = [];
  /** What follows may not be shipped yet. */
  private released = 0;
  /** When the log ended there. A double in a column is never boxed. */
  private readonly releasedAt = new Float64Array(1);

  constructor(
    private readonly host: Host<L>,
    /** What a protocol adds to each letter, of each of the writes that it carries. */
    private readonly dress: (letter: L, from: number, count: number) => void = () => {},
    /** Whether nobody but this node accepts what its log is to hold. */
    private readonly vouches: () => boolean = () => true,
    private readonly peers: readonly RegionId[] = host.peers,
    /** Whether a peer gets the writes themselves, and not only word of how many they are. */
    private readonly carries: ((peer: RegionId) => boolean) | null = null,
  ) {
    for (const peer of peers) this.add(peer);
  }

  /** A peer that is known to have nothing: what follows is kept for it. */
  add(peer: RegionId): void {
    this.connected[peer] = false;
    this.sent[peer] = 0;
    this.acknowledged[peer] = 0;
  }

  isConnected(peer: RegionId): boolean {
    return this.connected[peer] === true;
  }

  /** The peer has the log up to `position` and wants what follows. */
  connect(peer: RegionId, position: number, acknowledged = position): void {
    this.connected[peer] = true;
    this.sent[peer] = position;
    this.acknowledged[peer] = acknowledged;
    this.releaseAll();
    this.ship(peer);
  }

  disconnect(peer: RegionId): void {
    this.connected[peer] = false;
  }

  disconnectAll(): void {
    for (const peer of this.peers) this.connected[peer] = false;
  }

  /** Nothing is known of what peers have. */
  forget(): void {
    for (const peer of this.peers) {
      this.connected[peer] = false;
      this.acknowledged[peer] = 0;
    }
  }

  confirm(peer: RegionId, position: number): void {
    if (position > this.acknowledged[peer]!) this.acknowledged[peer] = position;
    this.ship(peer);
  }

  /** Sends each connected peer all that it lacks. */
  release(): void {
    this.releaseAll();
    const { peers } = this;
    for (let index = 0; index < peers.length; index++) this.ship(peers[index]!);
  }

  /** Up to where the peer is known to have the log. */
  acknowledgedBy(peer: RegionId): number {
    return this.acknowledged[peer]!;
  }

  /** An empty letter to each connected peer. */
  tell(): void {
    const { peers } = this;
    for (let index = 0; index < peers.length; index++) if (this.connected[peers[index]!]) this.append(peers[index]!, 0);
  }

  /** A sign of life to each connected peer: what it lacks of that which may be shipped, or an empty letter. */
  beat(): void {
    const { peers } = this;
    for (let index = 0; index < peers.length; index++) {
      const peer = peers[index]!;
      if (!this.connected[peer]) continue;
      if (this.sent[peer] === this.released) this.append(peer, 0);
      else this.ship(peer);
    }
  }

  /** Every peer has the log up to here, the disconnected ones included, and so has this node's own disk. */
  safe(): number {
    let least = this.host.log.durable;
    const { peers } = this;
    for (let index = 0; index < peers.length; index++) {
      const position = this.acknowledged[peers[index]!]!;
      if (position < least) least = position;
    }
    return least;
  }

  private releaseAll(): void {
    this.released = this.host.log.end;
    this.releasedAt[0] = this.host.clock;
  }

  private ship(peer: RegionId): void {
    const { log } = this.host;
    // What the peer lacks is not kept any more: it has to ask anew, and gets a whole copy.
    if (this.sent[peer]! < log.begin) this.connected[peer] = false;
    while (this.connected[peer] && this.sent[peer]! < this.released) {
      const room = WINDOW - (this.sent[peer]! - this.acknowledged[peer]!);
      if (room <= 0) return;
      this.append(peer, Math.min(this.released - this.sent[peer]!, BATCH, room));
    }
  }

  private append(peer: RegionId, count: number): void {
    const letter = this.host.letter(APPEND, peer);
    const from = this.sent[peer]!;
    letter.position = from;
    letter.safe = this.safe();
    letter.end = this.host.log.end;
    letter.asOf = from + count === this.released && this.vouches() ? this.asOf() : NEVER;
    if (this.carries === null || this.carries(peer))
      for (let position = from; position < from + count; position++) letter.writes.push(this.host.log.at(position));
    this.sent[peer] = from + count;
    this.dress(letter, from, count);
    this.host.send(letter);
  }

  private asOf(): number {
    return this.released === this.host.log.end ? this.host.clock : this.releasedAt[0]!;
  }
}
