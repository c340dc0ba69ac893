import { describe, expect, test } from "vitest";
import { MILLISECOND, SECOND } from "../../src/units/time.js";
import { BACK, Bench, THERE, during, sends } from "./bench.js";

const TIMEOUT = 30 * SECOND;
const FOREVER = 10_000 * SECOND;
const cut = { cut: true };

describe("a connection breaks", () => {
  test("exactly at its time-out after its oldest letter stalled, whatever the back-off", () => {
    const { brokenAt, lost } = new Bench([
      ...during(SECOND, FOREVER, THERE, cut),
      ...sends(1, 0),
      ...sends(1, 0, SECOND),
    ]);
    expect(brokenAt).toEqual([SECOND + TIMEOUT]);
    expect(lost).toHaveLength(1);
    // A letter that the cut meets on its way stalls where it should have arrived.
    const { brokenAt: onTheWay } = new Bench([...during(SECOND, FOREVER, THERE, cut), ...sends(2, SECOND - 1)]);
    expect(onTheWay).toEqual([SECOND - 1 + 40 * MILLISECOND + 1 + TIMEOUT]);
  });

  test("again and again while letters are sent into the cut", () => {
    const script = [...during(SECOND, FOREVER, THERE, cut), ...sends(2000, 70 * MILLISECOND)];
    const { brokenAt } = new Bench(script, { until: 130 * SECOND });
    const next = (at: number): number => Math.ceil(at / (70 * MILLISECOND)) * 70 * MILLISECOND;
    // The letters sent at 980 ms met the cut at their arrival, that of 1050 ms at its departure.
    let at = 980 * MILLISECOND + 40 * MILLISECOND + 1 + TIMEOUT;
    const expected = [at];
    while (next(at) + TIMEOUT < 130 * SECOND) {
      at = next(at) + TIMEOUT;
      expected.push(at);
    }
    expect(brokenAt).toEqual(expected);
  });

  test("not later because a retransmission slipped through a gap and met the next cut", () => {
    const cuts = [
      ...during(SECOND, 1.199 * SECOND, THERE, cut),
      ...during(1.201 * SECOND, FOREVER, THERE, cut),
      ...sends(1, 0),
      ...sends(1, 0, SECOND),
    ];
    expect(new Bench(cuts).brokenAt).toEqual([SECOND + TIMEOUT]);
  });

  test("by a letter whose acknowledgement cannot come back, even if it is the last one", () => {
    const script = [...sends(1, 0), ...during(10 * SECOND, 100 * SECOND, BACK, cut), ...sends(1, 0, 12 * SECOND)];
    const { brokenAt, arrived } = new Bench(script);
    expect(arrived).toHaveLength(2);
    expect(brokenAt).toEqual([12 * SECOND + TIMEOUT]);
    const healed = [...sends(1, 0), ...during(10 * SECOND, 41 * SECOND, BACK, cut), ...sends(100, SECOND, 12 * SECOND)];
    expect(new Bench(healed).brokenAt).toEqual([]);
  });

  test("when so many copies are lost in a row that the time-out comes first", () => {
    const loss = 0.6;
    const count = 5000;
    const script = sends(count, 100 * SECOND);
    const { arrived, lost, brokenAt } = new Bench(script, { loss });
    expect(brokenAt).toEqual(lost.map((letter) => script[letter]!.at + TIMEOUT));
    const longest = Math.max(...arrived.map(({ letter, at }) => at - script[letter]!.at));
    // Seven losses cost 0.2 + 0.4 + ... + 12.8 s, and the eighth 25.6 s more. The first letter has a handshake.
    expect(longest).toBeLessThanOrEqual(25.4 * SECOND + 120 * MILLISECOND + 1);
    const expected = count * loss ** 8;
    expect(Math.abs(lost.length - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });
});
