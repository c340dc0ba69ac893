import type { Engine } from "../engine/engine.js";
import type { Streams as RandomStreams } from "../engine/random.js";
import type { TimeLaw } from "../units/time-law.js";
import { Chains } from "./chains.js";
import { LetterLuck } from "./letter-luck.js";
import { LinkQueues } from "./link-queues.js";
import type { Links } from "./links.js";
import { Pacing } from "./pacing.js";
import { Parcels } from "./parcels.js";
import { Patience, type PatienceSettings } from "./patience.js";
import type { Recipient } from "./recipient.js";
import type { RoundTrips } from "./round-trips.js";

const NONE = -1;

export interface StreamSettings extends PatienceSettings {
  readonly lanes: number;
  readonly window: number;
  /** Explicit laws of one-way delays, for letters that do not follow the law of their path. */
  readonly oneWay?: readonly TimeLaw[];
  /** Microseconds that a letter costs before it travels, by its lane, its bytes and the round trip of its path. */
  readonly preparing?: ((lane: number, bytes: number, trip: number) => number) | null;
}

export interface StreamKinds {
  readonly deliver: number;
  readonly wake: number;
  readonly retry: number;
  readonly shaped: number;
}

/**
 * Reliable channels between sites, one for each sender, receiver and lane (traffic class), as TCP is: letters arrive in
 * the order in which they were sent. Loss costs retransmission time-outs and throughput. During a cut letters wait
 * for the next retransmission, so they arrive *after* the heal; when that takes longer than the stream's time-out, or
 * the receiver has restarted meanwhile, the connection breaks and what had not arrived is lost.
 */
export class Streams<T> {
  readonly queues: LinkQueues;
  /** Bytes by link: sent = delivered + dropped + those of the letters still on their way. */
  readonly sent: Float64Array;
  readonly delivered: Float64Array;
  readonly dropped: Float64Array;

  // One entry a stream: (from * sites + to) * lanes + lane.
  private readonly lastDelivery: Float64Array;
  private readonly paceTimers: Float64Array;
  private readonly generations: Int32Array;
  private readonly opened: Uint8Array;
  private readonly peers: Int32Array;

  private readonly parcels = new Parcels<T>();
  private readonly luck: LetterLuck;
  private readonly pacing: Pacing;
  private readonly patience: Patience;
  // A letter goes from one chain to the next, so that none overtakes another: held at its sender until its stream may
  // carry it, waiting for its link, on the wire. A stall takes all of them back.
  private readonly held: Chains;
  private readonly wire: Chains;

  /** `up` and `incarnations` belong to whoever runs the sites: 1 while a site is alive, and how often it has restarted. */
  constructor(
    private readonly engine: Engine,
    random: RandomStreams,
    names: readonly string[],
    private readonly links: Links,
    trips: RoundTrips,
    private readonly up: Uint8Array,
    private readonly incarnations: Int32Array,
    private readonly settings: StreamSettings,
    private readonly kinds: StreamKinds,
    private readonly recipient: Recipient<T>,
  ) {
    const sites = names.length;
    const count = sites * sites;
    const streams = count * settings.lanes;
    this.queues = new LinkQueues(engine, links, this.parcels, settings.lanes, kinds.wake);
    this.sent = new Float64Array(count);
    this.delivered = new Float64Array(count);
    this.dropped = new Float64Array(count);
    this.lastDelivery = new Float64Array(streams);
    this.paceTimers = new Float64Array(streams);
    this.generations = new Int32Array(streams);
    this.opened = new Uint8Array(streams);
    this.peers = new Int32Array(streams);
    this.luck = new LetterLuck(engine, random, names, trips, this.parcels, settings.lanes, settings);
    this.pacing = new Pacing(engine, links, trips, settings.lanes, settings.window);
    this.patience = new Patience(engine, streams, settings, kinds.retry, links.streamsNamed(settings.lanes));
    this.held = new Chains(streams, this.parcels);
    this.wire = new Chains(streams, this.parcels);
    links.changed = (link) => {
      this.queues.changed(link);
      this.repace(link);
      this.repace(links.reverse(link));
      if (links.cut[link] === 0) this.answer(links.reverse(link));
    };
  }

  /** Whether the sender has waited in vain for an acknowledgement. */
  isSilent(from: number, to: number, lane: number): boolean {
    return this.patience.isSilent(this.links.link(from, to) * this.settings.lanes + lane);
  }

  /** `law` is one of the explicit laws of one-way delays, -1 for the law of the path. */
  send(content: T, from: number, to: number, lane: number, bytes: number, law = NONE): void {
    const link = this.links.link(from, to);
    const stream = link * this.settings.lanes + lane;
    const letter = this.parcels.take(content);
    this.parcels.stream[letter] = stream;
    this.parcels.bytes[letter] = bytes;
    this.parcels.law[letter] = law;
    this.parcels.sender[letter] = this.incarnations[from]!;
    this.luck.name(letter, stream, lane);
    this.sent[link]! += bytes;
    const first = this.patience.stalled[stream] === 0 && this.held.heads[stream] === NONE;
    if (first && this.pacing.wait(stream) === 0) {
      this.pacing.charge(stream, link, bytes);
      this.enter(letter, link);
    } else {
      this.held.append(stream, letter);
      if (first) this.pace(stream, link);
    }
  }

  /** Event: the stream's rate lets its next letter go. */
  shaped(stream: number): void {
    this.release(stream, Math.floor(stream / this.settings.lanes));
  }

  /** Event: the link has sent what it was sending. */
  wake(link: number): void {
    const sent = this.queues.finish(link);
    if (sent !== NONE) this.depart(sent, link, true);
    const letter = this.queues.pull(link);
    if (letter !== NONE) this.depart(letter, link, false);
    this.queues.wake(link);
  }

  /** Event: the first letter on a stream's wire reaches its receiver's end, unless it was taken back meanwhile. */
  deliver(stream: number): void {
    const letter = this.wire.heads[stream]!;
    if (letter === NONE || this.parcels.dueAt[letter]! > this.engine.now) return;
    const link = Math.floor(stream / this.settings.lanes);
    const from = Math.floor(link / this.links.sites);
    const to = link % this.links.sites;
    const blocked = this.blocked(link, stream) || this.up[to] === 0;
    if (blocked || this.peers[stream] !== this.incarnations[to]) {
      // Nobody is left who would send it again.
      if (this.parcels.sender[letter] !== this.incarnations[from]) this.drop(this.wire.shift(stream));
      else if (blocked) this.takeBack(stream);
      else this.break(stream);
      return;
    }
    this.wire.shift(stream);
    this.patience.arrived(stream);
    this.delivered[link]! += this.parcels.bytes[letter]!;
    this.recipient.delivered(this.parcels.give(letter), from, to, stream % this.settings.lanes);
  }

  /** Event: time to send again what has not been acknowledged, or to give up. */
  retry(stream: number, timer: number): void {
    const link = Math.floor(stream / this.settings.lanes);
    if (this.patience.isOver(stream, timer)) this.break(stream);
    else if (!this.passes(link, stream)) this.patience.failed(stream);
    else if (this.opened[stream] === 1 && this.peers[stream] !== this.incarnations[link % this.links.sites])
      this.break(stream);
    else {
      this.patience.resume(stream);
      this.pacing.forget(stream);
      this.release(stream, link);
    }
  }

  /** What was sent gets no acknowledgement, and what is sent now waits behind it. */
  standsStill(from: number, to: number, lane: number): boolean {
    return this.patience.stalled[this.links.link(from, to) * this.settings.lanes + lane] === 1;
  }

  /** A site has died: what it had not yet sent is gone with it; what is on the wire still travels. */
  siteDied(site: number): void {
    const { sites } = this.links;
    for (let to = 0; to < sites; to++) {
      for (let lane = 0; lane < this.settings.lanes; lane++) {
        const stream = this.links.link(site, to) * this.settings.lanes + lane;
        this.close(stream);
      }
    }
  }

  /** Bytes of letters that have been sent and have neither arrived nor been dropped, by link. */
  inFlight(): Float64Array {
    const bytes = new Float64Array(this.sent.length);
    const { parcels, settings } = this;
    parcels.each((letter) => {
      bytes[Math.floor(parcels.stream[letter]! / settings.lanes)]! += parcels.bytes[letter]!;
    });
    return bytes;
  }

  /** Sends what the stream may carry by now. */
  private release(stream: number, link: number): void {
    while (this.patience.stalled[stream] === 0 && this.held.heads[stream] !== NONE) {
      if (this.pacing.wait(stream) > 0) {
        this.pace(stream, link);
        return;
      }
      const letter = this.held.shift(stream);
      this.pacing.charge(stream, link, this.parcels.bytes[letter]!);
      this.enter(letter, link);
    }
  }

  private pace(stream: number, link: number): void {
    const id = this.luck.idOf(this.held.heads[stream]!);
    const wait = this.pacing.wait(stream);
    const owner = this.links.named(link);
    this.engine.arm(this.paceTimers, stream, wait, this.kinds.shaped, owner, stream, id);
  }

  private repace(link: number): void {
    if (!this.pacing.changed(link)) return;
    for (let stream = link * this.settings.lanes; stream < (link + 1) * this.settings.lanes; stream++) {
      if (this.engine.disarm(this.paceTimers, stream)) this.pace(stream, link);
    }
  }

  private enter(letter: number, link: number): void {
    const stream = this.parcels.stream[letter]!;
    if (!this.passes(link, stream)) {
      this.held.prepend(stream, letter);
      this.stall(stream, false);
      return;
    }
    const bytes = this.parcels.bytes[letter]!;
    if (this.queues.takes(link, bytes)) this.launch(letter, link, stream, this.queues.transmit(link, bytes));
    else this.queues.push(link, stream % this.settings.lanes, letter);
  }

  private answer(link: number): void {
    for (let stream = link * this.settings.lanes; stream < (link + 1) * this.settings.lanes; stream++)
      this.patience.answered(stream);
  }

  /** A letter's turn on its link has come, or has ended when it is `sent`. */
  private depart(letter: number, link: number, sent: boolean): void {
    const stream = this.parcels.stream[letter]!;
    if (!this.passes(link, stream)) this.holdBack(letter, stream, false);
    else this.launch(letter, link, stream, sent ? 0 : this.queues.transmit(link, this.parcels.bytes[letter]!));
  }

  /** Data needs its own direction; opening a connection needs the other one too. */
  private passes(link: number, stream: number): boolean {
    const from = Math.floor(link / this.links.sites);
    const to = link % this.links.sites;
    if (this.blocked(link, stream) || this.up[to] === 0) return false;
    return this.opened[stream] === 1 || this.links.cut[this.links.link(to, from)] === 0;
  }

  /** A connection keeps its path for life; the next one may take another. */
  private blocked(link: number, stream: number): boolean {
    if (this.links.share[link] === 0) return this.links.cut[link] === 1;
    return this.links.blocks(link, this.luck.path(link, stream % this.settings.lanes, this.generations[stream]!));
  }

  /** Puts a letter on the wire whose last byte will have left in `taken` microseconds. */
  private launch(letter: number, link: number, stream: number, taken: number): void {
    const { engine } = this;
    const law = this.parcels.law[letter]!;
    const trip =
      law === NONE ? this.luck.trip(letter, link) : 2 * this.luck.delay(letter, link, this.settings.oneWay![law]!);
    const out = this.links.delay(link, law === NONE ? trip >> 1 : trip / 2);
    let delay = taken + out;
    const { preparing } = this.settings;
    if (preparing != null) delay += preparing(stream % this.settings.lanes, this.parcels.bytes[letter]!, trip);
    const loss = this.links.loss[link]!;
    if (loss > 0) {
      const lost = this.luck.lossDelay(letter, link, loss);
      if (lost >= this.settings.timeout) {
        this.holdBack(letter, stream, true);
        return;
      }
      delay += lost;
    }
    const back = this.links.reverse(link);
    if (this.opened[stream] === 0) {
      this.opened[stream] = 1;
      this.peers[stream] = this.incarnations[link % this.links.sites]!;
      delay += out + this.links.delay(back, trip - Math.floor(trip / 2));
    }
    if (this.links.cut[back] === 1) this.patience.silent(stream);
    const last = this.lastDelivery[stream]!;
    if (engine.now + delay < last) delay = last - engine.now;
    this.lastDelivery[stream] = engine.now + delay;
    this.parcels.dueAt[letter] = engine.now + delay;
    this.wire.append(stream, letter);
    engine.schedule(delay, this.kinds.deliver, link % this.links.sites, stream, this.luck.idOf(letter));
  }

  /** The letter cannot leave, nor can those behind it; `hopeless` when all copies before the time-out get lost. */
  private holdBack(letter: number, stream: number, hopeless: boolean): void {
    this.stall(stream, hopeless);
    this.held.prepend(stream, letter);
  }

  /** Nothing more leaves: what waits for the link waits with the rest, in its order, for the next retransmission. */
  private stall(stream: number, hopeless: boolean): void {
    const { lanes } = this.settings;
    this.queues.takeBack(Math.floor(stream / lanes), stream % lanes, this.held);
    if (this.patience.stalled[stream] === 1) return;
    this.engine.disarm(this.paceTimers, stream);
    this.patience.stall(stream, hopeless);
  }

  /** What is on the wire cannot arrive. */
  private takeBack(stream: number): void {
    this.stall(stream, false);
    this.held.prependAll(stream, this.wire);
    this.lastDelivery[stream] = 0;
  }

  private break(stream: number): void {
    const link = Math.floor(stream / this.settings.lanes);
    this.generations[stream]!++;
    this.dropAll(this.wire, stream);
    this.lastDelivery[stream] = 0;
    this.close(stream);
    this.recipient.broken(Math.floor(link / this.links.sites), link % this.links.sites, stream % this.settings.lanes);
  }

  /** The connection ends at its sender's side, with all that has not left. */
  private close(stream: number): void {
    const { lanes } = this.settings;
    this.queues.takeBack(Math.floor(stream / lanes), stream % lanes, this.held);
    this.dropAll(this.held, stream);
    this.engine.disarm(this.paceTimers, stream);
    this.patience.end(stream);
    this.pacing.forget(stream);
    this.opened[stream] = 0;
  }

  private dropAll(chain: Chains, stream: number): void {
    for (let letter = chain.shift(stream); letter !== NONE; letter = chain.shift(stream)) this.drop(letter);
  }

  private drop(letter: number): void {
    this.dropped[Math.floor(this.parcels.stream[letter]! / this.settings.lanes)]! += this.parcels.bytes[letter]!;
    this.recipient.dropped(this.parcels.give(letter));
  }
}
