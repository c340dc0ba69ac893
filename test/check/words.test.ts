import { expect, test } from "vitest";
import { Words } from "../../src/check/words.js";
import { recordOf } from "./reference.js";

test("times are told to the microsecond and no further than they say something", () => {
  const words = new Words(recordOf([]));
  const told = [0, 40, 1000, 91_900, 999_999, 1_000_000, 1_200_000, 904_758_679].map((time) => words.time(time));
  expect(told).toEqual([...["0 us", "40 us", "1 ms", "91.9 ms", "999.999 ms", "1 s", "1.2 s", "904.758679 s"]]);
  expect(new Words({ ...recordOf([]), clock: "events" }).span(3)).toBe("3 events");
});
