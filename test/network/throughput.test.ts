import { describe, expect, test } from "vitest";
import { type Dispatcher, Engine } from "../../src/engine/engine.js";
import { Streams as RandomStreams } from "../../src/engine/random.js";
import { Links } from "../../src/network/links.js";
import type { Recipient } from "../../src/network/recipient.js";
import { RoundTrips } from "../../src/network/round-trips.js";
import { Streams } from "../../src/network/streams.js";
import { constantLaw } from "../../src/topology/delay-law.js";
import { MILLISECOND, SECOND } from "../../src/units/time.js";

const [DELIVER, WAKE, RETRY, SHAPED, SEND] = [1, 2, 3, 4, 5] as const;
const SEGMENT = 1460;

interface Path {
  /** Milliseconds. */
  readonly roundTrip: number;
  readonly loss: number;
  readonly window: number;
  readonly bandwidth: number;
}

/** A sender that always has something to say to one receiver: `letters` of ten segments each, all at once. */
class Bulk implements Dispatcher, Recipient<number> {
  private readonly engine = new Engine();
  private readonly streams: Streams<number>;
  private readonly arrivals: number[] = [];

  constructor(path: Path, letters: number) {
    const names = ["here", "there"];
    const law = constantLaw(path.roundTrip);
    const random = new RandomStreams("throughput");
    const links = new Links(2, path.loss, path.bandwidth);
    const trips = new RoundTrips(this.engine, random, names, [law, law, law, law], 0, SECOND);
    const settings = {
      lanes: 1,
      window: path.window,
      retransmit: 200 * MILLISECOND,
      retransmitCap: 120 * SECOND,
      timeout: 30 * SECOND,
    };
    const kinds = { deliver: DELIVER, wake: WAKE, retry: RETRY, shaped: SHAPED };
    const [up, incarnations] = [new Uint8Array(2).fill(1), new Int32Array(2)];
    this.streams = new Streams(this.engine, random, names, links, trips, up, incarnations, settings, kinds, this);
    for (let letter = 0; letter < letters; letter++) this.engine.schedule(0, SEND, 0, 0, letter);
    this.engine.run(Number.POSITIVE_INFINITY, this);
    expect(this.arrivals).toHaveLength(letters);
  }

  /** Bytes per second, once the connection is open. */
  get throughput(): number {
    const bytes = (this.arrivals.length - 1) * 10 * SEGMENT;
    return bytes / ((this.arrivals.at(-1)! - this.arrivals[0]!) / SECOND);
  }

  dispatch(kind: number, owner: number, payload: number, id: number): void {
    if (kind === DELIVER) this.streams.deliver(payload);
    else if (kind === WAKE) this.streams.wake(payload);
    else if (kind === RETRY) this.streams.retry(payload, id);
    else if (kind === SHAPED) this.streams.shaped(payload);
    else this.streams.send(id, 0, 1, 0, 10 * SEGMENT);
  }

  delivered(): void {
    this.arrivals.push(this.engine.now);
  }
  dropped(): void {}
  broken(): void {}
}

const WIDE = { window: 1e12, bandwidth: 1e12 };
const mathis = (roundTrip: number, loss: number): number => (1.22 * SEGMENT) / ((roundTrip / 1000) * Math.sqrt(loss));

describe("a stream that always has something to send", () => {
  test.each([
    { roundTrip: 80, loss: 0.01 },
    { roundTrip: 80, loss: 0.0025 },
    { roundTrip: 20, loss: 0.01 },
    { roundTrip: 200, loss: 0.0001 },
  ])("of $roundTrip ms and a loss of $loss carries 1.22 MSS / (RTT sqrt p)", ({ roundTrip, loss }) => {
    // Long enough that one retransmission more or less at its end is below a hundredth.
    const expected = mathis(roundTrip, loss);
    const letters = Math.ceil((expected * 120) / (10 * SEGMENT));
    const { throughput } = new Bulk({ ...WIDE, roundTrip, loss }, letters);
    expect(Math.abs(throughput / expected - 1)).toBeLessThan(0.03);
  });

  test("and a small window carries a window a round trip, whatever is lost, until loss allows less", () => {
    const roundTrip = 100;
    const loss = 0.0001;
    for (const share of [0.5, 2]) {
      const window = mathis(roundTrip, loss) * share * (roundTrip / 1000);
      const { throughput } = new Bulk({ ...WIDE, window, roundTrip, loss }, 10_000);
      expect(Math.abs(throughput / (mathis(roundTrip, loss) * Math.min(share, 1)) - 1)).toBeLessThan(0.03);
    }
  });

  test("never gets more than the link's bandwidth", () => {
    const { throughput } = new Bulk({ roundTrip: 10, loss: 0, window: 1e9, bandwidth: 1e6 }, 2000);
    expect(Math.abs(throughput / 1e6 - 1)).toBeLessThan(0.005);
  });
});
