import { expect, test } from "vitest";
import { MILLISECOND, SECOND } from "../../src/units/time.js";
import { BACK, Bench, THERE, during, sends } from "./bench.js";

const HALF = 40 * MILLISECOND;

test("a handshake goes out over the link and back over the other, each as slow as it is", () => {
  const slowThere = new Bench([...during(0, SECOND, THERE, { factor: 3, extra: 7 }), ...sends(1, 0, 1)]);
  expect(slowThere.arrived[0]!.at).toBe(1 + 3 * HALF + 7 + HALF + 3 * HALF + 7 + 1);
  const slowBack = new Bench([...during(0, SECOND, BACK, { factor: 5 }), ...sends(1, 0, 1)]);
  expect(slowBack.arrived[0]!.at).toBe(1 + HALF + 5 * HALF + HALF + 1);
});
