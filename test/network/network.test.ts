import { describe, expect, test } from "vitest";
import { Streams as RandomStreams } from "../../src/engine/random.js";
import { type LinkHardship, Links } from "../../src/network/links.js";
import { lossDelay, retransmitAfter } from "../../src/network/retransmission.js";
import { MILLISECOND, SECOND } from "../../src/units/time.js";
import { mean } from "../statistics.js";
import { BACK, Bench, CUT, CUTTING, DIE, HEAL, LIVE, SEND, THERE, sends } from "./bench.js";

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
