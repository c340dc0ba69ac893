import type { Engine } from "../engine/engine.js";
import type { Streams as RandomStreams } from "../engine/random.js";
import type { TimeLaw } from "../units/time-law.js";
import { LetterLuck } from "./letter-luck.js";
import type { Links } from "./links.js";
import { Parcels } from "./parcels.js";
import type { PatienceSettings } from "./patience.js";
import type { RoundTrips } from "./round-trips.js";

const NONE = -1;
/** Datagrams are other exchanges than the letters of streams, whose lanes have the small numbers. */
const LUCK_LANE = 8;
const LOSS = 0;
const PATH = 1;

/** Bytes by link, shared with the streams over the same links. */
export interface Accounts {
  readonly sent: Float64Array;
  readonly delivered: Float64Array;
  readonly dropped: Float64Array;
}

/** Who gets what has arrived, and hears of what has not. */
export interface DatagramRecipient<T> {
  arrived(content: T, from: number, to: number): void;
  dropped(content: T): void;
}

/**
 * Letters of which each is on its own, as over UDP: it may overtake earlier ones, nobody sends it again, and nobody hears
 * that it was lost. A cut, or a dead receiver, loses it when it would leave and when it would arrive. Datagrams are taken
 * to be small: they do not wait for the bandwidth of their link, and take none of it from streams; their bytes count.
 */
export class Datagrams<T> {
  private readonly parcels = new Parcels<T>();
  private readonly luck: LetterLuck;

  constructor(
    private readonly engine: Engine,
    random: RandomStreams,
    names: readonly string[],
    private readonly links: Links,
    trips: RoundTrips,
    private readonly up: Uint8Array,
    private readonly laws: readonly TimeLaw[],
    patience: PatienceSettings,
    private readonly accounts: Accounts,
    /** Kind of the event of an arrival. */
    private readonly arrival: number,
    private readonly recipient: DatagramRecipient<T>,
  ) {
    this.luck = new LetterLuck(engine, random, names, trips, this.parcels, 1, patience);
  }

  /** `law` is one of the explicit laws of one-way delays, -1 for half of a round trip of the path. */
  send(content: T, from: number, to: number, bytes: number, law: number): void {
    const link = this.links.link(from, to);
    const letter = this.parcels.take(content);
    this.parcels.stream[letter] = link;
    this.parcels.bytes[letter] = bytes;
    this.luck.name(letter, link, LUCK_LANE);
    this.accounts.sent[link]! += bytes;
    if (this.blocked(letter, link) || this.isLost(letter, link)) {
      this.drop(letter);
      return;
    }
    const calm = law === NONE ? this.luck.trip(letter, link) >> 1 : this.luck.delay(letter, link, this.laws[law]!);
    this.engine.schedule(this.links.delay(link, calm), this.arrival, to, letter, this.luck.idOf(letter));
  }

  /** Event: a datagram is at its receiver's door. */
  arrive(letter: number): void {
    const { links } = this;
    const link = this.parcels.stream[letter]!;
    const to = link % links.sites;
    if (this.blocked(letter, link) || this.up[to] === 0) {
      this.drop(letter);
      return;
    }
    this.accounts.delivered[link]! += this.parcels.bytes[letter]!;
    this.recipient.arrived(this.parcels.give(letter), Math.floor(link / links.sites), to);
  }

  /** Adds the bytes of those that are on their way to the column, by link. */
  addInFlight(bytes: Float64Array): void {
    const { parcels } = this;
    parcels.each((letter) => {
      bytes[parcels.stream[letter]!]! += parcels.bytes[letter]!;
    });
  }

  private blocked(letter: number, link: number): boolean {
    if (this.links.share[link] === 0) return this.links.cut[link] === 1;
    return this.links.blocks(link, this.luck.chance(letter, link, PATH));
  }

  private isLost(letter: number, link: number): boolean {
    const loss = this.links.loss[link]!;
    return loss > 0 && this.luck.chance(letter, link, LOSS) < loss;
  }

  private drop(letter: number): void {
    this.accounts.dropped[this.parcels.stream[letter]!]! += this.parcels.bytes[letter]!;
    this.recipient.dropped(this.parcels.give(letter));
  }
}
