import type { Host, Marks, RegionId } from "../contract.js";
import { LogLetter } from "./shipping.js";

/** A part of a log; where delivery is causal, with what each of its writes depends on. */
export class CausalLetter extends LogLetter {
  /** Marks of the sender as each write was accepted, one after the other. */
  causes = new Int32Array(0);

  makeRoom(numbers: number): void {
    if (this.causes.length < numbers) this.causes = new Int32Array(numbers * 2);
  }
}

/** What the writes of one node's own log depend on: all that it had when it accepted them. By position, as the log keeps them. */
export class Causes {
  private slots = 1024;
  private numbers: Int32Array;

  constructor(
    private readonly host: Host<CausalLetter>,
    private readonly marks: Marks,
  ) {
    this.numbers = new Int32Array(this.slots * marks.width);
  }

  /** The write to be accepted next depends on what is here now. */
  note(): void {
    const { log } = this.host;
    if (log.end - log.begin + 1 >= this.slots) this.grow();
    this.marks.copyTo(this.numbers, (log.end & (this.slots - 1)) * this.marks.width);
  }

  readonly annotate = (letter: CausalLetter, from: number, count: number): void => {
    const { width } = this.marks;
    letter.makeRoom(count * width);
    for (let index = 0; index < count; index++) {
      const slot = ((from + index) & (this.slots - 1)) * width;
      for (let cell = 0; cell < width; cell++) letter.causes[index * width + cell] = this.numbers[slot + cell]!;
    }
  };

  private grow(): void {
    const { begin, end } = this.host.log;
    const { width } = this.marks;
    const longer = new Int32Array(this.slots * 2 * width);
    for (let position = begin; position < end; position++) {
      const [from, to] = [(position & (this.slots - 1)) * width, (position & (this.slots * 2 - 1)) * width];
      for (let cell = 0; cell < width; cell++) longer[to + cell] = this.numbers[from + cell]!;
    }
    this.slots *= 2;
    this.numbers = longer;
  }
}

/** Letters whose writes wait for what they depend on, by sender and in order. */
export class WaitingLetters {
  private readonly letters: CausalLetter[][] = [];
  /** Since when the first one waits, and up to where the sender's log has come with the last. */
  private readonly since: number[] = [];
  private readonly upTo: number[] = [];

  constructor(
    private readonly host: Host<CausalLetter>,
    private readonly marks: Marks,
    /** Takes the write over; afterwards it counts as received. */
    private readonly take: (letter: CausalLetter, index: number) => void,
    /** Position of the next write of this sender. */
    private readonly next: (peer: RegionId) => number,
    private readonly done: (letter: CausalLetter) => void,
  ) {
    for (const peer of host.peers) this.add(peer);
  }

  add(peer: RegionId): void {
    this.letters[peer] = [];
  }

  /** Position up to which the sender's log is here, what waits included. */
  reach(peer: RegionId): number {
    return this.letters[peer]!.length === 0 ? this.next(peer) : Math.max(this.upTo[peer]!, this.next(peer));
  }

  /** A letter that goes on where its sender's log has come to. */
  receive(letter: CausalLetter): void {
    const peer = letter.from;
    if (this.letters[peer]!.length > 0 || !this.merge(letter)) {
      if (this.letters[peer]!.length === 0) this.since[peer] = this.host.now;
      this.upTo[peer] = Math.max(this.reach(peer), letter.position + letter.writes.length);
      this.host.keepLetter(letter);
      this.letters[peer]!.push(letter);
    }
    this.retry();
  }

  /** Something has come that others may wait for. */
  retry(): void {
    const { peers } = this.host;
    for (let index = 0; index < peers.length; index++) if (this.resume(peers[index]!)) index = -1;
  }

  /** Waits for longer than `limit`: what it depends on was lost, or comes over a link that is cut. */
  isStuck(peer: RegionId, limit: number): boolean {
    return this.letters[peer]!.length > 0 && this.host.now - this.since[peer]! > limit;
  }

  giveUp(peer: RegionId): void {
    for (const letter of this.letters[peer]!.splice(0)) this.host.letGo(letter);
  }

  /** The host has died, and what it kept has gone with it. */
  clear(): void {
    for (const peer of this.host.peers) this.letters[peer]!.length = 0;
  }

  /** True when something of this sender has been taken over. */
  private resume(peer: RegionId): boolean {
    const waiting = this.letters[peer]!;
    const before = this.next(peer);
    while (waiting.length > 0 && this.merge(waiting[0]!)) {
      this.host.letGo(waiting.shift()!);
      this.since[peer] = this.host.now;
    }
    return this.next(peer) > before;
  }

  /** False when it stops at a write whose causes are not all here. */
  private merge(letter: CausalLetter): boolean {
    const { width } = this.marks;
    for (let index = this.next(letter.from) - letter.position; index < letter.writes.length; index++) {
      if (!this.marks.cover(letter.causes, index * width)) return false;
      this.take(letter, index);
    }
    this.done(letter);
    return true;
  }
}
