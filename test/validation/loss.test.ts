import { expect, test } from "vitest";
import { MILLISECOND, SECOND } from "../../src/units/time.js";
import { Bench, sends } from "../network/bench.js";

const RTO = 200;
/** Letters far enough apart that none waits for another, and no copy of one meets the next. */
const GAP = 60 * SECOND;
const COUNT = 4000;

test.each([0.01, 0.1, 0.25])(
  "loss of %d on a stream costs p RTO / (1 - 2p) a letter: each time-out is twice the last",
  (p) => {
    const script = sends(COUNT, GAP);
    const { arrived } = new Bench(script, { loss: p });
    // The first one of a connection waits for its handshake too; 40 ms are the way itself.
    const extra = arrived.slice(1).map(({ letter, at }) => (at - script[letter]!.at) / MILLISECOND - 40);
    expect(extra).toHaveLength(COUNT - 1);
    const mean = extra.reduce((sum, value) => sum + value, 0) / extra.length;
    // k losses in a row cost RTO (2^k - 1), with probability p^k (1 - p): the second moment converges below p = 1/4 only.
    let square = 0;
    for (let k = 1, likely = (1 - p) * p; k < 8; k++, likely *= p) square += likely * (RTO * (2 ** k - 1)) ** 2;
    const expected = (p * RTO) / (1 - 2 * p);
    const error = Math.sqrt((square - expected * expected) / extra.length);
    expect(Math.abs(mean - expected)).toBeLessThan(3.3 * error);
    // Nobody is delayed by anything but whole time-outs.
    const clean = extra.filter((value) => value < 1).length / extra.length;
    expect(Math.abs(clean - (1 - p))).toBeLessThan(3.3 * Math.sqrt((p * (1 - p)) / extra.length));
  },
);
