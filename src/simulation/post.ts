import type { Engine } from "../engine/engine.js";
import type { Streams as RandomStreams } from "../engine/random.js";
import { Datagrams } from "../network/datagrams.js";
import { Links } from "../network/links.js";
import { RoundTrips } from "../network/round-trips.js";
import { Streams } from "../network/streams.js";
import type { Letter } from "../policies/contract.js";
import { DATAGRAM_ARRIVES, DELIVER, LINK_FREE, STREAM_RETRY, STREAM_SHAPED } from "./events.js";
import { LetterLaws } from "./letter-laws.js";
import { BULK_LANE, CONTROL_LANE, LANES, REPLICATION_LANE } from "./letters.js";
import type { Lives } from "./lives.js";
import type { Observer } from "./observer.js";
import { type Plan, type TransferPlan, lateIn } from "./plan.js";
import type { Sizes } from "./sizes.js";

/** The network between the regions: streams and datagrams, and how letters are put into either. */
export class Post {
  readonly streams: Streams<Letter>;
  readonly datagrams: Datagrams<Letter>;
  readonly links: Links;
  readonly trips: RoundTrips;
  private readonly laws: LetterLaws;

  constructor(
    { network, regions, transfer }: Plan,
    engine: Engine,
    random: RandomStreams,
    names: readonly string[],
    private readonly lives: Lives,
    private readonly sizes: Sizes,
    verbs: readonly string[],
    private readonly observer: Observer,
  ) {
    const { up, incarnations } = lives;
    const links = new Links(names.length, network.loss, network.bandwidth, lateIn(regions));
    const trips = new RoundTrips(engine, random, names, network.laws, network.slowShare, network.dwell);
    this.links = links;
    this.trips = trips;
    this.laws = new LetterLaws(network.oneWay, verbs);
    const oneWay = this.laws.all;
    const { retransmit, retransmitCap, streamTimeout: timeout, window } = network;
    const patience = { retransmit, retransmitCap, timeout };
    this.streams = new Streams<Letter>(
      engine,
      random,
      names,
      links,
      trips,
      up,
      incarnations,
      { retransmit, retransmitCap, timeout, window, lanes: LANES, oneWay, preparing: preparingOf(transfer) },
      { deliver: DELIVER, wake: LINK_FREE, retry: STREAM_RETRY, shaped: STREAM_SHAPED },
      lives,
    );
    this.datagrams = new Datagrams<Letter>(
      engine,
      random,
      names,
      links,
      trips,
      up,
      oneWay,
      patience,
      this.streams,
      DATAGRAM_ARRIVES,
      lives,
    );
  }

  dispatch(kind: number, payload: number, id: number): void {
    if (kind === DATAGRAM_ARRIVES) this.datagrams.arrive(payload);
    else if (kind === LINK_FREE) this.streams.wake(payload);
    else if (kind === STREAM_RETRY) this.streams.retry(payload, id);
    else this.streams.shaped(payload);
  }

  readonly replicate = (letter: Letter): void => {
    if (this.lives.isPaused(letter.group, letter.from)) return this.lives.withheld(letter);
    this.observer.letterSent(letter);
    const bytes = this.sizes.letter(letter);
    this.streams.send(letter, letter.from, letter.to, REPLICATION_LANE, bytes, this.laws.of(letter));
  };

  readonly cast = (letter: Letter): void => {
    if (this.lives.isPaused(letter.group, letter.from)) return this.lives.withheld(letter);
    this.observer.letterSent(letter);
    this.datagrams.send(letter, letter.from, letter.to, this.sizes.letter(letter), this.laws.of(letter));
  };

  readonly control = (letter: Letter): void => {
    this.observer.letterSent(letter);
    this.streams.send(letter, letter.from, letter.to, CONTROL_LANE, this.sizes.letter(letter));
  };
}

/** What compression and a connection of its own cost a letter between copies; it waits for no other letter's. */
function preparingOf(transfer: TransferPlan | null): ((lane: number, bytes: number, trip: number) => number) | null {
  if (transfer === null) return null;
  const { ratio, rate, handshakes } = transfer;
  const perByte = ratio === 1 ? 0 : (ratio * 1e6) / rate;
  return (lane, bytes, trip) => {
    if (lane !== REPLICATION_LANE && lane !== BULK_LANE) return 0;
    return Math.round(bytes * perByte) + (lane === REPLICATION_LANE ? handshakes * trip : 0);
  };
}
