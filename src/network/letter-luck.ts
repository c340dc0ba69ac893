import type { Engine } from "../engine/engine.js";
import type { Keyed, Streams as RandomStreams } from "../engine/random.js";
import { type TimeLaw, drawTime } from "../units/time-law.js";
import type { Parcels } from "./parcels.js";
import type { PatienceSettings } from "./patience.js";
import { lossDelay } from "./retransmission.js";
import type { RoundTrips } from "./round-trips.js";

const NEVER = -1;
const UNIT = 1 / 4_294_967_296;
const GOLDEN = 0x9e3779b1;
/** Purposes of draws. Letters are other exchanges than probes and requests, which have the small ones. */
const TRIP = 64;
/** Each letter of a moment has so many for its losses. */
const TRIES = 1024;
/** A lane's letters of a moment are numbered from here on, times the lane: one lane more shifts no other's luck. */
const LANE = 1 << 16;
/** Of a connection's path: downwards from here, where no losses are. */
const PATH = -1;

/**
 * What chance does to letters. A letter's luck belongs to the moment at which it was sent, and to its place among those
 * that its stream sent at that moment; never to a running number, by which one letter more would shift the luck of all
 * that follow.
 */
export class LetterLuck {
  private readonly luck: (Keyed | null)[];
  private readonly lastMoment: Float64Array;
  private readonly twins: Int32Array;

  constructor(
    private readonly engine: Engine,
    random: RandomStreams,
    names: readonly string[],
    private readonly trips: RoundTrips,
    private readonly parcels: Parcels<unknown>,
    lanes: number,
    private readonly patience: PatienceSettings,
  ) {
    const sites = names.length;
    this.luck = Array.from({ length: sites * sites }, (_, link) =>
      trips.median(link) === Number.POSITIVE_INFINITY
        ? null
        : random.keyed(`loss/${names[Math.floor(link / sites)]}>${names[link % sites]}`),
    );
    this.lastMoment = new Float64Array(sites * sites * lanes).fill(NEVER);
    this.twins = new Int32Array(sites * sites * lanes);
  }

  /** Gives a letter that is sent now the name to which its luck belongs. */
  name(letter: number, stream: number, lane: number): void {
    const { now } = this.engine;
    if (this.lastMoment[stream] === now) this.twins[stream]! += 1;
    else {
      this.lastMoment[stream] = now;
      this.twins[stream] = lane * LANE;
    }
    // An integer of 32 bits crosses calls unboxed.
    this.parcels.moment[letter] = now ^ Math.imul(now * UNIT, GOLDEN);
    this.parcels.twin[letter] = this.twins[stream]!;
  }

  /** The same name for digests: 32 bits. */
  idOf(letter: number): number {
    return (this.parcels.moment[letter]! + this.parcels.twin[letter]!) | 0;
  }

  /** Round trip of the letter's exchange under calm conditions. */
  trip(letter: number, link: number): number {
    return this.trips.draw(link, this.parcels.moment[letter]!, TRIP + this.parcels.twin[letter]!);
  }

  /** One-way delay of a letter that follows a law of its own and not that of its path. */
  delay(letter: number, link: number, law: TimeLaw): number {
    return drawTime(law, this.trips.luck(link, this.parcels.moment[letter]!, TRIP + this.parcels.twin[letter]!));
  }

  /** In [0, 1): whether the one copy of a letter that nobody sends again gets lost, and which of parallel paths it takes. */
  chance(letter: number, link: number, purpose: 0 | 1): number {
    const { moment, twin } = this.parcels;
    return this.luck[link]!.uniform(moment[letter]!, twin[letter]! * TRIES + purpose);
  }

  /** What loss costs the letter; from the user time-out on it means that no copy arrives before it. */
  lossDelay(letter: number, link: number, probability: number): number {
    const { moment, twin } = this.parcels;
    const { retransmit, retransmitCap, timeout } = this.patience;
    const luck = this.luck[link]!;
    return lossDelay(luck, moment[letter]!, probability, retransmit, retransmitCap, twin[letter]! * TRIES, timeout);
  }

  /** In [0, 1): which of the parallel paths of its link a lane's connection takes; the next one may take another. */
  path(link: number, lane: number, connection: number): number {
    return this.luck[link]!.uniform(connection, PATH - lane);
  }
}
