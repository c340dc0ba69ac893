import fc from "fast-check";
import { expect, test } from "vitest";
import { CoveredTime } from "../../src/measure/covered-time.js";

const interval = fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

test("covers as many moments as somebody counts who looks at each", () => {
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 12 }), (intervals) => {
      const covered = new CoveredTime();
      for (const [start, end] of intervals.toSorted((a, b) => a[1] - b[1])) covered.add(start, end);
      const moments = Array.from({ length: 60 }, (_, at) => at + 0.5);
      const counted = moments.filter((at) => intervals.some(([start, end]) => start < at && at < end)).length;
      expect(covered.total).toBe(counted);
    }),
  );
});
