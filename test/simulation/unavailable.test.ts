import { expect, test } from "vitest";
import { run } from "../../src/simulation/run.js";
import { MINUTE } from "../../src/units/time.js";
import { outage, singlePrimary } from "./plans.js";

test("what two regions held is missing since the second of them died, whichever that is", () => {
  const plan = singlePrimary({ faults: [outage(1, 5 * MINUTE, 60), outage(0, 14 * MINUTE, 60)] });
  const none = { ...plan.policies, failover: { name: "none", options: {} } };
  const { incidents } = run({ ...plan, policies: none }, "1");
  // The standby's death loses nothing: the primary goes on for nine minutes.
  expect(incidents[0]!.rpoSeconds).toBe(0);
  expect(incidents[1]!.rpoSeconds).toBeGreaterThan(13.9 * 60);
});
