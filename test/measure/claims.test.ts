import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Claim, type How, MEETS, type Operator, judge } from "../../src/measure/claims.js";
import { estimate } from "../../src/measure/statistics.js";

const claim = (how: How, operator: Operator, bound: number | null): Claim => ({ how, operator, bound });
const verdict = (how: How, operator: Operator, bound: number | null, ...values: (number | null)[]): string =>
  judge(claim(how, operator, bound), values).verdict;

describe("a claim about the mean", () => {
  test("is true or false when the whole interval is on one side, and undecided when the bound is within", () => {
    // Mean 2, half width 12.7062 · sd / √2 with sd = √2: the interval of two seeds is 2 ± 12.7062.
    expect(verdict("mean", ">", -10.71, 1, 3)).toBe("kept");
    expect(verdict("mean", ">=", -10.71, 1, 3)).toBe("kept");
    expect(verdict("mean", ">=", -10.705, 1, 3)).toBe("undecided");
    expect(verdict("mean", ">=", 2, 1, 3)).toBe("undecided");
    expect(verdict("mean", ">=", 14.7, 1, 3)).toBe("undecided");
    expect(verdict("mean", ">=", 14.71, 1, 3)).toBe("broken");
  });

  test("is decided by the value itself where all seeds agree, to the last digit of the bound", () => {
    // A tenth is no binary fraction: the mean of three of them is another number.
    expect(estimate([0.1, 0.1, 0.1]).mean).not.toBe(0.1);
    for (const operator of [">=", "<=", "=="] as const)
      expect(verdict("mean", operator, 0.1, 0.1, 0.1, 0.1)).toBe("kept");
    for (const operator of [">", "<"] as const) expect(verdict("mean", operator, 0.1, 0.1, 0.1, 0.1)).toBe("broken");
    expect(verdict("mean", ">", 5, 5)).toBe("broken");
    expect(verdict("mean", ">", 5, 5 + 1e-12)).toBe("kept");
  });

  test("is broken where a seed has no value, and that seed is named", () => {
    expect(judge(claim("mean", "<=", 100), [1, null, 1])).toMatchObject({ verdict: "broken", deciding: 1 });
  });

  test("opposite claims never both hold, and are undecided together", () => {
    const values = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(values, fc.integer({ min: -5, max: 5 }), (seen, bound) => {
        const opposite = { kept: "broken", broken: "kept", undecided: "undecided" } as const;
        expect(verdict("mean", "<", bound, ...seen)).toBe(opposite[judge(claim("mean", ">=", bound), seen).verdict]);
        expect(verdict("mean", ">", bound, ...seen)).toBe(opposite[judge(claim("mean", "<=", bound), seen).verdict]);
      }),
    );
  });

  test("of a true mean is called broken in few of many experiments", () => {
    // The mean of uniform draws is 1/2; an interval of 95 % misses it in 1 of 20, on one side in 1 of 40.
    let state = 1;
    const draw = (): number => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    let wrong = 0;
    for (let experiment = 0; experiment < 4000; experiment++)
      if (verdict("mean", "<=", 0.5, ...Array.from({ length: 10 }, draw)) === "broken") wrong++;
    expect(wrong / 4000).toBeGreaterThan(0.015);
    expect(wrong / 4000).toBeLessThan(0.035);
  });
});

test("always and sometimes agree with every and some, and name the seed that decides", () => {
  const seen = fc.array(fc.option(fc.integer({ min: -3, max: 3 })), { minLength: 1, maxLength: 8 });
  const operator = fc.constantFrom(...(Object.keys(MEETS) as Operator[]));
  fc.assert(
    fc.property(seen, operator, fc.integer({ min: -3, max: 3 }), (values, each, bound) => {
      const meets = (value: number | null): boolean => value !== null && MEETS[each](value, bound);
      const always = judge(claim("always", each, bound), values);
      expect(always.verdict).toBe(values.every(meets) ? "kept" : "broken");
      if (always.deciding !== null) expect(meets(values[always.deciding]!)).toBe(false);
      expect(always.deciding === null).toBe(values.every(meets));
      const sometimes = judge(claim("sometimes", each, bound), values);
      expect(sometimes.verdict).toBe(values.some(meets) ? "kept" : "broken");
      expect(sometimes.deciding).toBe(values.some(meets) ? values.findIndex(meets) : null);
    }),
  );
});

test("the seed that breaks what should always hold is the one that is furthest off", () => {
  expect(judge(claim("always", ">=", 5), [6, 4, 1, 3])).toMatchObject({ deciding: 2 });
  expect(judge(claim("always", ">=", 5), [6, 4, null, 3])).toMatchObject({ deciding: 2 });
});

test("undefined is a value that can be claimed", () => {
  expect(verdict("always", "==", null, null, null)).toBe("kept");
  expect(judge(claim("always", "==", null), [null, 3])).toMatchObject({ verdict: "broken", deciding: 1 });
  expect(verdict("sometimes", "==", null, 1, null)).toBe("kept");
});
