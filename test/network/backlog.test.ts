import { describe, expect, test } from "vitest";
import { MILLISECOND, SECOND } from "../../src/units/time.js";
import { Bench, CUT, DIE, HEAL, LIVE, SEND, type Script, THERE, during, sends } from "./bench.js";

const HALF = 40 * MILLISECOND;
const LETTER = 1000;
const RATE = 600_000;
const BANDWIDTH = 1_000_000;
const GAP = (LETTER / RATE) * SECOND;

describe("after a cut that held everything", () => {
  // The cut meets the letter that leaves at one second, and holds those still on the wire too. It heals before the
  // fourth retransmission, at 0.2 + 0.4 + 0.8 + 1.6 s.
  const script = [...during(SECOND, 3.5 * SECOND, THERE, { cut: true }), ...sends(9000, GAP)];
  const retry = 4 * SECOND;
  const { arrived, lost } = new Bench(script, { bandwidth: BANDWIDTH });
  const sentAt = (letter: number): number => script[letter]!.at;
  const backlog = RATE * ((retry - SECOND + HALF) / SECOND);
  const after = arrived.filter(({ at }) => at > retry);

  test("a backlog of Q bytes leaves in Q / B, in its order", () => {
    expect(lost).toEqual([]);
    expect(arrived.map(({ letter }) => letter)).toEqual(arrived.map((_, index) => index + 2));
    const held = after.filter(({ letter }) => sentAt(letter) < retry);
    expect(Math.abs(held.length * LETTER - backlog) / backlog).toBeLessThan(0.005);
    const took = held.at(-1)!.at - retry - HALF;
    expect(Math.abs(took / ((backlog / BANDWIDTH) * SECOND) - 1)).toBeLessThan(0.005);
    // One letter after the other, at the speed of the link.
    const gaps = held.slice(1).map(({ at }, index) => at - held[index]!.at);
    expect(Math.abs(Math.max(...gaps) - (LETTER / BANDWIDTH) * SECOND)).toBeLessThan(2);
  });

  test("with new traffic at rate r it has drained after Q / (B - r)", () => {
    const wait = ({ letter, at }: { letter: number; at: number }): number =>
      at - HALF - sentAt(letter) - (LETTER / BANDWIDTH) * SECOND;
    const drained = after.find((each) => wait(each) < 5)!;
    const expected = (backlog / (BANDWIDTH - RATE)) * SECOND;
    expect(Math.abs((sentAt(drained.letter) - retry) / expected - 1)).toBeLessThan(0.005);
  });
});

test("a long queue of short letters leaves at the bandwidth: their fractions of a microsecond add up", () => {
  const script = [...sends(1, 0), ...sends(100_000, 0, SECOND)];
  const { arrived } = new Bench(script, { bandwidth: 3_000_000_000 });
  expect(Math.abs(arrived.at(-1)!.at - SECOND - HALF - 33_333)).toBeLessThan(3);
});

test.each(Array.from({ length: 30 }, (_, seed) => seed))(
  "letters never overtake, whatever cuts, losses and restarts they meet (%i)",
  (seed) => {
    // A small generator of its own: cuts and heals now and then, letters of any size in both lanes.
    let state = seed + 1;
    const draw = (bound: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (state >> 8) % bound;
    };
    const script: Script[] = [];
    let at = 0;
    let [cut, dead] = [false, false];
    for (let step = 0; step < 600; step++) {
      at += draw(60 * MILLISECOND);
      const dice = draw(30);
      if (dice === 0) {
        script.push({ at, kind: cut ? HEAL : CUT, owner: THERE });
        cut = !cut;
      } else if (dice === 1 && seed % 3 === 0) {
        script.push({ at, kind: dead ? LIVE : DIE });
        dead = !dead;
      } else script.push({ at, kind: SEND, owner: draw(2) });
    }
    if (cut) script.push({ at, kind: HEAL, owner: THERE });
    if (dead) script.push({ at, kind: LIVE });
    const { arrived, lost } = new Bench(script, {
      jitter: true,
      loss: 0.1,
      bandwidth: 2_000_000,
      window: 400_000,
      // Now and then one that takes longer than a quantum, or than some of the cuts.
      bytes: (letter) => (1 + ((letter * 7919) % 50_000)) * (letter % 11 === 0 ? 30 : 1),
      seed: `order ${seed}`,
    });
    for (const lane of [0, 1]) {
      const letters = arrived.filter((each) => each.lane === lane).map(({ letter }) => letter);
      expect(letters).toEqual(letters.toSorted((a, b) => a - b));
    }
    const letters = script.filter(({ kind }) => kind === SEND).length;
    expect(arrived.length + lost.length).toBe(letters);
    if (seed % 3 !== 0) expect(lost).toEqual([]);
  },
);
