import { expect, test } from "vitest";
import { run } from "../../src/simulation/run.js";
import { MINUTE } from "../../src/units/time.js";
import { activeActive, outage, singlePrimary } from "./plans.js";

test("smoke", () => {
  for (const plan of [
    activeActive({ faults: [outage(0, 5 * MINUTE, 8)] }),
    singlePrimary({ faults: [outage(0, 5 * MINUTE, 8)] }),
  ]) {
    const t = performance.now();
    const outcome = run(plan, "1");
    console.log(
      performance.now() - t,
      outcome.work,
      outcome.digests,
      outcome.summary,
      JSON.stringify(outcome.incidents),
    );
    expect(outcome.summary.availability).toBeGreaterThan(0.5);
  }
});
