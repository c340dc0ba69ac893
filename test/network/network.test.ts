import { describe, expect, test } from "vitest";
import { type Dispatcher, Engine } from "../../src/engine/engine.js";
import { Streams as RandomStreams } from "../../src/engine/random.js";
import { type LinkHardship, Links } from "../../src/network/links.js";
import { lossDelay, retransmitAfter } from "../../src/network/retransmission.js";
import { RoundTrips } from "../../src/network/round-trips.js";
import { type Recipient, Streams } from "../../src/network/streams.js";
import { constantLaw, lawFromMedian } from "../../src/topology/delay-law.js";
import { MILLISECOND, SECOND } from "../../src/units/time.js";
import { mean } from "../statistics.js";

const [DELIVER, WAKE, RETRY, SHAPED, SEND, CUT, HEAL, DIE, LIVE] = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const ROUND_TRIP = 80;
const CUTTING: LinkHardship = {
  cut: true,
  share: 0,
  factor: 1,
  extra: 0,
  loss: 0,
  bandwidth: Number.POSITIVE_INFINITY,
};

interface Script {
  readonly at: number;
  readonly kind: number;
  readonly owner?: number;
}

/** Two sites, one stream per lane from the first to the second; letters are numbers, `log` is what happened. */
class Bench implements Dispatcher, Recipient<number> {
  readonly engine = new Engine();
  readonly links: Links;
  readonly streams: Streams<number>;
  readonly arrived: { letter: number; at: number; lane: number }[] = [];
  readonly lost: number[] = [];
  breaks = 0;
  private readonly up = new Uint8Array(2).fill(1);
  private readonly incarnations = new Int32Array(2);

  constructor(
    script: readonly Script[],
    settings: {
      bandwidth?: number;
      loss?: number;
      window?: number;
      jitter?: boolean;
      bytes?: (letter: number) => number;
    } = {},
  ) {
    const names = ["here", "there"];
    const law = settings.jitter === true ? lawFromMedian(40, ROUND_TRIP, 400) : constantLaw(ROUND_TRIP);
    const random = new RandomStreams("network");
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
    script.forEach(({ at, kind, owner }, id) => this.engine.schedule(at, kind, owner ?? 0, 0, id));
    this.engine.run(Number.POSITIVE_INFINITY, this);
    const [sent, done] = [
      this.streams.sent[1]!,
      this.streams.delivered[1]! + this.streams.dropped[1]! + this.streams.inFlight()[1]!,
    ];
    expect(done).toBe(sent);
  }

  private readonly bytes: (letter: number) => number;

  dispatch(kind: number, owner: number, payload: number, id: number): void {
    switch (kind) {
      case DELIVER:
        return this.streams.deliver(payload);
      case WAKE:
        return this.streams.wake(owner);
      case RETRY:
        return this.streams.retry(owner, payload);
      case SHAPED:
        return this.streams.shaped(owner, payload);
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
  broken(): void {
    this.breaks++;
  }
}

const sends = (count: number, gap: number, from = 0): Script[] =>
  Array.from({ length: count }, (_, index) => ({ at: from + index * gap, kind: SEND }));
const THERE = 1;
const BACK = 2;

describe("a stream", () => {
  test("delivers in order whatever the delays, and opens with a handshake", () => {
    const { arrived } = new Bench(sends(500, 3 * MILLISECOND), { jitter: true, loss: 0.02 });
    expect(arrived.map(({ letter }) => letter)).toEqual(arrived.map((_, index) => index));
    expect(arrived).toHaveLength(500);
    const calm = new Bench(sends(2, SECOND));
    expect(calm.arrived.map(({ at }) => at)).toEqual([120 * MILLISECOND + 1, SECOND + 40 * MILLISECOND + 1]);
  });

  test("holds letters during a cut and delivers them all after the heal, at a retransmission", () => {
    const script = [
      ...sends(60, 100 * MILLISECOND),
      { at: SECOND, kind: CUT, owner: THERE },
      { at: 4 * SECOND, kind: HEAL, owner: THERE },
    ];
    const { arrived, lost, breaks } = new Bench(script);
    expect([lost, breaks]).toEqual([[], 0]);
    expect(arrived.map(({ letter }) => letter)).toEqual(arrived.map((_, index) => index));
    const held = arrived.filter(({ at }) => at > SECOND + 40 * MILLISECOND && at < 4 * SECOND + 40 * MILLISECOND);
    expect(held).toEqual([]);
    // Stalled when it met the cut, then 200 ms, doubling: the sum of the time-outs that first exceeds the cut.
    const first = arrived.find(({ at }) => at > 4 * SECOND)!;
    const stalledAt = SECOND;
    const waits = [0.2, 0.6, 1.4, 3, 6.2].map((seconds) => stalledAt + seconds * SECOND);
    const retry = waits.find((at) => at >= 4 * SECOND)!;
    expect(Math.abs(first.at - retry - 40 * MILLISECOND)).toBeLessThan(100 * MILLISECOND);
  });

  test("breaks when a cut outlasts its time-out, drops what it held, and opens anew", () => {
    const script = [
      ...sends(200, 500 * MILLISECOND),
      { at: SECOND, kind: CUT, owner: THERE },
      { at: 70 * SECOND, kind: HEAL, owner: THERE },
    ];
    const { arrived, lost, breaks } = new Bench(script);
    expect(breaks).toBeGreaterThan(0);
    expect(lost.length).toBeGreaterThan(50);
    expect(arrived.length + lost.length).toBe(200);
    expect(arrived.at(-1)!.letter).toBe(199);
  });

  test("goes on for a while when only acknowledgements are cut, then breaks", () => {
    const script = [...sends(100, SECOND), { at: 10 * SECOND, kind: CUT, owner: BACK }];
    const { arrived, breaks } = new Bench(script);
    expect(breaks).toBeGreaterThan(0);
    const last = arrived.at(-1)!.at;
    expect(last).toBeGreaterThan(35 * SECOND);
    expect(last).toBeLessThan(45 * SECOND);
  });

  test("breaks when its receiver has restarted, since nobody there knows it", () => {
    const script = [...sends(20, SECOND), { at: 5 * SECOND, kind: DIE }, { at: 6 * SECOND, kind: LIVE }];
    const { arrived, lost, breaks } = new Bench(script);
    expect(breaks).toBe(1);
    expect(arrived.length + lost.length).toBe(20);
    expect(arrived.at(-1)!.letter).toBe(19);
  });

  test("carries at most a window a round trip", () => {
    // 100 letters of 100 kB at once, 80 kB a round trip of 80 ms: 1 MB/s.
    const { arrived } = new Bench(sends(100, 0), { window: 80_000, bytes: () => 100_000 });
    // The first one also waits for the handshake.
    const seconds = (arrived.at(-1)!.at - arrived[1]!.at) / SECOND;
    expect(seconds).toBeCloseTo(9.8, 2);
  });
});

describe("a link", () => {
  test("drains a backlog of Q bytes in Q / (B - r)", () => {
    const [bandwidth, rate, letter] = [1_000_000, 600_000, 1000];
    const backlog = 400_000;
    const gap = (letter / rate) * SECOND;
    const steady = Array.from({ length: 2000 }, (_, index) => ({ at: Math.round(index * gap), kind: SEND }));
    const burst = Array.from({ length: backlog / letter }, () => ({ at: 0, kind: SEND }));
    const { arrived } = new Bench([...burst, ...steady], { bandwidth });
    // Queued until the first letter that finds the link idle: its transmission begins when it is sent.
    const wait = ({ letter: id, at }: { letter: number; at: number }): number =>
      at - 40 * MILLISECOND - (id < burst.length ? 0 : steady[id - burst.length]!.at) - (letter / bandwidth) * SECOND;
    const drained = arrived.find((each) => each.letter > burst.length && wait(each) < 5)!;
    const expected = (backlog / (bandwidth - rate)) * SECOND;
    expect(Math.abs(steady[drained.letter - burst.length]!.at - expected)).toBeLessThan(0.01 * expected);
  });

  test("is shared fairly between lanes: a back-fill does not stall the others", () => {
    // 50 letters of 1 MB in lane 1, then small ones in lane 0 that must wait for one large letter at most.
    const bulk = Array.from({ length: 50 }, () => ({ at: 0, kind: SEND, owner: 1 }));
    const small = Array.from({ length: 50 }, (_, index) => ({
      at: SECOND + index * 100 * MILLISECOND,
      kind: SEND,
      owner: 0,
    }));
    const { arrived } = new Bench([...bulk, ...small], {
      bandwidth: 10e6,
      bytes: (letter) => (letter < 50 ? 1e6 : 1000),
    });
    const delays = arrived.filter(({ lane }) => lane === 0).map(({ letter, at }) => at - small[letter - 50]!.at);
    expect(delays).toHaveLength(50);
    expect(Math.max(...delays.slice(1))).toBeLessThan(40 * MILLISECOND + 110 * MILLISECOND);
  });
});

describe("faults on a link compose and heal alone", () => {
  test("two cuts need two heals, and each takes back only its own", () => {
    const links = new Links(2, 0.01, 1000);
    const other: LinkHardship = { ...CUTTING };
    const slow: LinkHardship = { cut: false, share: 0, factor: 3, extra: 5, loss: 0.5, bandwidth: 10 };
    links.begin(1, CUTTING);
    links.begin(1, other);
    links.begin(1, slow);
    links.end(1, CUTTING);
    expect([links.cut[1], links.delay(1, 100), links.bandwidth[1]]).toEqual([1, 305, 10]);
    expect(links.loss[1]).toBeCloseTo(1 - 0.99 * 0.5, 12);
    links.end(1, other);
    links.end(1, slow);
    expect([links.cut[1], links.delay(1, 100), links.bandwidth[1]]).toEqual([0, 100, 1000]);
    expect(links.loss[1]).toBeCloseTo(0.01, 12);
    expect(links.cut[2]).toBe(0);
    expect(() => links.end(1, slow)).toThrow("heals that never struck");
  });
});

test("retransmissions double up to their cap, and loss costs their expected sum", () => {
  expect([0, 1, 2, 9, 20].map((tries) => retransmitAfter(200, 120_000, tries))).toEqual([
    200, 400, 800, 102_400, 120_000,
  ]);
  const luck = new RandomStreams("loss").keyed("x");
  const delays = Array.from({ length: 100_000 }, (_, id) => lossDelay(luck, id, 0.1, 200, 120_000));
  // Sum over tries of 0.1^k times the k-th time-out: 200 * 0.1 / (1 - 0.2).
  expect(mean(delays)).toBeGreaterThan(24);
  expect(mean(delays)).toBeLessThan(26);
});
