import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Streams } from "../../src/engine/random.js";
import { Resolvers } from "../../src/simulation/resolvers.js";
import { SECOND } from "../../src/units/time.js";

const TTL = 60;
const CACHES = 7;

describe("a caching resolver, however often the name changes", () => {
  /** Seconds between changes, several within a TTL or none for long; answers never repeat, so each tells its moment. */
  const gaps = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 12 });

  test("answers what was true at one moment of the last TTL, and changes its mind once a TTL", () => {
    fc.assert(
      fc.property(gaps, (each) => {
        const clock = { now: 0 };
        const dns = { ttl: TTL * SECOND, update: 0, resolvers: CACHES, names: 1, anycast: null };
        const resolvers = new Resolvers(dns, clock, new Streams("1"), ["Oslo"]);
        const changes = [0];
        for (const gap of each) changes.push(changes.at(-1)! + gap);
        const heard: number[][] = Array.from({ length: CACHES }, () => []);
        let answer = -1;
        const end = changes.at(-1)! + 2 * TTL;
        for (let second = 0; second <= end; second++) {
          clock.now = second * SECOND;
          if (changes[answer + 1] === second) resolvers.publish(0, [++answer]);
          expect(resolvers.authoritative(0, 0)).toBe(answer);
          for (let cache = 0; cache < CACHES; cache++) heard[cache]!.push(resolvers.resolve(0, cache + CACHES));
        }
        const truth = Array.from({ length: end + 1 }, (_, second) => changes.findLastIndex((at) => at <= second));
        for (const answers of heard) {
          for (const [second, told] of answers.entries()) {
            const lately = truth.slice(Math.max(0, second - TTL), second + 1);
            expect(lately).toContain(told);
          }
          const moments = answers.flatMap((told, second) =>
            second > 0 && told !== answers[second - 1] ? [second] : [],
          );
          for (const moment of moments) expect((moment - moments[0]!) % TTL).toBe(0);
          expect(answers.at(-1)).toBe(changes.length - 1);
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  test("without a TTL answers what is true", () => {
    const clock = { now: 0 };
    const resolvers = new Resolvers(
      { ttl: 0, update: 0, resolvers: CACHES, names: 1, anycast: null },
      clock,
      new Streams("1"),
      ["Oslo"],
    );
    for (const answer of [4, 2, 3]) {
      clock.now = answer;
      resolvers.publish(0, [answer]);
      expect(resolvers.resolve(0, 1)).toBe(answer);
    }
  });
});
