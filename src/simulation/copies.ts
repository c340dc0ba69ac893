import type { Engine } from "../engine/engine.js";
import type { Streams } from "../network/streams.js";
import type { Letter } from "../policies/contract.js";
import { COPY_READ, COPY_WRITTEN } from "./events.js";
import type { Groups } from "./groups.js";
import { BULK_LANE, BulkLetter, Drawer } from "./letters.js";
import type { Observer } from "./observer.js";
import type { ReplicaHost } from "./replica-host.js";
import type { Sizes } from "./sizes.js";
import type { Writes } from "./writes.js";

const NONE = -1;
/** Bytes of one part of a copy, and parts on their way at a time: enough to fill a link, which shares it by quanta. */
const PART = 8_000_000;
const PARTS_AHEAD = 4;
/** Marks the last part in an event's payload, beside its sender: more than there are copies. */
const LAST = 1 << 16;

interface Copy {
  readonly number: number;
  /** The policy's word that goes with it. */
  readonly cover: Letter;
  readonly registers: Int32Array;
  readonly marks: Int32Array | null;
  /** Bytes that are still on the disk only, and bytes that have not been sent. */
  unread: number;
  unsent: number;
}

/**
 * Whole copies of the data on their way between regions: read from one disk, sent over a link and written to another disk,
 * on each in competition with live traffic.
 */
export class Copies {
  private started = 0;
  private readonly running = new Map<number, Copy>();
  private readonly drawer = new Drawer<BulkLetter>(() => new BulkLetter());

  constructor(
    private readonly engine: Engine,
    private readonly hosts: readonly ReplicaHost[],
    private readonly writes: Writes,
    private readonly covers: Drawer<Letter>,
    private readonly streams: () => Streams<Letter>,
    private readonly observer: Observer,
    private readonly groups: Groups,
    private readonly sizes: Sizes,
  ) {}

  /** Starts a copy as of now; a copy that already runs between the two goes on. */
  start(cover: Letter): void {
    const { group, from, to } = cover;
    const pair = this.pair(group, from, to);
    if (this.running.has(pair)) {
      this.covers.give(cover);
      return;
    }
    const sender = this.hosts[this.groups.node(group, from)]!;
    const registers = sender.whole.slice();
    const marks = sender.wholeMarks?.slice() ?? null;
    const { size } = this.groups.all[group]!;
    for (const write of registers) if (write !== NONE) this.writes.retain(write);
    this.running.set(pair, {
      number: this.started++,
      cover,
      registers,
      marks,
      unread: size,
      unsent: size,
    });
    for (let part = 0; part < PARTS_AHEAD; part++) this.nextPart(pair);
  }

  delivered(letter: BulkLetter): void {
    const { group, from, to, last, bytes, copy } = letter;
    this.drawer.give(letter);
    const sender = this.groups.node(group, from);
    const what = last ? LAST + sender : sender;
    const { storage } = this.hosts[this.groups.node(group, to)]!;
    if (storage === null) this.partWritten(to, what, copy);
    else this.engine.schedule(storage.disk.transfer(bytes), COPY_WRITTEN, to, what, copy);
  }

  dispatch(kind: number, owner: number, payload: number, id: number): void {
    if (kind === COPY_READ) this.partRead(owner, payload, id);
    else this.partWritten(owner, payload, id);
  }

  /** Event: a part is on the receiver's disk, unless its copy has been given up since. */
  private partWritten(to: number, what: number, number: number): void {
    const pair = (what % LAST) * this.groups.regions + to;
    if (this.running.get(pair)?.number !== number) return;
    if (what >= LAST) this.install(pair);
    else this.nextPart(pair);
  }

  owns(letter: Letter): letter is BulkLetter {
    return letter instanceof BulkLetter;
  }

  dropped(letter: BulkLetter): void {
    this.drawer.give(letter);
  }

  /** The connection broke, or what one group of keys would get is not to come: the protocols will ask again. */
  abort(from: number, to: number, only?: number): void {
    for (let group = 0; group < this.groups.all.length; group++) {
      if (only !== undefined && group !== only) continue;
      const copy = this.take(this.pair(group, from, to));
      if (copy === null) continue;
      for (const write of copy.registers) if (write !== NONE) this.writes.release(write);
      this.covers.give(copy.cover);
    }
  }

  private pair(group: number, from: number, to: number): number {
    return this.groups.node(group, from) * this.groups.regions + to;
  }

  private nextPart(pair: number): void {
    const copy = this.running.get(pair);
    if (copy === undefined || copy.unread <= 0) return;
    const { group, from, to } = copy.cover;
    const bytes = Math.min(PART, copy.unread);
    copy.unread -= bytes;
    const sender = this.groups.node(group, from);
    const { storage } = this.hosts[sender]!;
    if (storage === null) this.send(copy, bytes);
    else this.engine.schedule(storage.disk.transfer(bytes), COPY_READ, sender, to, copy.number);
  }

  /** Event: a part has been read from the sender's disk, unless its copy has been given up since. */
  private partRead(sender: number, to: number, number: number): void {
    const copy = this.running.get(sender * this.groups.regions + to);
    if (copy?.number === number) this.send(copy, Math.min(PART, copy.unsent));
  }

  private send(copy: Copy, bytes: number): void {
    const { group, from, to } = copy.cover;
    copy.unsent -= bytes;
    const letter = this.drawer.take(0, from, to, 0, group);
    letter.copy = copy.number;
    letter.last = copy.unsent <= 0;
    letter.bytes = bytes;
    this.observer.letterSent(letter);
    this.streams().send(letter, from, to, BULK_LANE, this.sizes.packed(bytes));
  }

  private install(pair: number): void {
    const copy = this.take(pair);
    if (copy === null) return;
    const { group, from, to } = copy.cover;
    const host = this.hosts[this.groups.node(group, to)]!;
    // It was perhaps asked for by a letter that was older than the copy before it.
    const wanted = host.replica.wants(copy.cover);
    if (wanted) this.observer.copyArrived(to, from);
    // What waits to be applied is in the copy too, or older than what is.
    if (wanted) host.queue?.empty(true);
    for (const write of copy.registers) {
      if (write === NONE) continue;
      if (wanted) host.adopt(write);
      this.writes.release(write);
    }
    if (wanted) {
      this.observer.copyInstalled(to, from);
      host.install(copy.cover, copy.marks);
    }
    this.covers.give(copy.cover);
  }

  private take(pair: number): Copy | null {
    const copy = this.running.get(pair) ?? null;
    this.running.delete(pair);
    return copy;
  }
}
