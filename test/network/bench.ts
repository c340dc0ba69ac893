import { expect } from "vitest";
import { type Dispatcher, Engine } from "../../src/engine/engine.js";
import { Streams as RandomStreams } from "../../src/engine/random.js";
import { type LinkHardship, Links } from "../../src/network/links.js";
import type { Recipient } from "../../src/network/recipient.js";
import { RoundTrips } from "../../src/network/round-trips.js";
import { Streams } from "../../src/network/streams.js";
import { NO_LINK_HARDSHIP } from "../../src/simulation/hardships.js";
import { constantLaw, lawFromMedian } from "../../src/topology/delay-law.js";
import { MILLISECOND, SECOND } from "../../src/units/time.js";

const [DELIVER, WAKE, RETRY, SHAPED, ACT] = [1, 2, 3, 4, 5] as const;
export const SEND = 6;
export const CUT = 7;
export const HEAL = 8;
export const DIE = 9;
export const LIVE = 10;
/** Milliseconds. */
const ROUND_TRIP = 80;
export const CALM: LinkHardship = NO_LINK_HARDSHIP;
export const CUTTING: LinkHardship = { ...CALM, cut: true };
/** The link of the letters, and that of their acknowledgements. */
export const THERE = 1;
export const BACK = 2;

export interface Script {
  readonly at: number;
  readonly kind: number;
  readonly owner?: number;
}
/** Anything else that happens. */
export interface Act {
  readonly at: number;
  readonly act: (bench: Bench) => void;
}

/** A fault that weighs on a link for a while. */
export const during = (from: number, until: number, link: number, hardship: Partial<LinkHardship>): Act[] => {
  const whole = { ...CALM, ...hardship };
  return [
    { at: from, act: ({ links }) => links.begin(link, whole) },
    { at: until, act: ({ links }) => links.end(link, whole) },
  ];
};

export const sends = (count: number, gap: number, from = 0, lane = 0): Script[] =>
  Array.from({ length: count }, (_, index) => ({ at: Math.round(from + index * gap), kind: SEND, owner: lane }));

/** Two sites, one stream per lane from the first to the second; a letter is its line in the script. */
export class Bench implements Dispatcher, Recipient<number> {
  readonly engine = new Engine();
  readonly links: Links;
  readonly streams: Streams<number>;
  readonly arrived: { letter: number; at: number; lane: number }[] = [];
  readonly lost: number[] = [];
  readonly brokenAt: number[] = [];
  events = 0;
  private readonly up = new Uint8Array(2).fill(1);
  private readonly incarnations = new Int32Array(2);
  private readonly bytes: (letter: number) => number;

  constructor(
    private readonly script: readonly (Script | Act)[],
    settings: {
      bandwidth?: number;
      loss?: number;
      window?: number;
      jitter?: boolean;
      bytes?: (letter: number) => number;
      until?: number;
      seed?: string;
    } = {},
  ) {
    const names = ["here", "there"];
    const law = settings.jitter === true ? lawFromMedian(40, ROUND_TRIP, 400) : constantLaw(ROUND_TRIP);
    const random = new RandomStreams(settings.seed ?? "network");
    this.links = new Links(2, settings.loss ?? 0, settings.bandwidth ?? 1e12);
    const trips = new RoundTrips(this.engine, random, names, [law, law, law, law], 0, SECOND);
    const shape = {
      lanes: 2,
      window: settings.window ?? 1e12,
      retransmit: 200 * MILLISECOND,
      retransmitCap: 120 * SECOND,
      timeout: 30 * SECOND,
    };
    const kinds = { deliver: DELIVER, wake: WAKE, retry: RETRY, shaped: SHAPED };
    this.streams = new Streams(
      this.engine,
      random,
      names,
      this.links,
      trips,
      this.up,
      this.incarnations,
      shape,
      kinds,
      this,
    );
    this.bytes = settings.bytes ?? (() => 1000);
    script.forEach((entry, id) => {
      if ("act" in entry) this.engine.schedule(entry.at, ACT, 0, 0, id);
      else this.engine.schedule(entry.at, entry.kind, entry.owner ?? 0, 0, id);
    });
    this.engine.run(settings.until ?? Number.POSITIVE_INFINITY, this);
    const [sent, done] = [
      this.streams.sent[1]!,
      this.streams.delivered[1]! + this.streams.dropped[1]! + this.streams.inFlight()[1]!,
    ];
    expect(done).toBe(sent);
  }

  dispatch(kind: number, owner: number, payload: number, id: number): void {
    this.events++;
    switch (kind) {
      case DELIVER:
        return this.streams.deliver(payload);
      case WAKE:
        return this.streams.wake(payload);
      case RETRY:
        return this.streams.retry(payload, id);
      case SHAPED:
        return this.streams.shaped(payload);
      case ACT:
        return (this.script[id] as Act).act(this);
      case SEND:
        return this.streams.send(id, 0, 1, owner, this.bytes(id));
      case CUT:
        return this.links.begin(owner, CUTTING);
      case HEAL:
        return this.links.end(owner, CUTTING);
      case DIE:
        this.up[1] = 0;
        this.incarnations[1]! += 1;
        return;
      case LIVE:
        this.up[1] = 1;
    }
  }

  delivered(letter: number, _from: number, _to: number, lane: number): void {
    this.arrived.push({ letter, at: this.engine.now, lane });
  }
  dropped(letter: number): void {
    this.lost.push(letter);
  }
  get breaks(): number {
    return this.brokenAt.length;
  }
  broken(): void {
    this.brokenAt.push(this.engine.now);
  }
}
