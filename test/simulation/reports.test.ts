import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Reports } from "../../src/simulation/reports.js";

describe("how long a copy has lacked something of the leader's", () => {
  const report = fc.record({
    region: fc.nat(2),
    position: fc.nat(20),
    after: fc.integer({ min: 1, max: 5 }),
  });

  test("is what somebody finds who has kept every report", () => {
    fc.assert(
      fc.property(fc.array(report, { maxLength: 40 }), (reports) => {
        const heard = new Reports(3);
        const leaders: { at: number; position: number }[] = [];
        const last = [-1, -1, -1];
        let now = 0;
        for (const { region, position, after } of reports) {
          now += after;
          const told = Math.max(position, last[region]!);
          last[region] = told;
          heard.note(region, told, 1, 0, now);
          if (region === 0) leaders.push({ at: now, position: told });
          for (const standby of [1, 2]) {
            const first = leaders.find((each) => each.position > last[standby]!);
            // Until its first report a region is known to have nothing of this term.
            const since = last[standby] === -1 ? leaders[0] : first;
            expect(heard.behindFor(standby)).toBe(since === undefined ? 0 : leaders.at(-1)!.at - since.at);
          }
        }
      }),
    );
  });

  test("takes no more room the longer nobody follows, and stays right to a few reports", () => {
    const heard = new Reports(2);
    heard.note(1, 10, 1, 0, 0);
    for (let second = 1; second <= 20_000; second++) heard.note(0, 10 + second, 1, 0, second);
    expect(heard.behindFor(1)).toBeGreaterThan(20_000 - 16);
    expect(heard.behindFor(1)).toBeLessThan(20_000);
  });

  test("begins anew with another leader, and counts an older term as nothing", () => {
    const heard = new Reports(2);
    heard.note(0, 5, 1, 0, 1);
    heard.note(1, 3, 1, 0, 1);
    heard.note(0, 9, 1, 0, 8);
    expect(heard.behindFor(1)).toBe(7);
    heard.note(1, 10, 2, 1, 9);
    expect(heard.behindFor(0)).toBe(0);
    heard.note(1, 11, 2, 1, 12);
    expect(heard.behindFor(0)).toBe(3);
  });
});
